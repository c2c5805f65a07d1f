"""The loan report: one computation, followed down to the cell, computed again for the past."""

import datetime
import json
from decimal import Decimal

import pytest
from django.urls import reverse

from finance.operations.reference import load_goals
from reports.loans.compute import compute_loans
from reports.loans.parameters import LoanForm
from reports.registry import compute, lineage
from returns import operations as act
from returns.models import Return
from tests.factories import UserFactory
from tests.filing import NOW, body, month

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2012, 7, 20)


def report(**asked: str):
    return compute("loans", asked, user=None, today=TODAY).result


def test_only_accepted_returns_count_and_the_missing_are_named(
    bank,
    other_bank,
    june,
    accepted,
) -> None:
    accepted(bank, june)
    found = report(period="2012-06")
    assert found.total.now.balance == Decimal("1000.00")
    assert (found.completeness.due, found.completeness.accepted) == (2, 1)
    assert [each.code for each in found.completeness.missing] == [other_bank.code]


def test_growth_needs_the_year_before_and_goals_say_so(
    bank,
    june,
    accepted,
) -> None:
    load_goals()
    accepted(bank, june)
    found = report()
    assert found.total.growth.value is None
    assert [goal.code for goal in found.goals] == ["sme-goal-2011"]
    assert found.goals[0].verdict == "undecided"


def test_growth_on_the_year_and_against_all_loans(bank, june, accepted) -> None:
    load_goals()
    before = month(2011, 6, bank)
    accepted(bank, before, balance="800.00")
    accepted(bank, june, balance="1000.00")
    found = report(period="2012-06")
    assert found.total.growth.percent == Decimal("25.00")
    assert found.total.all_loans_growth.percent == Decimal("0.00")
    assert found.goals[0].tests[0].verdict == "met"
    assert [point.period for point in found.trend] == ["2011-06", "2012-06"]


@pytest.mark.parametrize("by", ["prefecture", "region", "size", "industry", "kind"])
def test_every_breakdown_sums_to_the_total(bank, june, accepted, by) -> None:
    accepted(bank, june)
    found = report(by=by)
    assert sum(group.figures.now.balance for group in found.groups) == Decimal("1000.00")
    assert found.total.share.percent == Decimal("20.00")


def test_month_by_month_each_beside_its_own_year_before(bank, june, accepted) -> None:
    accepted(bank, month(2011, 6, bank), balance="800.00")
    accepted(bank, month(2012, 5, bank), balance="950.00", granted_year="60.00")
    accepted(bank, june)
    found = report(period="2012-06", by="period")
    shown = [(each.key, each.figures.now.balance, each.figures.growth.percent)
             for each in found.groups]  # fmt: skip
    assert shown == [
        ("2011-06", Decimal("800.00"), None),
        ("2012-05", Decimal("950.00"), None),
        ("2012-06", Decimal("1000.00"), Decimal("25.00")),
    ]
    asked = {"period": "2012-06", "by": "period"}
    computed = compute("loans", asked, user=None, today=TODAY)
    behind = lineage(computed, "balance:2012-05", user=None)
    assert "950.00" in behind.evidence[0].what.zh


def test_what_was_known_then_can_be_computed_now(
    bank,
    june,
    accepted,
    filed,
    preparer,
    signatory,
    province_clerk,
) -> None:
    first = accepted(bank, june, balance="1000.00")
    later = NOW + datetime.timedelta(days=3)
    act.start_revision(actor=preparer, record=first, reason="更正", now=later)
    second = filed(bank, june, balance="900.00", now=later)
    second = act.sign_return(actor=signatory, record=second, expected_version=None, now=later)
    act.accept_return(actor=province_clerk, record=second, expected_version=None, now=later)
    form = LoanForm({"period": "2012-06"}, today=TODAY)
    assert form.is_valid()
    parameters = form.parameters()
    then = compute_loans(parameters=parameters, known_at=NOW + datetime.timedelta(days=1))
    now = compute_loans(parameters=parameters)
    again = compute_loans(parameters=parameters, known_at=later)
    assert then.total.now.balance == Decimal("1000.00")
    assert now.total.now.balance == Decimal("900.00")
    assert again.total == now.total


def test_a_figure_opens_down_to_the_cell_that_was_filed(
    bank,
    june,
    accepted,
    client_of,
    leader,
) -> None:
    record: Return = accepted(bank, june)
    client = client_of(leader)
    asked = {"period": "2012-06", "figure": "balance:440200"}
    page = client.get(reverse("reports:loans-lineage"), asked).content.decode()
    assert "1,000.00 万元" in page
    assert record.receipt_number in page
    lines = client.get(reverse("reports:loan-lines"), {"return": record.pk}).content.decode()
    target = f"{reverse('returns:row', args=[record.pk])}?table=lines&amp;row=1&amp;column=balance"
    assert target in lines
    row = client.get(
        reverse("returns:row", args=[record.pk]), {"table": "lines", "row": 1, "column": "balance"}
    ).content.decode()
    assert "highlight" in row
    assert record.document.sha256 in row


def test_another_prefectures_clerk_sees_no_lines(
    bank,
    june,
    accepted,
    client_of,
    guangzhou,
) -> None:
    record = accepted(bank, june)
    stranger = client_of(UserFactory(role="prefecture_staff", prefecture=guangzhou))
    answer = stranger.get(reverse("reports:loan-lines"), {"return": record.pk})
    assert answer.status_code == 404


def test_page_and_files_hold_the_same_figures(
    bank,
    june,
    accepted,
    client_of,
    leader,
) -> None:
    accepted(bank, june, balance="2345.67")
    client = client_of(leader)
    address = reverse("reports:loans")
    assert "2,345.67" in client.get(address, {"period": "2012-06"}).content.decode()
    document = json.loads(client.get(address, {"period": "2012-06", "format": "json"}).content)
    assert document["figures"]["total"]["balance"] == "2345.67"
    for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        answer = client.get(address, {"period": "2012-06", "format": kind})
        assert answer.content.startswith(start)


@pytest.mark.parametrize("by", ["prefecture", "industry", "size"])
def test_the_page_takes_fewer_than_ten_queries(
    bank, june, accepted, client_of, leader, by, django_assert_max_num_queries
) -> None:
    load_goals()
    for number in range(1, 6):
        accepted(bank, month(2012, number, bank), granted_year=f"{20 * number}.00")
    client = client_of(leader)
    client.get(reverse("reports:loans"))
    with django_assert_max_num_queries(9):
        client.get(reverse("reports:loans"), {"by": by})


def test_a_misspelt_parameter_is_refused(client_of, leader) -> None:
    answer = client_of(leader).get(reverse("reports:loans"), {"perod": "2012-06"})
    assert answer.status_code == 422


def test_years_are_not_compared_while_last_years_institutions_are_missing(
    bank, other_bank, june, accepted
) -> None:
    load_goals()
    accepted(bank, month(2011, 6, bank, other_bank), balance="800.00")
    accepted(bank, june)
    assert report(period="2012-06").total.growth.percent == Decimal("25.00")
    theirs = UserFactory(role="preparer", institution=other_bank)
    signs = UserFactory(role="signatory", institution=other_bank)
    clerk = UserFactory(role="province_staff")
    before = month(2011, 6)
    draft, _ = act.receive(
        actor=theirs, institution=other_bank, period=before, data=body(other_bank, before),
        filename="a.json", channel="api", now=NOW,
    )  # fmt: skip
    draft = act.sign_return(actor=signs, record=draft, expected_version=None, now=NOW)
    act.accept_return(actor=clerk, record=draft, expected_version=None, now=NOW)
    found = report(period="2012-06")
    assert found.total.growth.percent is None
    assert {goal.verdict for goal in found.goals} == {"undecided"}
    assert found.total.now.balance == Decimal("1000.00")


def test_a_leader_reads_the_latest_whole_period_first(bank, other_bank, june, accepted) -> None:
    may = month(2012, 5, bank)
    accepted(bank, may)
    accepted(bank, june)  # other_bank has not filed June yet
    assert report().parameters.period == may
    act.close_period(actor=UserFactory(role="province_staff"), period=june, now=NOW)
    assert report().parameters.period == june
