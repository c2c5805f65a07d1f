"""Reports number by number: defined, addressed, and read back by another's SDMX reader."""

import csv
import datetime
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pysdmx.io import get_datasets, read_sdmx

from core.models import User
from reports.content import KeyFigures, Table
from reports.registry import REPORTS, Computed, compute
from reports.rendering import document, render
from tests.demo.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PLAN = {"consolidated-report": {"year": "2012", "period": "H1"}}
ASKED = [(code, PLAN.get(code, {})) for code in REPORTS]
VARIANTS = [
    ("loans", {"by": "size"}), ("loans", {"by": "period"}), ("microloan", {"by": "region"}),
    ("pipeline", {"by": "industry"}), ("coverage", {"since": "2012-06-30"}),
]  # fmt: skip
each_report = pytest.mark.parametrize(("code", "asked"), ASKED)


def computed(code: str, asked: dict[str, str]) -> Computed:
    return compute(code, asked, user=None, today=TODAY)


@pytest.mark.parametrize(("code", "asked"), [*ASKED, *VARIANTS])
def test_every_number_of_a_report_has_a_unit_and_a_definition(demo, code, asked) -> None:
    found = computed(code, asked).observations
    assert found.rows
    for indicator in found.indicators:
        for text in (indicator.name, indicator.unit, indicator.definition):
            assert text.zh, indicator
            assert text.en, indicator
        assert indicator.definition.zh != indicator.name.zh
    measured = {indicator.id for indicator in found.indicators}
    assert {each.indicator for each in found.rows} <= measured
    assert all(each.unit.zh and each.unit.en for each in found.rows)
    keys = [(each.indicator, each.item) for each in found.rows]
    assert len(keys) == len(set(keys))


def test_observations_are_the_numbers_of_the_page(demo) -> None:
    found = computed("loans", {})
    sections = found.content.sections
    table = next(each for each in sections if isinstance(each, Table) and each.totals)
    tiles = next(each for each in sections if isinstance(each, KeyFigures))
    balances = {
        each.item: each.value
        for each in found.observations.rows
        if each.indicator == "by-prefecture_balance"
    }
    assert balances["_T"] == table.rows[-1][1].value
    assert len(balances) == len(table.rows) == 22
    assert sum(v for k, v in balances.items() if k != "_T" and v is not None) == balances["_T"]
    npl = next(e for e in found.observations.rows if e.indicator == "key-figures_npl_ratio")
    assert npl.value == round(npl.numerator / npl.denominator * 100, 2)
    assert len([e for e in found.observations.rows if e.item == "_T"]) > len(tiles.figures)


@each_report
def test_another_reader_reads_the_same_numbers(demo, code, asked, tmp_path) -> None:
    """pysdmx checks the structure by SDMX's own schema and the data by the structure."""
    found = computed(code, asked)
    data, structure = (tmp_path / name for name in ("data.csv", "structure.json"))
    data.write_bytes(render(found, "sdmx-csv", "zh-hans", now=NOW).data)
    structure.write_bytes(render(found, "sdmx-structure", "zh-hans", now=NOW).data)
    message = read_sdmx(structure, validate=True)
    codes = {each.id: each for each in message.get_codelists()[0].items}
    assert set(codes) == {each.id for each in found.observations.indicators}
    (dataset,) = get_datasets(data, structure, validate=True)
    assert dataset.structure.id == code.upper().replace("-", "_")
    rows = dataset.data.to_dict("records")
    assert len(rows) == len(found.observations.rows)
    for row, each in zip(rows, found.observations.rows, strict=True):
        assert (row["INDICATOR"], row["ITEM"]) == (each.indicator, each.item)
        assert row["TIME_PERIOD"] == found.as_of.isoformat()
        given = str(row["OBS_VALUE"])
        assert (
            (given in ("", "nan", "None")) if each.value is None else Decimal(given) == each.value
        )


def test_csv_and_json_tell_the_same(demo) -> None:
    found = computed("guarantees", {})
    text = render(found, "csv", "zh-hans", now=NOW).data.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    told = json.loads(json.dumps(document(found)))["observations"]
    assert [(each["指标代码"], each["对象代码"], each["数值"] or None) for each in lines] == [
        (each["indicator"], each["item"], each["value"]) for each in told
    ]


@pytest.fixture
def leader(demo, client: Client) -> Client:
    client.force_login(User.objects.get(username="leader"))
    return client


def ask(client: Client, path: str, **asked: Any) -> Any:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("code", ["coverage", "loans", "guarantees", "pipeline", "plan-board"])
def test_numbers_lead_to_what_stands_behind_them(leader, code) -> None:
    day = TODAY.isoformat()
    told = ask(leader, f"/api/v1/reports/{code}/", as_of=day)
    sources = {each["indicator"]: each["source"] for each in told["observations"]}
    opened = [source for source in sources.values() if source][:6]
    assert opened
    behind = [ask(leader, source) for source in opened]
    assert all(each["report"] == code and each["title"]["zh"] for each in behind)
    assert any(each["evidence"] for each in behind)


def test_the_evidence_names_document_and_cell(leader) -> None:
    told = ask(leader, "/api/v1/reports/loans/", as_of=TODAY.isoformat())
    source = next(
        each["source"] for each in told["observations"]
        if each["indicator"] == "by-prefecture_balance" and each["item"] == "440100"
    )  # fmt: skip
    evidence = ask(leader, source)["evidence"]
    assert evidence[0]["what"]["zh"]
    assert any(each["document"] or each["url"] for each in evidence)


def test_a_figure_nobody_knows_is_not_found(leader) -> None:
    answer = leader.get("/api/v1/reports/loans/lineage/", {"figure": "nothing"})
    assert answer.status_code == 404


def test_a_report_as_it_was_known_at_a_moment(leader) -> None:
    before = NOW - datetime.timedelta(days=400)
    asked = {"as_of": TODAY.isoformat(), "known_at": before.isoformat()}
    then = ask(leader, "/api/v1/reports/coverage/", **asked)
    now = ask(leader, "/api/v1/reports/coverage/", as_of=asked["as_of"])
    assert then["known_at"] == before.isoformat()
    assert now["known_at"] is None
    banks = "key-figures_village-banks"
    counted = [
        next(Decimal(e["value"]) for e in each["observations"] if e["indicator"] == banks)
        for each in (then, now)
    ]
    assert counted[0] < counted[1]
    source = next(each["source"] for each in then["observations"] if each["source"])
    assert "known_at=" in source
    assert ask(leader, source)["title"]["zh"]


@pytest.mark.parametrize("moment", ["yesterday", "2999-01-01T00:00:00Z"])
def test_a_moment_that_is_none_is_refused_with_the_cure(leader, moment) -> None:
    answer = leader.get("/api/v1/reports/coverage/", {"known_at": moment})
    assert answer.status_code == 422, answer.content
    assert "known_at" in answer.content.decode()
    assert "2012-07-20T09:00:00" in answer.content.decode()


def test_the_list_of_reports_says_what_may_be_asked(leader) -> None:
    told = {each["code"]: each for each in ask(leader, "/api/v1/reports/")["results"]}
    assert set(told) == set(REPORTS)
    by = next(each for each in told["loans"]["asks"] if each["name"] == "by")
    assert "prefecture" in [each["value"] for each in by["choices"]]
    assert "sdmx-csv" in told["loans"]["formats"]
