"""What units filed on the plan of 2012 in the demonstration: contacts, events, progress."""

import datetime
from typing import Any

from core.models import Prefecture
from core.registers.catalogue import REGISTERS
from core.registers.saving import save_entry
from plan.models import (
    ContactReply,
    Milestone,
    Plan,
    PlanEvent,
    ProgressEntry,
    ProgressReport,
    Target,
    Unit,
)
from plan.operations.consolidated_reports import draft_consolidated
from plan.operations.progress_reports import (
    accept_report,
    draft_report,
    return_report,
    submit_report,
)
from reports.demo.keeping import Desk

HALF_YEAR = datetime.datetime(2012, 6, 28, 2, tzinfo=datetime.UTC)
REVIEWED = datetime.datetime(2012, 7, 4, 2, tzinfo=datetime.UTC)
SILENT = ("441800", "445300", "DP-CIRC")  # they have not filed their contacts
LATE = ("440800", "DP-ST")
# target, unit, day, what was added
PROGRESS = (
    ("T03", "440600", "2012-07-12", 1), ("T04", "DP-EIC", "2012-09-20", 2130),
    ("T06", "DP-EIC", "2012-05-30", 4), ("T06", "DP-EIC", "2012-09-15", 5),
    ("T07", "DP-EIC", "2012-08-20", 11), ("T08", "DP-EIC", "2012-06-20", 318),
    ("T09", "DP-EIC", "2012-06-25", 11200), ("T09", "DP-EIC", "2012-11-30", 14300),
    ("T10", "DP-EIC", "2012-10-18", 20), ("T11", "DP-EIC", "2012-10-18", 64),
    ("T12", "DP-EIC", "2012-08-28", 19), ("T13", "DP-ST", "2012-11-12", 41),
    ("T22a", "DP-EIC", "2012-09-21", 100000), ("T22b", "DP-EIC", "2012-09-21", 3620),
    ("T22c", "DP-EIC", "2012-09-21", 5000),
)  # fmt: skip
DONE = {
    "S01": "2012-04-27", "S02": "2012-04-26", "S03": "2012-05-11", "S04": "2012-05-04",
    "S05": "2012-07-06", "S06": "2012-06-29", "S07": "2012-08-28", "S08": "2012-09-21",
    "S09": "2012-09-26", "S10": "2013-01-04", "S11": "2012-12-28",
}  # fmt: skip


def make_plan(desk: Desk) -> int:
    """File contacts, events and progress as the units would; return how many entries."""
    plan = Plan.objects.standing().filter(year=2012).first()
    if plan is None:
        return 0
    units = {_key(each): each for each in plan.units.standing().select_related("prefecture")}
    made = _contacts(desk, units) + _events(desk, units)
    targets = {each.key: each for each in Target.objects.standing().filter(measure__plan=plan)}
    for key, unit, day, value in PROGRESS:
        entry = ProgressEntry(
            target=targets[key], unit=units[unit], happened_on=_day(day), value=value,
            document="演示：相关批复文件",
        )  # fmt: skip
        desk.act(entry)
        made += 1
    made += _reports(desk, units)
    draft_consolidated(actor=desk.actor, plan=plan, period="H1", now=REVIEWED)
    for milestone in Milestone.objects.standing().filter(plan=plan, key__in=DONE):
        milestone.done_on = _day(DONE[milestone.key])
        milestone.document = "演示：办结材料"
        save_entry(
            REGISTERS["plan-milestones"], milestone, actor=desk.actor, now=desk.now,
            expected_version=milestone.version,
        )  # fmt: skip
    return made


def _contacts(desk: Desk, units: dict[str, Unit]) -> int:
    made = 0
    for number, (key, unit) in enumerate(units.items(), start=1):
        if key in SILENT:
            continue
        day = "2012-05-03" if key in LATE else "2012-04-29"
        reply = ContactReply(unit=unit, replied_on=_day(day))
        contact = {
            "office": "演示科（处）", "person": f"演示联系人{number}",
            "telephone": f"020-0000{number:04d}", "email": f"contact{number}@example.gov.cn",
        }  # fmt: skip
        desk.act(reply, contacts=[contact])
        made += 1
    return made


def _reports(desk: Desk, units: dict[str, Unit]) -> int:
    """Half-year reports in every state; the last units file nothing."""
    chosen = [units[key] for key in ("440100", "440200", "440600", "441900", "DP-EIC", "DP-FO")]
    for number, unit in enumerate(chosen):
        report = draft_report(actor=desk.actor, unit=unit, period="H1", now=desk.now)
        if number == 0:
            continue
        _acted(submit_report, desk, report, HALF_YEAR)
        if number == 1:
            _acted(return_report, desk, report, REVIEWED, note="演示：请补充融资服务情况")
        elif number > 2:
            _acted(accept_report, desk, report, REVIEWED)
    return len(chosen)


def _acted(
    operation: Any, desk: Desk, report: ProgressReport, at: datetime.datetime, **more: str
) -> None:
    operation(actor=desk.actor, report=report, expected_version=None, now=at, **more)


def _events(desk: Desk, units: dict[str, Unit]) -> int:
    """One event of its own and one talk in most prefectures, joint days, the market, courses."""
    made = 0
    places = list(Prefecture.objects.all())
    for number, place in enumerate(places):
        unit = units[place.code]
        for kind, name, month in (
            ("launch", "服务年启动仪式", 4),
            ("local", "局长接待日", 6),
            ("tour_city", "政策巡回宣讲", 5),
        ):
            if kind != "launch" and number % 7 == 6:
                continue  # three prefectures held neither
            event = PlanEvent(
                unit=unit, kind=kind, name=f"演示{place.name}{name}",
                held_on=datetime.date(2012, month, 5 + number), place=place,
                enterprises=desk.rng.randint(30, 160), people=desk.rng.randint(60, 320),
            )  # fmt: skip
            desk.act(event)
            made += 1
    lead = units["DP-EIC"]
    for kind, name, number, first in (
        ("joint", "省市联办服务日", 8, "2012-05-20"),
        ("tour_base", "创业基地宣讲", 30, "2012-05-08"),
        ("service", "服务年推广活动", 24, "2012-04-20"),
        ("market", "广货市场开拓活动", 16, "2012-04-25"),
        ("directors", "中小企业局长培训班", 1, "2012-10-15"),
        ("fair", "中博会高峰论坛", 1, "2012-09-21"),
    ):
        for place in range(number):
            event = PlanEvent(
                unit=lead, kind=kind, name=f"演示{name}（{place + 1}）",
                held_on=_day(first) + datetime.timedelta(days=place * (180 // number)),
                place=desk.rng.choice(places), enterprises=desk.rng.randint(40, 400),
                people=desk.rng.randint(80, 900),
            )  # fmt: skip
            desk.act(event)
            made += 1
    return made


def _key(unit: Unit) -> str:
    return unit.prefecture.code if unit.prefecture else unit.department.code


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
