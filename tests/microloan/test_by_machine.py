"""A microloan company's return by API and by command, in the reader's language."""

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.models.users import Role
from returns.models import Return
from tests.factories import UserFactory
from tests.filing import NOW
from tests.microloan.conftest import june_of, payload, set_cell


@pytest.fixture
def june(company, opened, monkeypatch) -> Any:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return opened(2012, 6)


@pytest.fixture
def preparer(company) -> Any:
    return UserFactory(username="ml-preparer", role=Role.PREPARER, institution=company)


@pytest.fixture
def api(caller, preparer) -> Any:
    return caller(preparer, **{"Accept-Language": "en"})


def test_a_return_by_api_is_kept_with_its_key_figures(api, company, june) -> None:
    tables = june_of(1)
    filed = api.post("/returns/", payload(company, june, tables))
    assert filed.status_code == 201
    record = Return.objects.get()
    assert record.key_figures["balance"] == tables["balances"][0]["balance"]


def test_a_broken_limit_is_told_in_english_with_what_is_allowed(api, company, june) -> None:
    filed = api.post("/returns/", payload(company, june, june_of(1, borrowing=0.6)))
    findings = api.get(f"/returns/{filed.json()['id']}/findings/").json()["results"]
    (limit,) = findings
    assert limit["code"] == "MC-501"
    assert "the limit 50% (at most 4,000.00 × 10,000 yuan)" in limit["message"]


def test_an_error_names_item_cell_and_cure(api, company, june) -> None:
    wrong = set_cell(june_of(1), "balances", "pledged", number=0)
    answer = api.post("/returns/", payload(company, june, wrong))
    assert answer.status_code == 422
    told = {each["code"]: each for each in answer.json()["errors"]}
    assert told["MC-210"]["key"] == "pledged"
    assert told["MC-210"]["message"].startswith("Pledged holds")


def test_the_form_describes_itself_to_machines(api) -> None:
    form = api.get("/forms/microloan/").json()
    items = form["payload_schema"]["properties"]["tables"]["properties"]["balances"]["items"]
    assert "group_guaranteed" in items["properties"]["balance_item"]["enum"]
    assert form["period_kind"] == "month"


def test_a_file_is_handed_in_from_the_command_line(
    company, june, preparer, tmp_path, capsys
) -> None:
    file = tmp_path / "june.csv"
    tables = june_of(1)
    names = list(dict.fromkeys(name for rows in tables.values() for row in rows for name in row))
    lines = [",".join(["table", *names])]
    for table, rows in tables.items():
        lines += [",".join([table, *(str(row.get(name, "")) for name in names)]) for row in rows]
    file.write_text("\n".join(lines))
    asked = {"institution": company.code, "form": "microloan", "user": preparer.username}
    call_command("submit", str(file), period="2012-06", **asked)
    assert "28 lines, 0 errors" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No period 2012-H1"):
        call_command("submit", str(file), period="2012-H1", **asked)


def test_a_half_years_period_is_opened_and_closed_from_the_command_line(
    june, province_clerk, capsys
) -> None:
    common = {"form": "guarantee-half-year", "user": province_clerk.username}
    call_command("openperiod", "2012-H1", **common)
    call_command("closeperiod", "2012-H1", **common)
    said = capsys.readouterr().out
    assert "2012-H1 is open, due on 2012-07-31" in said
    assert "2012-H1 is closed" in said


def test_the_payload_is_kept_as_it_came(api, company, june) -> None:
    data = payload(company, june, june_of(1))
    api.post("/returns/", data)
    assert json.loads(Return.objects.get().document.read()) == json.loads(data)
