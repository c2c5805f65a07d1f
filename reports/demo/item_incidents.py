"""What makes the item forms of the demonstration like an office: the whole way through.

Each takes one institution's figures of one period as far as its story goes; what was filed comes
back, or None where nothing was.
"""

import datetime
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from core.models import Institution, Period
from reports.demo.filing import People, file_openly
from returns.forms import form as form_of
from returns.intake.examine import examine
from returns.models import Return
from returns.operations import start_revision
from returns.workbook.template import build_workbook

Story = Callable[[Institution, Period, bytes, People, datetime.datetime], Return | None]
Stories = Mapping[tuple[int, str], Story]  # periods back from the newest, institution
REASON = "演示：税收数漏填一笔，更正"
DAY = datetime.timedelta(days=1)


def not_yet(
    institution: Institution, period: Period, data: bytes, people: People, at: datetime.datetime
) -> None:
    """Nothing was filed so far."""


def submitted(
    institution: Institution, period: Period, data: bytes, people: People, at: datetime.datetime
) -> Return:
    """Explained and signed; it waits for the office."""
    return file_openly(institution, period, data=data, channel="api", people=people, at=at,
                       outcome="submitted")  # fmt: skip


def returned(
    institution: Institution, period: Period, data: bytes, people: People, at: datetime.datetime
) -> Return:
    """Sent back, and not corrected so far."""
    return file_openly(institution, period, data=data, channel="api", people=people, at=at,
                       outcome="returned")  # fmt: skip


def returned_once(
    institution: Institution, period: Period, data: bytes, people: People, at: datetime.datetime
) -> Return:
    """Sent back, corrected in a new revision, and accepted."""
    record = returned(institution, period, data, people, at)
    later = at + DAY
    start_revision(actor=people[0], record=record, reason=REASON, now=later)
    mended = changed(data, "amounts", "taxes", "amount", Decimal("1.50"))
    return file_openly(institution, period, data=mended, channel="api", people=people, at=later,
                       outcome="accepted")  # fmt: skip


def slips(
    institution: Institution, period: Period, data: bytes, people: People, at: datetime.datetime
) -> Return:
    """A workbook whose parts do not add up, left as a draft, so that its marks may be seen."""
    form = form_of(period.form)
    table, item, measure = SLIPS[period.form]
    wrong = changed(data, table, item, measure, Decimal("123.45"))
    read = examine(form=form, data=wrong, filename="x.json", channel="api",
                   institution=institution, period=period, now=at)  # fmt: skip
    book = build_workbook(
        form=form, institution=institution, period=period, now=at, prefill=read.tables
    )
    return file_openly(institution, period, data=book, channel="workbook", people=people, at=at,
                       outcome="draft")  # fmt: skip


# The cell in which each form's slip stands.
SLIPS = {
    "microloan": ("balances", "unsecured", "balance"),
    "guarantee": ("business", "loans", "closing"),
}


def changed(data: bytes, table: str, item: str, measure: str, more: Decimal) -> bytes:
    """The payload with one cell moved by ``more``."""
    body: dict[str, Any] = json.loads(data)
    for row in body["tables"][table]:
        if item in row.values():
            row[measure] = f"{Decimal(row[measure]) + more:.2f}"
    return json.dumps(body, ensure_ascii=False).encode()
