"""Months of invented returns, filed the way banks file: every figure from a document."""

import datetime
from collections.abc import Callable

from django.db import transaction

from core.models import Institution, Period, User
from core.operations.documents import keep_document
from core.operations.journal import record as journal
from reports.demo.figures import Book, as_csv, make_book, month_of, totals_of
from reports.demo.institutions import DemoBank
from returns.checking.context import Context
from returns.checking.load import load_context
from returns.forms import form as form_of
from returns.forms.storing import storing
from returns.intake.examine import examine_in
from returns.models import Obligation, Return, ReturnState
from returns.operations import explain_findings, receive, send_back, sign_return
from returns.operations.signing import receipt_number

FORM = "sme-loans"
Progress = Callable[[int, int], None]


class DemoFiler:
    """One bank's book and how far it is; files month after month."""

    def __init__(self, bank: DemoBank, *, seed: int, months: int) -> None:
        self.bank = bank
        self.book: Book = make_book(
            seed=seed,
            prefectures=bank.prefectures,
            lines_each=bank.lines_each,
            size=bank.size,
            months=months,
        )
        self.granted = self.book.balances[0] * 0
        self.december = 0
        self.context: Context | None = None

    def document(self, month: int, number: int) -> bytes:
        """The CSV of one month; ``number`` is the month of the year."""
        if number == 1:
            self.granted = self.granted * 0
            self.december = month - 1
        lines = month_of(self.book, month, self.december, self.granted)
        self.granted = lines["granted_year"]
        totals = totals_of(self.book, lines, month, self.december)
        return as_csv(form_of(FORM), self.book.keys, lines, totals)


@transaction.atomic
def file_accepted(
    filer: DemoFiler,
    *,
    period: Period,
    data: bytes,
    people: tuple[User, User, User],
    at: datetime.datetime,
) -> Return:
    """File, sign and accept one month as the workflow would, without asking it each time.

    The generator keeps every identity, and the tests examine its files with all the checks.
    """
    preparer, signatory, clerk = people
    institution = filer.bank.institution
    form = form_of(FORM)
    if filer.context is None:
        filer.context = load_context(form=form, institution=institution, period=period, now=at)
    found = examine_in(form=form, data=data, filename="x.csv", channel="csv", context=filer.context)
    document = keep_document(
        data,
        filename=f"{institution.code}-{period.code}.csv",
        content_type="text/csv",
        channel="csv",
        institution=institution,
        actor=preparer,
        now=at,
    )
    record = Return(
        institution=institution, period=period, state=ReturnState.ACCEPTED, channel="csv",
        document=document, form_version=form.version, line_count=found.line_count,
        key_figures=found.key_figures, prepared_by=preparer, prepared_at=at,
        signed_by=signatory, signed_at=at + datetime.timedelta(hours=2),
        reviewed_by=clerk, reviewed_at=at + datetime.timedelta(days=1),
        accepted_at=at + datetime.timedelta(days=1),
    )  # fmt: skip
    record.receipt_number = receipt_number(record)
    record.save()
    keeps = storing(FORM)
    keeps.store(document, institution, period, found.tables)
    keeps.post(period, institution, None, document)
    detail = {"receipt": record.receipt_number, "sha256": document.sha256}
    journal(
        actor=clerk, action="return.accepted", target=record, now=record.accepted_at, detail=detail
    )
    return record


def file_openly(
    filer: DemoFiler,
    *,
    period: Period,
    data: bytes,
    people: tuple[User, User, User],
    at: datetime.datetime,
    outcome: str,
) -> None:
    """Take one return through the real workflow, as far as ``outcome`` says."""
    preparer, signatory, clerk = people
    record, _found = receive(
        actor=preparer,
        institution=filer.bank.institution,
        period=period,
        data=data,
        filename=f"{filer.bank.institution.code}-{period.code}.csv",
        channel="csv",
        now=at,
    )
    if record.unexplained_count and outcome != "draft":
        texts = {each.pk: "演示说明：季节性投放所致" for each in record.findings.all()}
        record = explain_findings(
            actor=preparer, record=record, explanations=texts, expected_version=None, now=at
        )
    if outcome == "draft" or record.error_count:
        return
    signed = sign_return(actor=signatory, record=record, expected_version=None, now=at)
    if outcome == "returned":
        send_back(
            actor=clerk,
            record=signed,
            reason="演示：请核对不良贷款与上期的变动",
            expected_version=None,
            now=at + datetime.timedelta(hours=3),
        )


def obliged(period: Period, institutions: list[Institution]) -> None:
    """Make sure that these institutions must file this period."""
    known = set(Obligation.objects.filter(period=period).values_list("institution_id", flat=True))
    Obligation.objects.bulk_create(
        Obligation(institution=each, period=period, due_on=period.due_on)
        for each in institutions
        if each.pk not in known
    )
