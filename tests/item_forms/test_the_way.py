"""A microloan company's and an agency's figures go the whole way, by every channel."""

import json
from decimal import Decimal
from typing import Any

import pytest

from core.figures.storing import post
from core.models import Institution
from finance.models import MicroloanBalance, MicroloanBalanceSummary
from finance.operations.microloan import TABLES
from guarantees.models import GuaranteeBusinessSummary, GuaranteeHalfYear
from reports.demo.guarantee_figures import GuaranteeBook
from reports.demo.microloan_figures import MicroloanBook
from returns.forms import form as form_of
from returns.forms.storing import storing
from returns.intake.examine import examine
from returns.models import Return
from returns.operations import (
    accept_return,
    explain_findings,
    receive,
    send_back,
    sign_return,
    start_revision,
)
from returns.queries.comparison import examined
from returns.workbook.template import build_workbook
from tests.filing import NOW
from tests.item_forms.conftest import payload


@pytest.fixture
def sent(people, province_clerk) -> Any:
    """``sent(institution, period, data, channel=)``: received and explained."""
    cast: dict[int, Any] = {}

    def send(institution: Institution, period: Any, data: bytes, channel: str = "api") -> Return:
        who = cast.setdefault(institution.pk, people(institution))
        name = {"workbook": "x.xlsx", "api": "x.json", "grid": "x.json"}[channel]
        record, found = receive(
            actor=who[0], institution=institution, period=period, data=data, filename=name,
            channel=channel, now=NOW,
        )  # fmt: skip
        assert not record.error_count, [
            (each.check_code, each.key, each.column, each.value) for each in found.findings
        ]
        if record.unexplained_count:
            texts = {each.pk: "属实" for each in record.findings.all()}
            record = explain_findings(
                actor=who[0], record=record, explanations=texts, expected_version=None, now=NOW
            )
        return record

    def sign(record: Return) -> Return:
        actor = cast[record.institution_id][1]
        return sign_return(actor=actor, record=record, expected_version=None, now=NOW)

    send.sign = sign
    send.accept = lambda record: accept_return(
        actor=province_clerk, record=sign(record), expected_version=None, now=NOW
    )
    send.back = lambda record: send_back(
        actor=province_clerk, record=sign(record), reason="请核对", expected_version=None, now=NOW
    )
    send.revise = lambda record: start_revision(
        actor=cast[record.institution_id][0], record=record, reason="更正", now=NOW
    )
    return send


def test_a_microloan_company_files_is_sent_back_and_accepted(company, opened, sent) -> None:
    period = opened("microloan", 2012, 6)
    tables = MicroloanBook(seed=1, capital=8000).month(6)
    data = payload("microloan", company, period, tables)
    returned = sent.back(sent(company, period, data))
    assert returned.state == "returned"
    assert not MicroloanBalanceSummary.objects.exists()
    sent.revise(returned)
    accepted = sent.accept(sent(company, period, data.replace(b"2012.1", b"2012.1") + b" "))
    assert accepted.state == "accepted"
    total = MicroloanBalanceSummary.objects.get(item="total")
    assert total.prefecture == company.prefecture
    assert str(total.balance) == tables["balances"][0]["balance"]
    line = MicroloanBalance.objects.get(document=accepted.document, item="total")
    assert line.row == 1
    assert storing("microloan").rebuild(
        [(accepted.document_id, period.pk, company.pk)], True
    ) == []  # fmt: skip


def test_a_revision_moves_the_sums_by_the_difference(company, opened, sent) -> None:
    period = opened("microloan", 2012, 6)
    first, second = (MicroloanBook(seed=n, capital=8000).month(6) for n in (1, 2))
    old = sent.accept(sent(company, period, payload("microloan", company, period, first)))
    sent.revise(old)
    sent.accept(sent(company, period, payload("microloan", company, period, second)))
    total = MicroloanBalanceSummary.objects.get(item="total")
    assert str(total.balance) == second["balances"][0]["balance"]
    assert total.lines == 1
    old.refresh_from_db()
    assert old.state == "superseded"
    assert MicroloanBalance.objects.filter(document=old.document).exists()


def test_taking_the_last_document_away_leaves_no_sums(company, opened, sent) -> None:
    period = opened("microloan", 2012, 6)
    data = payload("microloan", company, period, MicroloanBook(seed=1, capital=8000).month(6))
    record = sent.accept(sent(company, period, data))
    post([table.sums for table in TABLES], period=period, old=record.document, new=None)
    assert not MicroloanBalanceSummary.objects.exists()


def test_the_workbook_has_every_row_and_reads_back(company, opened, sent) -> None:
    period = opened("microloan", 2012, 6)
    form = form_of("microloan")
    book = MicroloanBook(seed=1, capital=8000)
    data = payload("microloan", company, period, book.month(6))
    draft = sent(company, period, data)

    filled = build_workbook(
        form=form, institution=company, period=period, now=NOW,
        prefill=examined(draft, now=NOW).tables,
    )  # fmt: skip
    again = sent(company, period, filled, "workbook")
    assert again.line_count == draft.line_count
    assert again.key_figures == draft.key_figures


def test_an_agency_files_by_grid_and_next_month_begins_as_this_one_ended(
    agency, opened, sent
) -> None:
    book = GuaranteeBook(seed=1, capital=20000)
    may, june = opened("guarantee", 2012, 5), opened("guarantee", 2012, 6)
    tables = book.month(5)
    sent.accept(sent(agency, may, payload("guarantee", agency, may, tables), "grid"))
    record = sent.accept(sent(agency, june, payload("guarantee", agency, june, book.month(6))))
    assert record.state == "accepted"
    closing = GuaranteeBusinessSummary.objects.get(period=june, item="total").closing
    assert closing == Decimal(record.key_figures["closing"])
    wrong = json.loads(payload("guarantee", agency, june, book.month(7)))
    found = receive_only(sent, agency, june, wrong)
    assert {"GA-401", "GA-403"} <= found


def receive_only(sent: Any, institution: Institution, period: Any, body: Any) -> set[str]:
    found = examine(
        form=form_of(period.form), data=json.dumps(body).encode(), filename="x.json",
        channel="api", institution=institution, period=period, now=NOW,
    )  # fmt: skip
    return {each.check_code for each in found.findings}


def test_a_half_year_is_due_at_the_end_of_july_and_of_february(agency, opened, sent) -> None:
    first, second = (opened("guarantee-half-year", 2012, half) for half in (1, 2))
    assert (first.code, str(first.due_on)) == ("2012-H1", "2012-07-31")
    assert (second.code, str(second.due_on)) == ("2012-H2", "2013-02-28")
    book = GuaranteeBook(seed=1, capital=20000)
    for month in range(1, 7):
        book.month(month)
    data = payload("guarantee-half-year", agency, first, book.half_year())
    sent.accept(sent(agency, first, data))
    assert GuaranteeHalfYear.objects.filter(item="guaranteed_loans").count() == 1


def test_only_those_of_a_forms_kind_must_file_it(company, agency, bank, opened) -> None:
    for form, who in (("microloan", company), ("guarantee", agency)):
        period = opened(form, 2012, 6)
        assert list(period.obligations.values_list("institution__code", flat=True)) == [who.code]


def test_a_microloan_companys_pages_are_like_a_banks(
    company, opened, people, client_of, province_clerk, sent
) -> None:
    period = opened("microloan", 2012, 6)
    preparer, _signatory = people(company)
    client = client_of(preparer)
    assert "小额贷款公司月报表" in client.get("/returns/").content.decode()
    page = client.get(f"/returns/period/{period.pk}/grid/").content.decode()
    assert "其中：多户联保" in page
    tables = MicroloanBook(seed=1, capital=8000).month(6)
    record = sent(company, period, payload("microloan", company, period, tables))
    sent.sign(record)
    office = client_of(province_clerk)
    review = office.get(f"/returns/{record.pk}/review/").content.decode()
    assert "各项贷款" in review
    assert "农户" in review
    periods = office.get("/returns/periods/?form=guarantee-half-year").content.decode()
    assert "H1" in periods or "H2" in periods
