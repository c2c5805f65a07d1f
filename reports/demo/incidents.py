"""What makes the demonstration like an office: a warning explained, a slip, a revision.

These go the whole way through the workflow, so that findings, explanations, revisions and
their differences are there to be looked at.
"""

import csv
import datetime
import io
from collections.abc import Callable
from decimal import Decimal

from core.models import Institution, Period, User
from returns.models import Return, ReturnState
from returns.operations import (
    accept_return,
    explain_findings,
    receive,
    sign_return,
    start_revision,
)

Rows = list[dict[str, str]]
EXPLANATION = "演示说明：县内产业园集中投放订单贷款，已逐笔核对借据。"
REASON = "演示：五级分类复核，下调三项贷款的分类"


def file_with_warning(
    institution: Institution, period: Period, data: bytes, people: tuple, now: datetime.datetime
) -> None:
    """File a balance that grew by half, explain it and sign; it waits for the office."""
    preparer, signatory, _clerk = people
    record = _received(preparer, institution, period, _changed(data, _grow), now)
    texts = {each.pk: EXPLANATION for each in record.findings.all()}
    record = explain_findings(
        actor=preparer, record=record, explanations=texts, expected_version=None, now=now
    )
    sign_return(actor=signatory, record=record, expected_version=None, now=now)


def file_with_slips(
    institution: Institution, period: Period, data: bytes, people: tuple, now: datetime.datetime
) -> None:
    """Leave a draft whose parts do not add up, and a balance without borrowers."""
    _received(people[0], institution, period, _changed(data, _slip), now)


def revise(institution: Institution, period: Period, people: tuple, now: datetime.datetime) -> None:
    """Correct an accepted month: three lines turn out to be worse than was filed."""
    preparer, signatory, clerk = people
    before = Return.objects.get(institution=institution, period=period, state=ReturnState.ACCEPTED)
    data = _changed(before.document.read(), _worsen)
    start_revision(actor=preparer, record=before, reason=REASON, now=now)
    record = _received(preparer, institution, period, data, now)
    record = sign_return(actor=signatory, record=record, expected_version=None, now=now)
    accept_return(actor=clerk, record=record, expected_version=None, now=now)


def _received(
    preparer: User, institution: Institution, period: Period, data: bytes, now: datetime.datetime
) -> Return:
    record, _examination = receive(
        actor=preparer,
        institution=institution,
        period=period,
        data=data,
        filename=f"{institution.code}-{period.code}.csv",
        channel="csv",
        now=now,
    )
    return record


def _changed(data: bytes, change: Callable[[Rows, Rows], None]) -> bytes:
    """Return the file after ``change`` of its lines and totals."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    parts = [[row for row in rows if row["table"] == name] for name in ("lines", "totals")]
    change(*parts)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _add(row: dict[str, str], amount: Decimal, *names: str) -> None:
    for name in names:
        row[name] = f"{Decimal(row[name]) + amount:.2f}"


def _largest(lines: Rows, number: int) -> Rows:
    return sorted(lines, key=lambda row: Decimal(row["balance"]), reverse=True)[:number]


def _total(totals: Rows, line: dict[str, str]) -> dict[str, str]:
    return next(row for row in totals if row["prefecture"] == line["prefecture"])


def _grow(lines: Rows, totals: Rows) -> None:
    line = _largest(lines, 1)[0]
    more = (Decimal(line["balance"]) / 2).quantize(Decimal("0.01"))
    _add(line, more, "balance", "mortgaged", "short_term", "normal")
    total = _total(totals, line)
    _add(total, more, "all_loans")
    if line["size"] in "LMSX":
        _add(total, more, "enterprise_loans")


def _slip(lines: Rows, totals: Rows) -> None:
    first, second = _largest(lines, 2)
    _add(first, Decimal("123.45"), "mortgaged")
    second["borrowers"] = "0"


def _worsen(lines: Rows, totals: Rows) -> None:
    for line in _largest(lines, 3):
        worse = (Decimal(line["normal"]) / 100).quantize(Decimal("0.01"))
        _add(line, -worse, "normal")
        _add(line, worse, "substandard", "npl")
        _add(_total(totals, line), worse, "all_npl")
