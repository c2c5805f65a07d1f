"""Stock and flow of thirty enterprises with five years of all that may happen: they balance,
every figure opens to its enterprises, and all renderings hold the same.

The years are lived once for the tests of this file, in a transaction of their own.
"""

import datetime
import io
import json
import random
import subprocess
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from core.models import Prefecture, User
from core.models.users import Role
from listings.models import StageSpan
from listings.operations.spans import differing
from reports.content import Cell, FlowDiagram
from reports.registry import lineage
from tests.factories import PrefectureFactory, UserFactory
from tests.listings_enterprises.conftest import (
    changing,
    founding,
    recording,
    stages_by_code,
    voiding,
)
from tests.listings_enterprises.test_pipeline import report

BOARDS = ["sme", "chinext", ""]
INDUSTRIES = ["39", "65", ""]
CODES = ["CULTIVATE", "RESTRUCTURE", "TUTOR", "FILE", "LIST"]
PLACES = {"440200": "north", "440100": "delta", "441900": "delta"}


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        clerk = UserFactory(username="province", role=Role.PROVINCE_STAFF)
        places = [PrefectureFactory(code=code, region=region) for code, region in PLACES.items()]
        create, record = founding(clerk, places[0]), recording(clerk, stages_by_code())
        chance = random.Random(2012)
        for number in range(30):
            enterprise = create(
                f"演示第{number}股份有限公司", prefecture=chance.choice(places),
                industry=chance.choice(INDUSTRIES), intended_board=chance.choice(BOARDS),
            )  # fmt: skip
            _live(enterprise, chance, record, voiding(clerk), changing(clerk), places)
        assert list(differing()) == []
        yield
        transaction.set_rollback(True)


@pytest.fixture
def many(lived, db) -> None:
    """The thirty, for a test that may change them."""


@pytest.fixture
def province_clerk(many) -> User:
    return User.objects.get(username="province")


@pytest.fixture
def shaoguan(many) -> Prefecture:
    return Prefecture.objects.get(code="440200")


def _live(enterprise, chance, record, void, change, places) -> None:
    on = datetime.date(2010, 1, 1) + datetime.timedelta(days=chance.randrange(900))
    inside = False
    while on < datetime.date(2015, 3, 1):
        act = chance.choice(["enter", "enter", "enter", "side", "leave", "change"])
        if act == "change":
            new = {"new_prefecture": chance.choice(places), "new_board": chance.choice(BOARDS)}
            change(enterprise, on.isoformat(), **new)
        elif act == "enter" or not inside:
            stage = chance.choice(CODES)
            last = record(enterprise, "enter", on.isoformat(), stage, reason="调整")
            inside = True
            if chance.random() < 0.1:
                void(last, now=(on + datetime.timedelta(days=3)).isoformat())
                return
        elif act == "side":
            record(enterprise, chance.choice(["reject", "suspend", "withdraw"]), on.isoformat(),
                   reason="见决定")  # fmt: skip
        else:
            record(enterprise, chance.choice(["drop", "acquire"]), on.isoformat(), reason="退出")
            inside = False
        on += datetime.timedelta(days=chance.randrange(20, 500))


def test_opening_and_moves_give_the_closing(many) -> None:
    figures = report().result.figures
    assert figures.total.stock > 10
    for line in figures.total.lines:
        assert line.moved == 0
        assert line.opening + line.entered - line.left == line.closing
        assert sum(line.states.values()) == line.closing
    assert sum(line.fell_back for line in figures.total.lines) > 0


@pytest.mark.parametrize("by", ["prefecture", "region", "industry", "board"])
def test_groups_add_up_to_the_whole(many, by) -> None:
    figures = report(by=by).result.figures
    for place, total in enumerate(figures.total.lines):
        mine = [group.lines[place] for group in figures.groups]
        for name in ("opening", "entered", "left", "closing", "new", "fell_back", "gone"):
            assert sum(getattr(each, name) for each in mine) == getattr(total, name), name
        assert sum(each.moved for each in mine) == 0


@pytest.mark.parametrize("by", ["prefecture", "region", "industry", "board"])
def test_every_figure_opens_to_as_many_enterprises(many, province_clerk, by) -> None:
    computed = report(province_clerk, by=by)
    opened = 0
    for table in computed.content.tables():
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Cell) and cell.figure:
                    found = lineage(computed, cell.figure, user=province_clerk)
                    assert len(found.evidence) == cell.value, (table.key, cell.figure)
                    opened += 1
    for tile in computed.content.sections[0].figures:
        assert len(lineage(computed, tile.figure, user=province_clerk).evidence) == tile.value
    assert opened > 60


def test_the_picture_the_table_and_the_figures_agree(many) -> None:
    computed = report()
    diagram = next(s for s in computed.content.sections if isinstance(s, FlowDiagram))
    drawn = {(each.source, each.target): each.value for each in diagram.links}
    told = {(each["from"], each["to"]): each["number"] for each in computed.figures["flows"]}
    assert drawn == told
    moves = next(t for t in computed.content.tables() if t.key == "moves")
    assert sum(row[3].value for row in moves.rows) == sum(told.values())
    entered = sum(each["entered"] for each in computed.figures["total"]["stages"])
    assert sum(n for (_from, to), n in told.items() if to in CODES) == entered


def test_filters_narrow_the_same_way_as_groups(many) -> None:
    whole = report(by="prefecture").figures["groups"]
    for group in whole:
        alone = report(prefecture=group["code"]).figures["total"]["stages"]
        assert alone == group["stages"]


def test_all_four_renderings_carry_the_same_numbers(client, province_clerk) -> None:
    """Page with its pictures, workbook, PDF and figures tell one stock and one flow."""
    client.force_login(province_clerk)
    url = reverse("reports:pipeline")
    asked = {"as_of": "2014-12-31", "since": "2012-06-30"}
    page = client.get(url, asked).content.decode()
    assert page.count('<svg class="picture"') == 2
    figures = json.loads(client.get(url, asked | {"format": "json"}).content)["figures"]
    told = [(each["opening"], each["entered"], each["left"], each["closing"])
            for each in figures["total"]["stages"]]  # fmt: skip
    for code, closing in zip(CODES, (each[-1] for each in told), strict=True):
        assert f"stock%3A{code}" in page
        assert f">{closing}</a>" in page
    book = client.get(url, asked | {"format": "xlsx"}).getvalue()
    assert in_workbook(book) == told
    pdf = client.get(url, asked | {"format": "pdf"}).getvalue()
    assert in_pdf(pdf) == told


def in_workbook(data: bytes) -> list[tuple[Any, ...]]:
    """Opening, entered, left and closing of each batch, from the workbook's sheet of stock."""
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        rows = list(sheet.iter_rows(values_only=True))
        heads = next((row for row in rows if "期末在库" in row), None)
        if heads is not None and "期初" in heads and "批次" in heads:
            places = [heads.index(name) for name in ("期初", "进入", "转出", "期末在库")]
            after = rows[rows.index(heads) + 1 :][: len(CODES)]
            return [tuple(row[place] for place in places) for row in after]
    raise AssertionError("no sheet of stock")


def in_pdf(data: bytes) -> list[tuple[int, ...]]:
    """The same from the PDF's text, read as a person reads it: line by line."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True,
                          check=True)  # fmt: skip
    lines = [line.split() for line in done.stdout.decode().splitlines() if "一批" in line]
    rows = [[int(each) for each in line[1:]] for line in lines
            if len(line) == 10 and all(each.isdigit() for each in line[1:])]  # fmt: skip
    return [(row[0], row[1], row[3], row[7]) for row in rows[: len(CODES)]]


def test_the_api_gives_the_same_figures(caller, many, province_clerk) -> None:
    given = caller(province_clerk).get("/reports/pipeline/?as_of=2014-12-31&since=2012-06-30")
    assert given.json()["figures"] == report(province_clerk).figures


def test_the_command_writes_the_report(many, tmp_path) -> None:
    out = tmp_path / "pipeline.json"
    call_command("report", "pipeline", "--as-of", "2014-12-31", "--set", "since=2012-06-30",
                 "--format", "json", "--out", str(out))  # fmt: skip
    assert json.loads(out.read_text())["figures"] == report().figures


def test_the_number_of_queries_does_not_grow(many, province_clerk, record, new_enterprise,
                                             django_assert_num_queries) -> None:  # fmt: skip
    for _turn in range(2):
        with django_assert_num_queries(9):
            report()
        for number in range(5):
            each = new_enterprise(f"演示新{_turn}{number}股份有限公司")
            record(each, "enter", "2014-01-01", "CULTIVATE")


def test_rebuilding_proves_and_mends(many, capsys) -> None:
    call_command("rebuild_stage_spans", "--verify")
    StageSpan.objects.known().order_by("pk").first().delete()
    assert len(list(differing())) == 1
    call_command("rebuild_stage_spans")
    call_command("rebuild_stage_spans", "--verify")
