"""Due days follow the dated rules and the work calendar; the command opens the same way."""

import pytest
from django.core.management import call_command

from tests.filing import month

pytestmark = pytest.mark.django_db


def test_a_period_opens_with_its_obligations(bank, rules, province_clerk, capsys) -> None:
    call_command("openperiod", "2012-07", username="province")
    assert "1 must file" in capsys.readouterr().out


def test_due_days_follow_the_rules_and_the_calendar(rules, bank, province_clerk) -> None:
    from core.operations.reference import load_calendar
    from returns.operations import open_period
    from tests.filing import NOW

    load_calendar(last_year=2013)
    days = {}
    for number in (3, 4, 6, 9):
        period = open_period(
            actor=province_clerk, form="sme-loans", year=2012, month=number, now=NOW
        )
        days[number] = period.due_on.isoformat()
    assert days == {3: "2012-04-09", 4: "2012-05-08", 6: "2012-07-09", 9: "2012-10-10"}
    assert month(2012, 6, bank).obligations.count() == 1
