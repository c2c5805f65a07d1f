"""What stands behind a figure of the report on guarantee agencies."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.queries.institutions import Standing
from core.tabular import formats
from core.text import Text
from guarantees.queries.borne import CaseShares, PartyShare, borne_by_case
from guarantees.queries.figures import FORM, filed_cells
from guarantees.rules.loss_schemes import PARTY_WORDS
from guarantees.rules.ratings import RATING_STATES
from guarantees.rules.ratios import INDICATORS, RESERVES
from reports.declaration import Evidence, Lineage
from reports.guarantees.compute import GuaranteeReport, banks_share, compute, everywhere
from reports.items.lineage import Behind, Part, Question, cell_lineage, cells
from reports.items.parameters import ItemParameters
from reports.items.places import Ground, ground
from reports.links import address

NET_ASSETS = cells("amounts", "amount", "net_assets")
RESERVED = cells("amounts", "amount", *RESERVES)
LIABILITY = cells("business", "liability", "financing")
RELEASED = cells("business", "released_year", "total")
COMPENSATED = cells("compensation", "compensated_year", "total")
RECOVERED = cells("compensation", "recovered_year", "total")
# The cells of each indicator; that they come to the indicator itself is tested.
RATIOS = {
    "compensation-ratio": (COMPENSATED, RELEASED),
    "financing-compensation-ratio": (
        cells("compensation", "compensated_year", "financing"),
        cells("business", "released_year", "financing"),
    ),
    "cumulative-compensation-ratio": (
        cells("compensation", "compensated_ever", "total"),
        cells("compensation", "released_ever", "total"),
    ),
    "recovery-ratio": (
        RECOVERED,
        (*cells("compensation", "year_start", "total"), *COMPENSATED),
    ),
    "guarantee-loss-ratio": (cells("compensation", "written_off_year", "total"), RELEASED),
    "compensation-loss-ratio": (
        (*COMPENSATED, Part(RECOVERED[0].cell, minus=True)),
        COMPENSATED,
    ),
    "leverage": (LIABILITY, NET_ASSETS),
    "leverage-in-force": (cells("business", "closing", "financing"), NET_ASSETS),
    "reserve-coverage": (RESERVED, cells("compensation", "closing", "total")),
    "reserve-ratio": (RESERVED, LIABILITY),
}
BEHIND: Mapping[str, Behind] = {
    "capital": Behind(Text("实收资本", "paid-in capital"),
                      cells("amounts", "amount", "paid_in_capital")),
    "closing": Behind(Text("在保余额", "guarantees in force"),
                      cells("business", "closing", "total")),
    "premium-rate": Behind(
        Text("担保费收入 ÷ 当年各月平均在保余额", "premiums / average in force this year"),
        cells("amounts", "amount", "premium_income"),
        (Part(("business", "total", "closing"), of_the_year=True),),
    ),
    **{code: Behind(INDICATORS[code].definition, over, under, INDICATORS[code].unit)
       for code, (over, under) in RATIOS.items()},
}  # fmt: skip
STATE_TITLES = {
    "agencies": Text("在营机构", "Agencies in business"),
    "lapsed": Text("评级已过期", "Lapsed ratings"),
    "unrated": Text("未评级", "Without a rating"),
}


def lineage(
    parameters: ItemParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """What stands behind ``closing``, ``leverage:440200``, ``lapsed``, ``grade:AA``, ``losses``.

    ``party:bank`` are the cases with what banks bore of each.
    """
    name, _colon, group = figure.partition(":")
    if name == "grade":
        return _rated(compute(parameters, known_at), None, grade=group)
    land = ground()
    place = land.called("" if name == "party" else group, parameters.where)
    if name in STATE_TITLES:
        report = compute(everywhere(parameters), known_at)
        return _rated(report, place.prefectures, state=name)
    if name in ("losses", "party"):
        cases = borne_by_case(
            as_of=parameters.as_of, known_at=known_at, prefectures=place.prefectures
        )
        return _cases(cases, land, group if name == "party" else "")
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


def _rated(report: GuaranteeReport, meant: Any, *, state: str = "", grade: str = "") -> Lineage:
    """Agencies of a state on the day, or those that hold a grade; ``meant`` None: all."""
    wanted = {"lapsed": "lapsed", "unrated": "missing"}.get(state)
    names = report.land.names
    found = []
    for each in report.agencies:
        now, rating = report.state_of(each), report.ratings.get(each.id)
        if grade and (rating is None or rating.grade != grade or now == "lapsed"):
            continue
        if meant is not None and each.prefecture not in meant:
            continue
        if wanted is None or now == wanted:
            found.append(_agency(each, report, names[each.prefecture]))
    if grade and not found:
        raise KeyError(grade)
    title = Text(f"信用等级 {grade}", f"Grade {grade}") if grade else STATE_TITLES[state]
    return Lineage(title=title, evidence=found)


def _agency(agency: Standing, report: GuaranteeReport, place: Text) -> Evidence:
    rating, state = report.ratings.get(agency.id), RATING_STATES[report.state_of(agency)]
    grade = f"{rating.grade} " if rating else ""
    until = formats.day(rating.valid_until) if rating and rating.valid_until else ""
    until_en = formats.day(rating.valid_until, "en") if rating and rating.valid_until else ""
    return Evidence(
        on=rating.rated_on if rating else None,
        what=Text(
            f"{agency.name}　{grade}{state.zh}{f'（有效期至{until}）' if until else ''}",
            f"{agency.name}: {grade}{state.en.lower()}{f' (until {until_en})' if until else ''}",
        ),
        where=place,
        document=rating.code if rating else agency.code,
        url=address("guarantees:credit-ratings-record", rating.code)
        if rating
        else address("guarantees:guarantee-agencies-record", agency.code),
    )


def _cases(cases: list[CaseShares], land: Ground, party: str) -> Lineage:
    """Every case with what the banks, or one party, bore of it; KeyError for no such party."""
    words = PARTY_WORDS[party] if party else Text("银行", "Banks")
    names = land.names
    return Lineage(
        title=Text(
            f"代偿案件：{words.zh}净承担 ÷ 各方净承担", f"Cases: {words.en}, net / all parties, net"
        ),
        evidence=[_case(each, party or "bank", words, names[each.prefecture]) for each in cases],
        note=_sum(cases, words) if not party else Text("", ""),
    )


def _sum(cases: list[CaseShares], words: Text) -> Text:
    shares = [share for each in cases for share in each.shares.values()]
    bank = sum((each.net for each in shares if each.party == "bank"), Decimal(0))
    whole = sum((each.net for each in shares), Decimal(0))
    said = f"{formats.money(bank)} ÷ {formats.money(whole)} = {formats.percent(bank, whole)}"
    return Text(f"{len(cases)} 件，{said}。", f"{len(cases)} cases: {said}.")


def _case(case: CaseShares, party: str, words: Text, place: Text) -> Evidence:
    mine = case.shares.get(party, PartyShare(party))
    whole = banks_share(case.shares).denominator or 0
    shown, total = formats.money(mine.net), formats.money(whole)
    return Evidence(
        on=case.defaulted_on,
        what=Text(
            f"{case.borrower}（{case.agency}）　{words.zh} {shown}，各方 {total} 万元",
            f"{case.borrower} ({case.agency}): {words.en} {shown}, all {total} × 10,000 yuan",
        ),
        where=place,
        document=case.code,
        url=address("guarantees:compensation-cases-record", case.code),
    )
