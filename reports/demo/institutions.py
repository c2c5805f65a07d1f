"""Invented institutions in real places, with invented facts of their lives."""

import datetime
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import pinyin
from core.fields import round_half_up
from core.models import County, Fact, Institution, Prefecture
from finance.models import VillageBank

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DemoBank:
    """A bank: where it is seated, where it lends, how large it is (万元 a prefecture)."""

    institution: Institution
    prefectures: list[str]
    lines_each: int
    size: float


# name, kind, how many prefectures it lends in (0 = all), lines in each, size in each
HEADS = (
    ("演示开发银行广东分行", "policy_bank", 6, 8, 900_000),
    ("演示工商银行广东分行", "state_bank", 0, 14, 1_100_000),
    ("演示建设银行广东分行", "state_bank", 0, 14, 950_000),
    ("演示农业银行广东分行", "state_bank", 0, 12, 700_000),
    ("演示交通银行广东分行", "joint_stock_bank", 9, 12, 420_000),
    ("演示岭海银行", "joint_stock_bank", 8, 12, 380_000),
    ("演示南方发展银行", "joint_stock_bank", 7, 12, 300_000),
    ("演示粤海城市商业银行", "city_bank", 4, 16, 260_000),
    ("演示邮政储蓄银行广东分行", "postal_bank", 0, 8, 90_000),
    ("演示港湾银行（外资）", "foreign_bank", 3, 10, 150_000),
)
# The cast of the demonstration: a rural bank and a village bank whose people can sign in.
CAST_BANK, CAST_VILLAGE_BANK = "DEMO-RB-440200", "DEMO-VB-05"


def make_banks(*, number: int, rng: np.random.Generator) -> list[DemoBank]:
    """Make ``number`` banks: the province-wide ones first, then rural banks city by city."""
    prefectures = list(Prefecture.objects.all())
    guangzhou = prefectures[0]
    found = []
    for place, (name, kind, reach, lines, size) in enumerate(HEADS[:number], start=1):
        institution = _institution(f"DEMO-B{place:02d}", kind, name, guangzhou, None)
        codes = [each.code for each in prefectures]
        where = codes if not reach else [codes[0], *rng.choice(codes[1:], reach - 1, replace=False)]
        found.append(DemoBank(institution, [str(code) for code in where], lines, size))
    rural = sorted(prefectures, key=lambda each: each.code != "440200")[
        : max(0, number - len(HEADS))
    ]
    for prefecture in rural:
        name = f"演示{prefecture.name.removesuffix('市')}农村商业银行"
        institution = _institution(
            f"DEMO-RB-{prefecture.code}", "rural_bank", name, prefecture, None
        )
        found.append(DemoBank(institution, [prefecture.code], 36, 180_000))
    return found


def _institution(
    code: str, kind: str, name: str, prefecture: Prefecture, county: County | None
) -> Institution:
    institution = Institution(
        code=code,
        kind=kind,
        name=name,
        pinyin=pinyin.full(name),
        pinyin_initials=pinyin.initials(name),
        prefecture=prefecture,
        county=county,
        note="演示数据：本机构为虚构",
    )
    institution._change_reason = "演示数据"
    institution.save()
    return institution


def bank_facts(bank: DemoBank) -> list[Fact]:
    """Opening long ago, and a branch in every prefecture in which it lends."""
    opened = datetime.date(1998, 5, 18)
    common = {"institution": bank.institution}
    facts = [Fact(kind="opened", happened_on=opened, **common)]
    by_code = {each.code: each for each in Prefecture.objects.filter(code__in=bank.prefectures)}
    for code in bank.prefectures:
        name = f"{by_code[code].name.removesuffix('市')}分行"
        facts.append(
            Fact(
                kind="branch_opened",
                happened_on=opened + 200 * DAY,
                prefecture=by_code[code],
                subject=name,
                **common,
            )
        )
    return facts


# county (or prefecture) code, stage reached, year of the stage, and what held it up
VILLAGE_BANKS = (
    ("442000", "opened", 2008, ""), ("440183", "opened", 2009, ""), ("440300", "opened", 2009, ""),
    ("441302", "opened", 2010, ""), ("440222", "opened", 2011, ""), ("441900", "opened", 2010, ""),
    ("440605", "opened", 2010, ""), ("440785", "opened", 2010, ""), ("441284", "opened", 2011, ""),
    ("440883", "opened", 2011, ""), ("441481", "opened", 2011, ""), ("440402", "opened", 2012, ""),
    ("441881", "opened", 2012, ""), ("445381", "opened", 2013, ""), ("441781", "opened", 2013, ""),
    ("440981", "opened", 2014, ""), ("441622", "opened", 2014, ""), ("445281", "opened", 2014, ""),
    ("440523", "opened", 2015, ""), ("441581", "preparation_approved", 0, "in_preparation"),
    ("445122", "plan_approved", 0, "shareholders"), ("445122", "intention", 0, "no_sponsor"),
    ("440184", "opened", 2012, ""), ("441322", "preparation_lapsed", 2012, ""),
    ("440224", "opened", 2016, ""), ("441226", "intention", 0, "linkage"),
)  # fmt: skip
EXITED = {"440523": ("merged", 2021), "440785": ("branch", 2019)}
STEPS = (
    ("intention", 560, ""),
    ("plan_approved", 430, "演示银监复"),
    ("preparation_accepted", 330, ""),
    ("preparation_approved", 240, "演示银监筹复"),
    ("opening_accepted", 70, ""),
    ("opening_approved", 30, "演示银监开复"),
    ("licence_granted", 18, ""),
    ("registered", 10, ""),
    ("opened", 0, ""),
)


def make_village_banks(
    *, number: int, rng: np.random.Generator, now: datetime.datetime
) -> tuple[list[DemoBank], list[Fact]]:
    """Make village banks in every stage; return those that are open now, and all facts."""
    counties = {each.code: each for each in County.objects.select_related("prefecture")}
    prefectures = {each.code: each for each in Prefecture.objects.all()}
    open_now, facts = [], []
    for place, (code, stage, year, blocked) in enumerate(VILLAGE_BANKS[:number], start=1):
        county = counties.get(code)
        prefecture = county.prefecture if county else prefectures[code]
        where = (county.name if county else prefecture.name).rstrip("市县区")
        name = f"演示{where}{'惠民' if place % 2 else '民生'}村镇银行"
        if place == 22:
            name = f"演示{where}第二村镇银行"
        bank = _institution(f"DEMO-VB-{place:02d}", "village_bank", name, prefecture, county)
        capital = round_half_up(_capital(rng), 2)
        stake = round_half_up(_stake(rng), 2)
        detail = VillageBank(
            institution=bank,
            main_sponsor_name=f"演示{'东方' if place % 3 else '北方'}银行",
            sponsor_stake=stake,
            capital=capital,
        )
        detail._change_reason = "演示数据"
        detail.save()
        life = _life(bank, stage, year, blocked, capital, stake, rng, now)
        facts += [Fact(**each, institution=bank) for each in life]
        if stage == "opened" and code not in EXITED:
            open_now.append(DemoBank(bank, [prefecture.code], 22, 24_000))
    return open_now, facts


def _capital(rng: np.random.Generator) -> Any:
    from decimal import Decimal

    return Decimal(int(rng.integers(30, 300)) * 100)


def _stake(rng: np.random.Generator) -> Any:
    from decimal import Decimal

    return Decimal(int(rng.integers(2000, 5100))) / 100


def _life(
    bank: Institution,
    stage: str,
    year: int,
    blocked: str,
    capital: Any,
    stake: Any,
    rng: np.random.Generator,
    now: datetime.datetime,
) -> list[dict[str, Any]]:
    last = (
        datetime.date(year, int(rng.integers(2, 12)), int(rng.integers(1, 28)))
        if year
        else now.date() - datetime.timedelta(days=int(rng.integers(40, 160)))
    )
    names = [name for name, _, _ in STEPS]
    reached = "preparation_approved" if stage == "preparation_lapsed" else stage
    steps = STEPS[: names.index(reached) + 1]
    offset = steps[-1][1]
    facts = []
    for kind, before, document in steps:
        day = last - datetime.timedelta(days=before - offset)
        fact: dict[str, Any] = {"kind": kind, "happened_on": day, "county": bank.county}
        if document:
            number = int(rng.integers(3, 300))
            fact |= {
                "document_number": f"{document}〔{day.year}〕{number}号",
                "decided_by": "演示监管机关",
                "authority": "statutory",
                "capital": capital,
                "stake": stake,
                "counterparty": "演示主发起行",
            }
        facts.append(fact)
    if stage == "preparation_lapsed":
        day = last + datetime.timedelta(days=280)
        facts.append({"kind": "preparation_lapsed", "happened_on": day, "note": "逾期未开业"})
    if blocked:
        facts.append({"kind": "blocked", "happened_on": last + 5 * DAY, "reason": blocked})
    code = bank.county.code if bank.county else bank.prefecture.code
    if code in EXITED and stage == "opened":
        reason, gone = EXITED[code]
        facts.append(
            {"kind": "exited", "happened_on": datetime.date(gone, 9, 16), "reason": reason}
        )
    return facts
