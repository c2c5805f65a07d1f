"""Tables on a microloan company's page: its holders, its capital, who decided about it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from core.models import Fact
from core.models.facts import FactKind
from core.naming import both
from core.permissions import may
from core.queries.delegations import authority_remarks
from core.registers import Panel, Shown
from core.registers.supervision import FINDING_HEADINGS, findings_cell
from core.tabular import formats
from core.text import Text
from finance.models import Shareholder
from finance.models.microloan_companies import HolderKind, HolderRole
from finance.queries.holders import holders_on
from finance.queries.microloan_remarks import decisions_of
from finance.registers.shareholders import SHAREHOLDERS

HOLDER_HEADINGS = (
    Text("股东", "Shareholder"),
    Text("角色", "Role"),
    Text("类型", "Kind"),
    Text("来自", "From"),
    Text("持股起", "Since"),
    Text("持股比例", "Stake"),
    Text("出资额（万元）", "Contributed"),
)
STRENGTH_HEADINGS = (
    Text("主发起人", "Main sponsor"),
    Text("截至", "By"),
    Text("净资产（万元）", "Net assets"),
    Text("资产负债率", "Debt ratio"),
    Text("利润年度", "Years"),
    Text("三年净利润（万元）", "Profits, last year first"),
    Text("合计（万元）", "Together"),
)
CAPITAL_HEADINGS = (
    Text("日期", "Date"),
    Text("事项", "Fact"),
    Text("注册资本（万元）", "Capital"),
    Text("变动（万元）", "Change"),
    Text("文号", "Document number"),
    Text("批准机关", "Decided by"),
)


def holders_panels(company: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Who holds the company on the day and what the stakes sum to; the sponsors' strength."""
    held = holders_on(institution=company.pk, as_of=as_of)
    sponsors = [each for each in held if each.role == HolderRole.MAIN_SPONSOR]
    found = [_holders(company, held, user=user, as_of=as_of)]
    if sponsors:
        found.append(
            Panel(
                key="sponsors",
                title=Text("主发起人财务状况", "The main sponsors' figures"),
                headings=STRENGTH_HEADINGS,
                rows=[_strength(each) for each in sponsors],
            )
        )
    return found


def _holders(
    company: Any, held: Sequence[Shareholder], *, user: Any, as_of: datetime.date
) -> Panel:
    code = company.institution.code
    editable = may(user, Shareholder.EDIT, company.institution)
    return Panel(
        key="shareholders",
        title=Text("股东", "Shareholders"),
        headings=HOLDER_HEADINGS,
        rows=[*map(_holder, held), *([_together(held)] if held else ())],
        add_url=f"{reverse(SHAREHOLDERS.url_name('new'))}?institution={code}" if editable else "",
        more_url=f"{reverse(SHAREHOLDERS.url_name())}?institution={code}",
        empty=Text(f"{as_of} 没有登记股东。", f"No shareholder is recorded on {as_of}."),
    )


def _holder(holder: Shareholder) -> list[Shown]:
    role = both(HolderRole(holder.role).label)
    quality = Text(f"{role.zh}（优质企业）", f"{role.en} (of quality)")
    home = holder.home_prefecture
    return [
        _linked(holder),
        Shown(quality if holder.is_quality_enterprise else role),
        Shown(both(HolderKind(holder.kind).label)),
        Shown(Text(home.name, home.name_en) if home else holder.home_place or "—"),
        Shown(holder.held_from),
        Shown(formats.percent_value(holder.stake), numeric=True),
        Shown(formats.money(holder.contributed), numeric=True),
    ]


def _linked(holder: Shareholder) -> Shown:
    return Shown(holder.name, url=reverse(SHAREHOLDERS.url_name("record"), args=[holder.code]))


def _together(held: Sequence[Shareholder]) -> list[Shown]:
    known = [each.contributed for each in held if each.contributed is not None]
    return [
        Shown(Text("合计", "Together")),
        *(Shown("") for _column in HOLDER_HEADINGS[1:-2]),
        Shown(formats.percent_value(sum(each.stake for each in held)), numeric=True),
        Shown(formats.money(sum(known) if known else None), numeric=True),
    ]


def _strength(holder: Shareholder) -> list[Shown]:
    profits = (holder.profit_last, holder.profit_second, holder.profit_third)
    known = [each for each in profits if each is not None]
    last = holder.profit_year
    return [
        _linked(holder),
        Shown(holder.financials_as_of or "—"),
        Shown(formats.money(holder.net_assets), numeric=True),
        Shown(formats.percent_value(holder.debt_ratio), numeric=True),
        Shown(f"{last - 2}–{last}" if last else "—"),
        Shown(" / ".join(map(formats.money, profits)) if known else "—", numeric=True),
        Shown(formats.money(sum(known) if len(known) == len(profits) else None), numeric=True),
    ]


def capital_panel(company: Any, *, as_of: datetime.date) -> Panel:
    """The capital at the foundation and after each fact that changed it, oldest first."""
    facts = Fact.objects.in_force(as_of=as_of).filter(institution=company.pk, capital__isnull=False)
    rows, before = [], company.capital
    if before is not None:
        first = Shown(Text("设立", "Foundation"))
        rows.append([Shown("—"), first, Shown(formats.money(before), numeric=True),
                     Shown(""), Shown("—"), Shown("—")])  # fmt: skip
    for fact in facts.order_by("happened_on", "pk"):
        change = None if before is None else fact.capital - before
        rows.append(
            [
                Shown(fact.happened_on),
                Shown(both(FactKind(fact.kind).label)),
                Shown(formats.money(fact.capital), numeric=True),
                Shown(_signed(change), numeric=True),
                Shown(fact.document_number or "—"),
                Shown(fact.decided_by or "—"),
            ]
        )
        before = fact.capital
    return Panel(
        key="capital",
        title=Text("注册资本变动", "Capital and its changes"),
        headings=CAPITAL_HEADINGS,
        rows=rows,
    )


def _signed(change: Any) -> str:
    if change is None:
        return formats.NOTHING
    return f"{'+' if change > 0 else ''}{formats.money(change)}"


def authority_panel(company: Any, *, as_of: datetime.date) -> list[Panel]:
    """What the prefecture decided, each with what is wrong about its authority."""
    decisions = list(decisions_of([company.pk], as_of))
    if not decisions:
        return []
    remarks = authority_remarks(decisions=decisions, as_of=as_of)
    return [
        Panel(
            key="authority",
            title=Text("市级决定与权限", "Decisions of the prefecture and their authority"),
            headings=[*FINDING_HEADINGS[:1], *FINDING_HEADINGS[2:4],
                      Text("所依下放权限", "Delegation"), *FINDING_HEADINGS[4:]],
            rows=[
                [
                    Shown(fact.happened_on),
                    Shown(both(FactKind(fact.kind).label)),
                    Shown(fact.document_number or "—"),
                    _delegation(fact),
                    Shown(fact.filed_on or "—"),
                    findings_cell(remarks[fact.pk]),
                ]
                for fact in decisions
            ],
        )
    ]  # fmt: skip


def _delegation(fact: Fact) -> Shown:
    if fact.delegation is None:
        return Shown("—")
    url = reverse("core:delegations-record", args=[fact.delegation.code])
    return Shown(fact.delegation.document_number, url=url)
