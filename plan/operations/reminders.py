"""Reminders of what units owe to the plan, and of its milestones."""

import datetime

from django.urls import reverse

from core.models.notifications import NotificationKind
from core.operations.notifications import notify
from core.operations.reminders import DUE, days_before, stage, when
from core.queries.notifications import province_staff
from core.text import Text
from plan.models import Milestone, Plan, ReportPeriod, Unit
from plan.queries.board import margins_on, plan_of
from plan.queries.contacts import contacts_due, replies_of
from plan.queries.progress_reports import PERIODS, due_day, is_in, reports_of
from plan.queries.units import people_of_department, people_of_unit


def remind_of_plan(*, today: datetime.date, now: datetime.datetime) -> int:
    """Contacts, progress reports and milestones: once before the day, once after it."""
    plan = plan_of(today.year)
    if plan is None:
        return 0
    return (
        _contacts(plan, today, now)
        + sum(_reports(plan, period, today, now) for period in ReportPeriod.values)
        + _milestones(plan, today, now)
    )


def _near(due: datetime.date | None, today: datetime.date) -> bool:
    return due is not None and due <= today + datetime.timedelta(days=days_before(DUE, today))


def _contacts(plan: Plan, today: datetime.date, now: datetime.datetime) -> int:
    due = contacts_due(plan)
    if not _near(due, today):
        return 0
    words = when(due, today)
    text = Text(
        f"{plan.year}年行动计划联系人回执未报，{words.zh}",
        f"The contacts of {plan.year} are not filed: {words.en}",
    )
    missing = [each.unit for each in replies_of(plan, as_of=today) if each.reply is None]
    url, key = reverse("plan:contacts-status"), f"contacts:{plan.pk}:{stage(due, today)}"
    return sum(_owed(unit, text, url, key, now) for unit in missing)


def _reports(plan: Plan, period: str, today: datetime.date, now: datetime.datetime) -> int:
    due = due_day(plan, period)
    if not _near(due, today):
        return 0
    words = when(due, today)
    text = Text(
        f"{plan.year}年{PERIODS[period].zh}工作情况报告未报，{words.zh}",
        f"The progress report of {plan.year}, {PERIODS[period].en}, is not filed: {words.en}",
    )
    rows = reports_of(plan, period, as_of=today)
    missing = [each.unit for each in rows if not is_in(each.report)]
    url = f"{reverse('plan:reports-status')}?period={period}"
    key = f"progress-report-due:{plan.pk}:{period}:{stage(due, today)}"
    return sum(_owed(unit, text, url, key, now) for unit in missing)


def _owed(unit: Unit, text: Text, url: str, key: str, now: datetime.datetime) -> int:
    return notify(
        people_of_unit(unit),
        NotificationKind.PLAN_DUE,
        text,
        url=url,
        key=f"{key}:{unit.pk}",
        now=now,
    )


def _milestones(plan: Plan, today: datetime.date, now: datetime.datetime) -> int:
    within = datetime.timedelta(days=margins_on(today).days)
    rows = Milestone.objects.standing().filter(plan=plan, done_on=None, due_on__lte=today + within)
    told = 0
    for each in rows.select_related("owner"):
        words = when(each.due_on, today)
        people = list(province_staff())
        if each.owner is not None:
            people += people_of_department(each.owner.name)
        told += notify(
            people,
            NotificationKind.PLAN_DUE,
            Text(
                f"计划节点“{each.title}”{words.zh}",
                f"Milestone “{each.title_en or each.title}”: {words.en}",
            ),
            url=reverse("plan:plan-milestones-record", args=[each.code]),
            key=f"milestone:{each.pk}:{each.due_on}:{stage(each.due_on, today)}",
            now=now,
        )
    return told
