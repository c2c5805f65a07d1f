"""The same month by workbook, CSV and grid; what was left empty stays a row to fill in."""

import io
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from core.models import Institution, Period, User
from core.models.users import Role
from finance.models import MicroloanAmount, MicroloanBalance
from returns.forms import form as form_of
from returns.models import Return
from returns.operations import receive
from returns.queries.comparison import examined
from returns.workbook.template import build_workbook
from tests.factories import UserFactory
from tests.filing import NOW
from tests.microloan.conftest import Tables, june_of, payload, without

FORM = form_of("microloan")


@pytest.fixture
def june(company, opened) -> Period:
    return opened(2012, 6)


@pytest.fixture
def preparer(company) -> User:
    return UserFactory(role=Role.PREPARER, institution=company)


def sent(preparer: User, company: Institution, june: Period, data: bytes, name: str) -> Return:
    channel = {"json": "api", "csv": "csv", "xlsx": "workbook"}[name.rpartition(".")[2]]
    record, found = receive(
        actor=preparer, institution=company, period=june, data=data, filename=name,
        channel=channel, now=NOW,
    )  # fmt: skip
    assert not found.error_count, [
        (each.check_code, each.key, each.value) for each in found.findings
    ]
    return record


def as_csv(tables: Tables) -> bytes:
    """One file for all tables, a column ``table`` saying which."""
    names = list(dict.fromkeys(name for rows in tables.values() for row in rows for name in row))
    lines = [",".join(["table", *names])]
    for table, rows in tables.items():
        lines += [",".join([table, *(str(row.get(name, "")) for name in names)]) for row in rows]
    return "\n".join(lines).encode()


def workbook(company: Institution, june: Period, **more: Any) -> bytes:
    return build_workbook(form=FORM, institution=company, period=june, now=NOW, **more)


def test_an_empty_workbook_has_every_row_of_the_printed_form(company, june) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(company, june)))
    for table in FORM.tables:
        sheet = book[table.sheet]
        words = [sheet.cell(row, 1).value for row in range(6, sheet.max_row + 1)]
        assert [word.split()[0] for word in words if word] == list(table.item.codes)


def test_a_filled_workbook_keeps_its_empty_rows_and_reads_back_the_same(
    company, june, preparer
) -> None:
    tables = without(june_of(1), "amounts", "other_funds")
    draft = sent(preparer, company, june, payload(company, june, tables), "june.json")
    data = workbook(company, june, prefill=examined(draft, now=NOW).tables)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["资本与财务"]
    words = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(6, 24)}
    assert words["other_funds 其他资金来源"] is None
    again = sent(preparer, company, june, data, "june.xlsx")
    assert again.key_figures == draft.key_figures
    stored = MicroloanAmount.objects.filter(document=again.document)
    assert stored.count() == len(FORM.table("amounts").item.codes) - 1


def test_one_csv_carries_all_four_tables(company, june, preparer) -> None:
    tables = june_of(1)
    record = sent(preparer, company, june, as_csv(tables), "june.csv")
    stored = MicroloanBalance.objects.filter(document=record.document)
    assert stored.count() == len(tables["balances"])
    assert str(stored.get(item="total").balance) == tables["balances"][0]["balance"]


def test_the_grid_names_each_row_and_takes_what_was_typed(
    company, june, preparer, client_of, monkeypatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    client = client_of(preparer)
    page = client.get(f"/returns/period/{june.pk}/grid/").content.decode()
    assert 'value="group_guaranteed"' in page
    assert "其中：多户联保" in page
    assert "添加一行" not in page
    typed = {
        f"{table}-{number}-{name}": str(value)
        for table, rows in without(june_of(1), "amounts", "other_funds").items()
        for number, row in enumerate(rows)
        for name, value in row.items()
    }
    answer = client.post(f"/returns/period/{june.pk}/grid/", typed)
    record = Return.objects.get(institution=company, period=june)
    assert answer.status_code == 302
    assert (record.error_count, record.channel) == (0, "grid")
    again = client.get(f"/returns/period/{june.pk}/grid/").content.decode()
    assert 'value="other_funds"' in again  # left empty, and still there to be filled in


def test_the_review_shows_every_measure_of_every_item(
    company, june, accept, client_of, province_clerk
) -> None:
    record = accept(company, june, june_of(1))
    page = client_of(province_clerk).get(f"/returns/{record.pk}/review/").content.decode()
    for title in ("贷款余额 · 笔数", "发放与收回 · 当年累收", "利率与数目"):
        assert title in page
    assert "19.5" in page  # the highest rate, without the zeros that say nothing
    assert "19.5000" not in page


def test_an_error_is_marked_in_the_companys_own_workbook(
    company, june, preparer, client_of
) -> None:
    draft = sent(preparer, company, june, payload(company, june, june_of(1)), "june.json")
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(company, june, prefill=examined(draft, now=NOW).tables))
    )
    sheet = book["贷款余额"]
    row = next(r for r in range(6, 40) if str(sheet.cell(r, 1).value).startswith("pledged "))
    sheet.cell(row, 3).value = 0
    file = io.BytesIO()
    book.save(file)
    record, found = receive(
        actor=preparer, institution=company, period=june, data=file.getvalue(),
        filename="june.xlsx", channel="workbook", now=NOW,
    )  # fmt: skip
    cells = {each.check_code: each.cell for each in found.findings}
    assert cells["MC-210"] == f"C{row}"
    client = client_of(preparer)
    answer = client.get(f"/returns/{record.pk}/marked/")
    marked = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert "质押" in marked["贷款余额"].cell(row, 3).comment.text
