"""Two people at once: one is taken, the other told, and nothing is half saved or counted twice."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection

from core.errors import DomainError
from core.operations.journal import verify
from finance.models import LoanLine, LoanSummary
from returns import operations as act
from returns.models import Return
from tests.factories import UserFactory
from tests.filing import NOW, body

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works: Callable[[], object]) -> list[object]:
    """Run all at the same moment; return what each gave or why it was refused."""
    gate = threading.Barrier(len(works))
    answers: list[object] = [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        gate.wait()
        try:
            answers[place] = work()
        except DomainError as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_first_submissions_leave_one_draft(bank, june, preparer) -> None:
    colleague = UserFactory(role="preparer", institution=bank)

    def send(actor, balance):
        return lambda: act.receive(
            actor=actor, institution=bank, period=june, data=body(bank, june, balance=balance),
            filename="a.json", channel="api", now=NOW,
        )  # fmt: skip

    answers = together(send(preparer, "1000.00"), send(colleague, "2000.00"))
    record = Return.objects.get()
    assert all(isinstance(each, tuple | DomainError) for each in answers)
    assert LoanLine.objects.filter(document=record.document).count() == 1
    assert LoanLine.objects.count() == 1
    assert verify() is None


def test_a_return_is_accepted_once(bank, june, filed, signatory, province_clerk) -> None:
    record = act.sign_return(
        actor=signatory, record=filed(bank, june), expected_version=None, now=NOW
    )
    other = UserFactory(role="province_staff")

    def accept(actor):
        return lambda: act.accept_return(
            actor=actor, record=record, expected_version=record.version, now=NOW
        )

    answers = together(accept(province_clerk), accept(other))
    refused = [each for each in answers if isinstance(each, DomainError)]
    assert [each.code for each in refused] == ["edit-conflict"]
    assert LoanSummary.objects.get().balance == Decimal("1000.00")


def test_many_banks_at_once_lose_nothing(bank, other_bank, june, filed, signatory) -> None:
    first = act.sign_return(
        actor=signatory, record=filed(bank, june), expected_version=None, now=NOW
    )
    theirs = UserFactory(role="preparer", institution=other_bank)
    signs = UserFactory(role="signatory", institution=other_bank)
    second = act.sign_return(
        actor=signs, record=filed(other_bank, june, actor=theirs), expected_version=None, now=NOW
    )
    clerks = [UserFactory(role="province_staff") for _ in range(2)]
    works = [
        lambda record=record, clerk=clerk: act.accept_return(
            actor=clerk, record=record, expected_version=None, now=NOW
        )
        for record, clerk in zip((first, second), clerks, strict=True)
    ]
    assert all(isinstance(each, Return) for each in together(*works))
    assert sum(LoanSummary.objects.values_list("balance", flat=True)) == Decimal("2000.00")
    assert verify() is None
