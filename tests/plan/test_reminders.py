"""Reminders before the day and after it, once each, to those who owe."""

import datetime

import pytest
from django.core.management import call_command

from core.models import Prefecture
from core.models.users import Role
from plan.operations.progress_reports import draft_report, submit_report
from plan.operations.reminders import remind_of_plan
from returns.operations import sign_return
from returns.operations.reminders import remind_of_returns
from tests.factories import UserFactory
from tests.filing import NOW
from tests.plan.conftest import day


def texts(person) -> list[str]:
    return [each.zh for each in person.notifications.order_by("pk")]


def returns_on(on: datetime.date) -> int:
    return remind_of_returns(today=on, now=NOW)


def test_a_return_is_called_to_mind_before_its_day_and_once_after(
    june, bank, preparer, signatory
) -> None:
    due = june.due_on
    assert returns_on(due - datetime.timedelta(days=6)) == 0
    assert returns_on(due - datetime.timedelta(days=5)) == 2
    assert returns_on(due) == 0  # told already
    assert returns_on(due + datetime.timedelta(days=1)) == 2
    assert returns_on(due + datetime.timedelta(days=9)) == 0
    assert texts(preparer) == texts(signatory) == [
        f"演示韶关银行的{june}报表还有5天到期", f"演示韶关银行的{june}报表已逾期1天",
    ]  # fmt: skip


def test_who_has_filed_is_left_alone(june, bank, filed, preparer, signatory) -> None:
    sign_return(actor=signatory, record=filed(bank, june), expected_version=None, now=NOW)
    assert returns_on(june.due_on) == 0


@pytest.fixture
def shaoguan_people(plan):
    place = Prefecture.objects.get(code="440200")
    return UserFactory(role=Role.PREFECTURE_STAFF, prefecture=place)


def remind(on: str) -> int:
    return remind_of_plan(today=day(on), now=NOW)


def test_a_unit_is_reminded_of_contacts_and_of_its_half_year(
    plan,
    unit,
    record,
    trade_office,
    shaoguan_people,
    province_clerk,
) -> None:
    remind("2012-04-27")
    assert "2012年行动计划联系人回执未报，还有3天到期" in texts(trade_office)
    remind("2012-06-26")
    assert "2012年上半年工作情况报告未报，还有4天到期" in texts(shaoguan_people)
    report = draft_report(actor=trade_office, unit=unit("DP-EIC"), period="H1", now=NOW)
    report.summary = "总体平稳"
    submit_report(actor=trade_office, report=report, expected_version=None, now=NOW)
    remind("2012-07-02")
    late = "2012年上半年工作情况报告未报，已逾期2天"
    assert late in texts(shaoguan_people)
    assert late not in texts(trade_office)
    assert "省经济和信息化委2012年上半年工作情况报告已报送，请审核" in texts(province_clerk)
    assert remind("2012-07-02") == 0


def test_milestones_go_to_their_owner_and_to_the_province(
    plan,
    trade_office,
    province_clerk,
    shaoguan_people,
) -> None:
    remind("2012-08-20")
    told = [text for text in texts(province_clerk) if "第九届中博会" in text or "节点" in text]
    assert told
    assert not [text for text in texts(shaoguan_people) if "节点" in text]


def test_a_lapsing_licence_is_told_to_the_office_of_its_place(
    plan,
    record,
    bank,
    shaoguan_clerk,
    capsys,
) -> None:
    record("licences", institution=bank, kind="operating", number="粤001",
           issued_on=day("2011-03-01"), valid_until=day("2012-07-10"))  # fmt: skip
    for on in ("2012-05-01", "2012-06-20", "2012-07-01", "2012-07-11", "2012-08-01"):
        call_command("send_reminders", on=day(on))
    told = [text for text in texts(shaoguan_clerk) if "演示韶关银行" in text]
    assert len(told) == 2
    assert "还有20天" in told[0]
    assert "已过1天" in told[1]


def test_what_lapsed_long_ago_is_no_news(plan, record, bank, shaoguan_clerk) -> None:
    record("licences", institution=bank, kind="operating", number="粤001",
           issued_on=day("2001-03-01"), valid_until=day("2009-02-28"))  # fmt: skip
    call_command("send_reminders", on=day("2012-07-01"))
    assert not [text for text in texts(shaoguan_clerk) if "演示韶关银行" in text]
