"""Invented green-channel cases: of 2012, and of the last weeks, some of them overdue."""

import datetime
from typing import Any

from core.models import Department, Prefecture, User
from core.registers.catalogue import REGISTERS
from core.registers.saving import save_entry
from listings.models import Enterprise, GreenChannelCase

# The first is that of the demonstration's department account.
DEPARTMENTS = (
    ("省经济和信息化委", None),
    ("省国土资源厅", None),
    ("省环境保护厅", None),
    ("省地方税务局", None),
    ("韶关市国土资源局", "440200"),
)
NAMES = {"440200": "韶北装备", "440600": "岭南铝业", "441900": "莞城电子", "440100": "花城软件"}
# issue, subject, department, place, days back from the end, promised, then (act, days later)
CASES: tuple[tuple[Any, ...], ...] = (
    ("property", "补办厂房房产证", 4, "440200", 40, 10, ("answer", 3), ("wait", 6), ("resume", 16)),
    ("origins", "确认集体企业改制的历史沿革", 0, "440600", 30, 15, ("answer", 9)),
    ("compliance", "出具三年纳税合规证明", 3, "441900", 24, 10, ("close", 9)),
    ("projects", "募投项目环评批复", 2, "440100", 21, 20, ("wait", 8)),
    ("projects", "募投项目备案", 0, "441900", 12, 10),
    ("public_assets", "确认国有股权转让程序", 0, "440100", 9, 10, ("answer", 2)),
    ("compliance", "出具安全生产合规证明", 0, "440200", 34, 10, ("close", 22)),
    ("foreign", "外资股权变更审批", 0, "440600", 6, 10),
)
TEXTS = {
    "answer": "演示：已受理并转业务处室核查",
    "wait": "演示：请补充原始出资凭证",
    "resume": "演示：企业已补充",
    "close": "演示：已办结并函复企业",
}
PLAN_YEAR_END = datetime.date(2012, 12, 28)


def make_green_channel(*, actor: User, now: datetime.datetime) -> int:
    """Register departments and cases as the province's clerk would; return how many cases."""
    offices = [_department(name, place, actor, now) for name, place in DEPARTMENTS]
    for end in (PLAN_YEAR_END, now.date()):
        for issue, subject, office, place, back, promised, *acts in CASES:
            opened = end - datetime.timedelta(days=back)
            case = _save(
                "green-channel-cases",
                GreenChannelCase(
                    enterprise=enterprise_of(place, actor=actor, now=now),
                    issue=issue,
                    subject=subject,
                    department=offices[office],
                    opened_on=opened,
                    promised_days=promised,
                ),
                actor,
                now,
            )
            if end == PLAN_YEAR_END and "close" not in dict(acts):
                acts.append(("close", back + 25))  # nothing of 2012 is left over today
            for act, later in acts:
                _happen(case, act, opened + datetime.timedelta(days=later), actor, now)
    return 2 * len(CASES)


def enterprise_of(place: str, *, actor: User, now: datetime.datetime) -> Enterprise:
    """An enterprise of the library in a prefecture; made where there is none."""
    found = Enterprise.objects.standing().filter(prefecture__code=place).order_by("code").first()
    if found is not None:
        return found
    entry = Enterprise(
        name=f"演示{NAMES[place]}股份有限公司", prefecture=Prefecture.objects.get(code=place)
    )
    return _save("enterprises", entry, actor, now)


def _department(name: str, place: str | None, actor: User, now: datetime.datetime) -> Department:
    found = Department.objects.standing().filter(name=name).first()
    if found is not None:
        return found
    prefecture = Prefecture.objects.get(code=place) if place else None
    return _save("departments", Department(name=name, prefecture=prefecture), actor, now)


def _happen(
    case: GreenChannelCase, act: str, on: datetime.date, actor: User, now: datetime.datetime
) -> None:
    register = REGISTERS["green-channel-events"]
    event = register.model(
        case=case,
        act=act,
        happened_on=min(on, now.date()),
        text=TEXTS[act],
        result="solved" if act == "close" else "",
    )
    _save(register.key, event, actor, now)


def _save(key: str, entry: Any, actor: User, now: datetime.datetime) -> Any:
    return save_entry(REGISTERS[key], entry, actor=actor, now=now)
