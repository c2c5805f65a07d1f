"""Insurance pilots: sums and ratios of a day, and the rule by which one stops."""

from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.queries.expiries import running_out
from core.ratio import Ratio
from core.registers import catalogue
from core.registers.saving import void_entry
from core.rules.limits import Standing
from guarantees.models import InsurancePilot
from guarantees.queries.pilots import pilot_rows, pilots_on, totals
from guarantees.rules.pilots import PilotSums, StopLines, StopState, recovered_too_early, stop_rule
from tests.guarantee_support.conftest import day

NEAR = Decimal(10)


def sums(**values: str) -> PilotSums:
    return PilotSums(**{name: Decimal(value) for name, value in values.items()})


@pytest.mark.parametrize(
    ("paid", "state"),
    [
        ("0.00", "running"),
        ("135.00", "running"),  # a tenth of the line is left
        ("135.01", "near"),
        ("149.99", "near"),
        ("150.00", "stopped"),
        ("999.00", "stopped"),
    ],
)
def test_a_pilot_stops_when_its_loss_ratio_reaches_the_line(paid, state) -> None:
    lines = StopLines(loss_ratio=Decimal("150"))
    found = stop_rule(sums(premium="100", paid=paid), lines, near=NEAR)
    assert found.state == state


@pytest.mark.parametrize(
    ("lines", "figures", "state"),
    [
        (StopLines(), {"premium": "1", "paid": "99"}, "running"),
        (StopLines(loss_ratio=Decimal(150)), {"paid": "5"}, "unknown"),
        (StopLines(overdue_rate=Decimal(5)), {"balance": "100", "overdue": "5"}, "stopped"),
        (StopLines(overdue_rate=Decimal(5)), {"balance": "100", "overdue": "4.75"}, "near"),
        (StopLines(overdue_rate=Decimal(5)), {"balance": "100", "overdue": "1"}, "running"),
        (StopLines(Decimal(5), Decimal(150)), {"balance": "100", "overdue": "6"}, "stopped"),
        (StopLines(Decimal(5), Decimal(150)), {"balance": "100"}, "unknown"),
        (StopLines(fund_size=Decimal(10)), {"fiscal_compensation": "11"}, "running"),
    ],
)
def test_the_worst_of_a_pilots_lines_decides(lines, figures, state) -> None:
    assert stop_rule(sums(**figures), lines, near=NEAR).state == state


def test_a_used_up_fund_is_told_but_stops_nothing() -> None:
    found = stop_rule(sums(fiscal_compensation="11"), StopLines(fund_size=Decimal(10)), near=NEAR)
    assert found.fund.standing is Standing.BROKEN
    assert found.fund.room == Decimal("-1")
    assert not found.fund.limit.law


def test_a_pilots_day_adds_flows_and_takes_the_last_stocks(pilot, reported) -> None:
    reported("2012-03-31", premium="100", paid="30", balance="4000", overdue="100")
    reported("2012-06-30", premium="50.01", paid="15", balance="3000", overdue="90",
             recovered="5")  # fmt: skip
    (early,) = pilots_on(as_of=day("2012-06-29"))
    assert (early.last, early.sums.premium, early.sums.balance) == (
        day("2012-03-31"), Decimal("100.00"), Decimal("4000.00"),
    )  # fmt: skip
    (late,) = pilots_on(as_of=day("2012-06-30"))
    assert late.sums.loss_ratio == Ratio(Decimal("45.00"), Decimal("150.01"))
    assert late.sums.loss_ratio.percent == Decimal("30.00")
    assert late.sums.overdue_rate.percent == Decimal("3.00")
    assert late.sums.recovery_rate.percent == Decimal("11.11")
    assert late.sums.policies == 100
    assert late.sums.borrowers == 50
    assert totals([late, late]).premium == Decimal("300.02")
    assert pilots_on(as_of=day("2011-12-31")) == []


def test_without_premium_there_is_no_loss_ratio(pilot) -> None:
    (found,) = pilots_on(as_of=day("2012-06-30"))
    assert found.sums.loss_ratio.percent is None
    assert found.state is StopState.UNKNOWN


def test_a_voided_period_counts_nowhere_and_is_still_known_then(
    pilot, reported, province_clerk
) -> None:
    figure = reported("2012-03-31", premium="100", paid="30")
    before = timezone.now()
    register = catalogue.REGISTERS["pilot-figures"]
    void_entry(register, code=figure.code, actor=province_clerk, reason="错", now=timezone.now())
    (now,) = pilots_on(as_of=day("2012-06-30"))
    assert now.sums == PilotSums()
    (then,) = pilots_on(as_of=day("2012-06-30"), known_at=before)
    assert then.sums.paid == Decimal("30.00")


def test_a_change_of_the_lines_is_not_known_before_it_was_made(pilot, reported, record) -> None:
    reported("2012-03-31", premium="100", paid="120")
    before = timezone.now()
    record("insurance-pilots", entry=pilot, stop_loss_ratio=Decimal("110"))
    assert pilots_on(as_of=day("2012-06-30"))[0].state is StopState.STOPPED
    assert pilots_on(as_of=day("2012-06-30"), known_at=before)[0].state is StopState.RUNNING


def test_more_recovered_than_ever_paid_is_refused(pilot, reported) -> None:
    reported("2012-03-31", paid="30", recovered="10")
    with pytest.raises(DomainError) as refused:
        reported("2012-06-30", paid="0", recovered="20.01")
    assert refused.value.code == "recovered-too-much"
    assert "30.01" in refused.value.message.zh
    reported("2012-06-30", paid="0", recovered="20")


def test_a_period_is_told_once_and_within_the_pilot(pilot, reported) -> None:
    reported("2012-03-31")
    with pytest.raises(DomainError) as twice:
        reported("2012-03-31")
    assert "已经填过" in str(twice.value.fields)
    with pytest.raises(DomainError) as early:
        reported("2011-12-31")
    assert "period_end" in early.value.fields


AMOUNTS = st.decimals(0, 2000, places=2)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=6))
def test_recoveries_are_refused_exactly_where_they_pass_what_was_paid(flows) -> None:
    periods = [
        (day(f"2012-0{number}-01"), paid, back) for number, (paid, back) in enumerate(flows, 1)
    ]
    passed = any(
        sum(back for _d, _p, back in periods[: n + 1]) > sum(p for _d, p, _b in periods[: n + 1])
        for n in range(len(periods))
    )
    assert (recovered_too_early(periods) is not None) == passed


LINE = [None, "0.01", "5", "33.33", "100", "150", "1000"]
CASES = [
    ("100", "0", "0", "0"), ("100", "135.01", "4000", "0"), ("100", "135.02", "4000", "199.99"),
    ("100", "150", "4000", "200"), ("100", "149.99", "4000", "380"), ("0", "10", "4000", "379.99"),
    ("3", "1", "3", "1"), ("7", "6.99", "9", "8.99"), ("999999999.99", "999999999.98", "1", "1"),
]  # fmt: skip


@pytest.mark.parametrize("line", LINE)
@pytest.mark.parametrize(("premium", "paid", "balance", "overdue"), CASES)
def test_the_list_says_what_the_rule_says(
    pilot, reported, province_clerk, line, premium, paid, balance, overdue
) -> None:
    pilot.stop_loss_ratio = line and Decimal(line)
    pilot.stop_overdue_rate = line and min(Decimal(line), Decimal(100))
    pilot.save()
    reported("2012-03-31", premium=premium, paid=paid, balance=balance, overdue=overdue)
    (standing,) = pilots_on(as_of=day("2012-06-30"))
    row = pilot_rows(user=province_clerk, as_of=day("2012-06-30")).get()
    assert row.stop_state == standing.state
    assert row.loss_ratio == standing.sums.loss_ratio.percent
    assert row.overdue_rate == standing.sums.overdue_rate.percent


def test_the_page_of_a_pilot_tells_its_line_its_room_and_the_cure(
    rules, pilot, reported, client_of, province_clerk
) -> None:
    reported("2012-03-31", premium="100", paid="150", fiscal_compensation="500.01")
    client = client_of(province_clerk)
    text = client.get("/insurance-pilots/IP01/?as_of=2012-06-30").content.decode()
    for told in ("已达停办线 150.00%", "韶府办〔2011〕88号", "已超过专项资金", "停办规则"):
        assert told in text, told
    before = client.get("/insurance-pilots/IP01/?as_of=2012-03-30").content.decode()
    assert "已达停办线" not in before
    listed = client.get("/insurance-pilots/?stop_state=stopped&as_of=2012-06-30")
    assert "IP01" in listed.content.decode()
    assert "IP01" not in client.get("/insurance-pilots/?stop_state=near").content.decode()


def test_a_pilot_that_ends_is_in_the_calendar(pilot) -> None:
    pilot.ended_on = day("2012-12-31")
    pilot.save()
    (found,) = running_out(as_of=day("2012-12-01"), within=60)
    assert (found.register, found.code, found.days) == ("insurance-pilots", "IP01", 30)
    assert InsurancePilot.objects.running_on(day("2012-12-31")).exists()
    assert not InsurancePilot.objects.running_on(day("2013-01-01")).exists()


def test_a_pilot_that_has_ended_is_no_lapse(pilot) -> None:
    pilot.ended_on = day("2012-12-31")
    pilot.save()
    assert running_out(as_of=day("2012-12-31"), within=0)
    assert not running_out(as_of=day("2013-01-01"), within=60)
