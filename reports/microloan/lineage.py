"""What stands behind a figure of the report on microloan companies."""

import datetime
from typing import Any

from core.text import Text
from finance.queries.microloan_figures import FORM, filed_cells
from finance.rules.microloan_items import BAD, SMALL
from reports.declaration import Evidence, Lineage
from reports.items.lineage import Behind, Question, cell_lineage, cells
from reports.items.parameters import ItemParameters
from reports.items.places import Ground, ground
from reports.links import address
from reports.microloan.compute import MicroloanReport, compute, everywhere

TOTAL = cells("balances", "balance", "total")
BEHIND = {
    "capital": Behind(Text("实收资本", "paid-in capital"),
                      cells("amounts", "amount", "paid_in_capital")),
    "balance": Behind(Text("贷款余额", "balance"), TOTAL),
    "granted": Behind(Text("当月发放", "granted in the month"),
                      cells("flows", "granted", "total")),
    "granted_year": Behind(Text("当年累放", "granted this year"),
                           cells("flows", "granted_year", "total")),
    "agricultural": Behind(Text("涉农贷款 ÷ 贷款余额", "agricultural / balance"),
                           cells("balances", "balance", "agricultural"), TOTAL),
    "small": Behind(Text("单笔50万元及以下 ÷ 贷款余额", "loans of up to 500,000 / balance"),
                    cells("balances", "balance", *SMALL), TOTAL),
    "npl": Behind(Text("（次级 + 可疑 + 损失）÷ 贷款余额",
                       "(substandard + doubtful + loss) / balance"),
                  cells("balances", "balance", *BAD), TOTAL),
    "borrowing": Behind(Text("银行融入余额 ÷ 资本净额", "borrowed from banks / net capital"),
                        cells("amounts", "amount", "bank_borrowings"),
                        cells("amounts", "amount", "net_capital")),
}  # fmt: skip
WHO = {
    "companies": Text("在营公司", "Companies in business"),
    "poor": Text("设于欠发达县（市、区）的公司", "Companies in underdeveloped counties"),
    "wished": Text("外市优质企业主发起的公司", "Companies founded as the plan wishes"),
    "unfounded": Text("未登记主发起人的公司", "Companies of which no main sponsor is recorded"),
}


def lineage(
    parameters: ItemParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """What stands behind ``balance``, ``npl:440200``, ``companies:north``, ``poor:440200``.

    ``founders:HOME/KIND`` are the companies that founders of one home and kind founded.
    """
    name, _colon, group = figure.partition(":")
    if name == "founders":
        return _founded(compute(parameters, known_at), group)
    land = ground()
    place = land.called(group, parameters.where)
    if name in WHO:
        return _who(name, compute(everywhere(parameters), known_at), place.prefectures, land)
    return cell_lineage(
        BEHIND[name],
        Question(
            form=FORM,
            period=parameters.period,
            months=parameters.months,
            prefectures=place.prefectures,
            known_at=known_at,
            user=user,
            read=filed_cells,
        ),
        place=place.name,
    )


def _who(name: str, report: MicroloanReport, meant: Any, land: Ground) -> Lineage:
    names = land.names
    if name == "companies":
        evidence = [
            _company(each.code, each.name, names[each.prefecture])
            for each in report.companies
            if each.prefecture in meant
        ]
        return Lineage(title=WHO[name], evidence=evidence)
    chosen = {
        "poor": lambda each: True,
        "wished": lambda each: each.as_the_plan_wishes,
        "unfounded": lambda each: not each.founders,
    }[name]
    found = [each for each in report.foundings.companies if each.prefecture in meant]
    return Lineage(
        title=WHO[name], evidence=[_founding(each, names) for each in found if chosen(each)]
    )


def _founded(report: MicroloanReport, group: str) -> Lineage:
    """The companies of one row of the founders' table; KeyError for a row it has not."""
    origins = {f"{each.home}/{each.kind}" for each in report.foundings.origins()}
    if group not in origins:
        raise KeyError(group)
    names = report.land.names
    return Lineage(
        title=Text("由其主发起的公司", "Companies that they founded"),
        evidence=[
            _founding(company, names)
            for company in report.foundings.companies
            if any(f"{each.home}/{each.kind}" == group for each in company.founders)
        ],
    )


def _founding(company: Any, names: dict[str, Text]) -> Evidence:
    """A company with its founders, each with home and whether it is of quality."""
    place = names[company.prefecture]

    def said(english: bool) -> str:
        parts = []
        for each in company.founders:
            home = names.get(each.home, Text(each.home or "—", each.home or "—"))
            quality = (", of quality" if english else "，优质企业") if each.quality else ""
            home_said = home.en if english else home.zh
            parts.append(
                f"{each.name} ({home_said}{quality})"
                if english
                else f"{each.name}（{home_said}{quality}）"
            )
        return "; ".join(parts) if english else "；".join(parts)

    none = Text("未登记主发起人", "no main sponsor recorded")
    zh, en = said(False) or none.zh, said(True) or none.en
    county = company.county
    return _company(
        company.code,
        company.name,
        Text(f"{place.zh}{county}", f"{place.en} {county}".strip()),
        on=company.opened_on,
        more=Text(f"　主发起人：{zh}", f", founded by {en}"),
    )


def _company(
    code: str,
    name: str,
    place: Text,
    *,
    on: datetime.date | None = None,
    more: Text | None = None,
) -> Evidence:
    return Evidence(
        on=on,
        what=Text(f"{name}{more.zh if more else ''}", f"{name}{more.en if more else ''}"),
        where=place,
        document=code,
        url=address("finance:microloan-companies-record", code)
        or address("core:institution", code),
    )
