"""What is wrong with a note, with its rule, its value and its sum. Pure; stops nothing."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.rules.limits import Limit, Standing, judge
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from listings.rules.note_life import Disorder
from listings.rules.note_schedule import month_after
from listings.rules.notes import ISSUES, MONTHS, NET_ASSETS, Issuer, Judged

NO_TEXT = Text("", "")
ORDER = Text("登记次序", "Order of events")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: ``value`` is the figure, ``sum`` how it came about."""

    code: str
    title: Text
    message: Text
    source: Text | str = ""
    value: Text = NO_TEXT
    limit: Text = NO_TEXT
    issuer: str = ""
    standing: Standing = Standing.BROKEN

    @property
    def remark(self) -> Remark:
        """As a record's page shows it."""
        return Remark(self.code, self.message, self.source)


def of_judgements(found: Sequence[Judged]) -> list[Finding]:
    """Broken limits; and those that cannot be judged for want of a figure."""
    return [
        Finding(
            each.limit.code,
            each.limit.title,
            each.message if each.broken else _unknown(each),
            each.cited,
            each.sum,
            each.bound,
            each.issuer.name if each.issuer else "",
            each.judgement.standing,
        )
        for each in found
        if each.judgement.standing in (Standing.BROKEN, Standing.UNKNOWN)
    ]


def _unknown(each: Judged) -> Text:
    name = each.issuer.name if each.issuer else ""
    return Text(
        f"第 {each.place} 家发行人“{name}”未登记净资产，无法判定{each.limit.title.zh}；请补登。",
        f"Issuer {each.place}, {name}, has no net assets recorded, so that "
        f"“{each.limit.title.en}” cannot be judged; add them.",
    )


def of_order(found: Sequence[Disorder]) -> list[Finding]:
    return [Finding(each.code, ORDER, each.message) for each in found]


def of_registration(
    *,
    registered_on: datetime.date | None,
    issued_on: datetime.date | None,
    issues: int,
    limits: Mapping[str, Limit],
) -> list[Finding]:
    """One registration, one issue; and that in time. ``issues`` are those under its number."""
    found: list[Finding] = []
    if ISSUES in limits:
        once = Judged(judge(limits[ISSUES], Decimal(issues), near=Decimal(0)))
        found += of_judgements([once] if once.broken else [])
    limit = limits.get(MONTHS)
    if limit is not None and registered_on and issued_on:
        last = month_after(registered_on, int(limit.value))
        if issued_on > last:
            found.append(_too_late(limit, registered_on, issued_on, last))
    return found


def _too_late(
    limit: Limit, registered_on: datetime.date, issued_on: datetime.date, last: datetime.date
) -> Finding:
    judged = Judged(judge(limit, None, near=Decimal(0)))
    return Finding(
        limit.code,
        limit.title,
        Text(
            f"{registered_on} 接受注册，应于 {last} 前发行，实际 {issued_on} 发行。",
            f"Registered on {registered_on}, to be issued by {last}, but issued on {issued_on}.",
        ),
        judged.cited,
        Text(f"{issued_on}", f"{issued_on}"),
        judged.bound,
    )


def understated(issuer: Issuer, place: int, known: Decimal, limits: Mapping[str, Limit]) -> Finding:
    """The register knows of more debt that stands than was declared."""
    declared, register = formats.money(issuer.existing), formats.money(known)
    limit = limits.get(NET_ASSETS)
    return Finding(
        "note.existing-debt-understated",
        Text("已有债务融资余额", "Debt that already stands"),
        Text(
            f"第 {place} 家发行人“{issuer.name}”申报已有余额 {declared} 万元，"
            f"登记簿中其他各期未还本金已有 {register} 万元；请核对。",
            f"Issuer {place}, {issuer.name}, declares {declared} as standing, while other notes of "
            f"the register leave {register} (10,000 yuan) unpaid; check it.",
        ),
        Judged(judge(limit, None, near=Decimal(0))).cited if limit else "",
        Text(f"{register} 万元", f"{register} (10,000 yuan)"),
        Text(f"{declared} 万元", f"{declared} (10,000 yuan)"),
        issuer.name,
    )
