"""The demonstration's cases and policies go through the registers' own doors."""

import datetime

from core.operations.reference import load_rules, load_territory
from reports.demo.green_channel import make_green_channel
from reports.demo.incentives import make_incentives
from reports.queries.cases import case_work
from reports.registry import compute
from tests.factories import UserFactory


def test_the_demonstration_has_something_of_everything(province_clerk) -> None:
    load_rules()
    load_territory()
    now = datetime.datetime(2026, 5, 29, 1, tzinfo=datetime.UTC)
    assert make_green_channel(actor=province_clerk, now=now) == 16
    assert make_incentives(actor=province_clerk, now=now) == 5
    clerk = UserFactory(role="department_staff", department="省经济和信息化委")
    work = case_work(user=clerk, today=now.date())
    assert work.overdue > 0
    assert work.soon > 0
    asked = {"as_of": "2012-12-31"}
    told = compute("green-channel", asked, user=None, today=now.date()).figures["total"]
    assert all(told[name] > 0 for name in ("closed", "closed_in_time", "waiting", "overdue"))
    money = compute("incentives", asked, user=None, today=now.date()).figures
    assert money["total"]["left"] != money["total"]["budget"]
    assert len(money["without"]) == 18
