"""A return goes from a bank's figures to a number that counts, and every step is guarded."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError, EditConflict, PermissionRefused, StateConflict
from core.models import JournalEntry
from core.operations.journal import verify
from finance.models import LoanLine, LoanSummary
from returns import operations as act
from returns.models import Return
from returns.rules import TRANSITIONS, Act, Timeliness, timeliness
from tests.factories import UserFactory
from tests.filing import NOW, body, month

pytestmark = pytest.mark.django_db


def code_of(caught: pytest.ExceptionInfo[DomainError]) -> str:
    return caught.value.code


def test_prepared_signed_accepted_and_counted(bank, june, filed, signatory, province_clerk) -> None:
    draft = filed(bank, june)
    assert (draft.state, draft.error_count, draft.line_count) == ("draft", 0, 1)
    signed = act.sign_return(actor=signatory, record=draft, expected_version=draft.version, now=NOW)
    assert signed.state == "submitted"
    assert signed.receipt_number.startswith("SL-201206-B9001-R1-")
    assert not LoanSummary.objects.exists()
    done = act.accept_return(
        actor=province_clerk, record=signed, expected_version=signed.version, now=NOW
    )
    assert done.state == "accepted"
    assert LoanSummary.objects.get().balance == Decimal("1000.00")
    assert [entry.action for entry in JournalEntry.objects.all()] == [
        "return.received",
        "return.signed",
        "return.accepted",
    ]
    assert verify() is None


def test_an_accepted_revision_supersedes_and_moves_the_sum_by_the_difference(
    bank, june, accepted, preparer, filed, signatory, province_clerk
) -> None:
    first = accepted(bank, june)
    act.start_revision(actor=preparer, record=first, reason="更正余额", now=NOW)
    second = filed(bank, june, balance="1100.00")
    assert second.revision == 2
    signed = act.sign_return(actor=signatory, record=second, expected_version=None, now=NOW)
    act.accept_return(actor=province_clerk, record=signed, expected_version=None, now=NOW)
    first.refresh_from_db()
    assert (first.state, first.superseded_at) == ("superseded", NOW)
    assert LoanSummary.objects.get().balance == Decimal("1100.00")
    assert LoanLine.objects.count() == 2  # the lines of the first revision stay


def test_nobody_signs_what_they_prepared(bank, june, filed, signatory) -> None:
    draft = filed(bank, june)
    Return.objects.filter(pk=draft.pk).update(prepared_by=signatory)
    with pytest.raises(PermissionRefused):
        act.sign_return(actor=signatory, record=draft, expected_version=None, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Return.objects.filter(pk=draft.pk).update(signed_by=signatory)


def test_errors_block_and_warnings_wait_for_their_explanation(
    bank, june, filed, preparer, signatory
) -> None:
    wrong = filed(bank, june, npl="2000.00")
    assert wrong.error_count
    assert not LoanLine.objects.exists()
    with pytest.raises(DomainError) as caught:
        act.sign_return(actor=signatory, record=wrong, expected_version=None, now=NOW)
    assert code_of(caught) == "errors-left"


def test_explained_warnings_let_a_return_be_signed_and_survive_another_upload(
    bank, june, accepted, filed, preparer, signatory
) -> None:
    accepted(bank, june)
    july = month(2012, 7, bank)
    later = NOW + datetime.timedelta(days=31)
    draft = filed(bank, july, balance="2000.00", now=later)
    assert draft.unexplained_count
    with pytest.raises(DomainError) as caught:
        act.sign_return(actor=signatory, record=draft, expected_version=None, now=later)
    assert code_of(caught) == "warnings-unexplained"
    explained = act.explain_findings(
        actor=preparer,
        record=draft,
        explanations={each.pk: "新增一户龙头企业贷款" for each in draft.findings.all()},
        expected_version=draft.version,
        now=later,
    )
    assert explained.unexplained_count == 0
    again = filed(bank, july, balance="2000.00", now=later)
    assert again.unexplained_count == 0
    assert act.sign_return(actor=signatory, record=again, expected_version=None, now=later)


def test_a_stale_reader_does_not_overwrite(bank, june, filed, preparer) -> None:
    filed(bank, june)
    with pytest.raises(EditConflict):
        act.receive(
            actor=preparer,
            institution=bank,
            period=june,
            data=body(bank, june),
            filename="a.json",
            channel="api",
            now=NOW,
            expected_version=1,
        )


def test_another_institutions_people_are_refused(other_bank, june, filed, preparer) -> None:
    with pytest.raises(PermissionRefused):
        filed(other_bank, june)
    assert not Return.objects.exists()


def test_a_closed_period_takes_nothing_until_reopened_for_a_reason(
    bank, june, filed, province_clerk
) -> None:
    act.close_period(actor=province_clerk, period=june, now=NOW)
    june.refresh_from_db()
    with pytest.raises(StateConflict) as caught:
        filed(bank, june)
    assert code_of(caught) == "period-closed"
    with pytest.raises(DomainError) as caught:
        act.reopen_period(actor=province_clerk, period=june, reason=" ", now=NOW)
    assert code_of(caught) == "reason-needed"
    act.reopen_period(actor=province_clerk, period=june, reason="补报", now=NOW)
    june.refresh_from_db()
    assert filed(bank, june).state == "draft"


def test_sent_back_with_comments_and_revised(
    bank, june, filed, preparer, signatory, shaoguan_clerk
) -> None:
    signed = act.sign_return(
        actor=signatory, record=filed(bank, june), expected_version=None, now=NOW
    )
    remark = act.reviewing.Remark("lines", "440200/S/C", "balance", "请核对")
    back = act.send_back(
        actor=shaoguan_clerk,
        record=signed,
        reason="余额与台账不符",
        remarks=[remark],
        expected_version=None,
        now=NOW,
    )
    assert (back.state, back.comments.get().text) == ("returned", "请核对")
    draft = act.start_revision(actor=preparer, record=back, reason="按意见更正", now=NOW)
    assert (draft.revision, draft.state, draft.line_count) == (2, "draft", 1)
    with pytest.raises(StateConflict):
        act.start_revision(actor=preparer, record=back, reason="再来", now=NOW)


def test_a_clerk_of_another_prefecture_cannot_review(
    bank, june, filed, signatory, guangzhou
) -> None:
    stranger = UserFactory(role="prefecture_staff", prefecture=guangzhou)
    signed = act.sign_return(
        actor=signatory, record=filed(bank, june), expected_version=None, now=NOW
    )
    with pytest.raises(PermissionRefused):
        act.accept_return(actor=stranger, record=signed, expected_version=None, now=NOW)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "accepted", "superseded"])
@pytest.mark.parametrize("which", list(Act))
def test_every_act_is_possible_in_its_states_only(
    bank, june, filed, preparer, signatory, province_clerk, state, which
) -> None:
    """The table of transitions decides; this walks all of it against the operations."""
    record = filed(bank, june)
    values = {"signed_by": signatory, "signed_at": NOW} if state != "draft" else {}
    Return.objects.filter(pk=record.pk).update(state=state, **values)
    record.refresh_from_db()
    common = {"record": record, "now": NOW}
    calls = {
        Act.RECEIVE: lambda: filed(bank, june),
        Act.EXPLAIN: lambda: act.explain_findings(
            actor=preparer, explanations={}, expected_version=None, **common
        ),
        Act.SIGN: lambda: act.sign_return(actor=signatory, expected_version=None, **common),
        Act.WITHDRAW: lambda: act.withdraw_return(
            actor=signatory, reason="", expected_version=None, **common
        ),
        Act.ACCEPT: lambda: act.accept_return(
            actor=province_clerk, expected_version=None, **common
        ),
        Act.SEND_BACK: lambda: act.send_back(
            actor=province_clerk, reason="因", expected_version=None, **common
        ),
        Act.REVISE: lambda: act.start_revision(actor=preparer, reason="因", **common),
    }
    if state in TRANSITIONS[which].states:
        calls[which]()
    else:
        with pytest.raises(StateConflict):
            calls[which]()


DUE = datetime.date(2012, 7, 9)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("waived", "signed", "state", "today", "expected"),
    [
        (True, None, None, DUE + DAY, Timeliness.WAIVED),
        (False, None, None, DUE, Timeliness.WAITING),
        (False, None, "draft", DUE, Timeliness.DRAFT),
        (False, None, "draft", DUE + DAY, Timeliness.OVERDUE),
        (False, DUE, "submitted", DUE, Timeliness.REVIEW),
        (False, DUE, "returned", DUE, Timeliness.RETURNED),
        (False, DUE, "accepted", DUE + DAY, Timeliness.ON_TIME),
        (False, DUE + DAY, "accepted", DUE + DAY, Timeliness.LATE),
        (False, DUE, "draft", DUE + DAY, Timeliness.ON_TIME),  # a later revision being prepared
    ],
)
def test_timeliness(waived, signed, state, today, expected) -> None:
    found = timeliness(waived=waived, due_on=DUE, first_signed_on=signed, state=state, today=today)
    assert found == expected
