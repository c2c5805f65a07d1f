"""The notes' rules: each limit at its edge, with the sum; and names as the market gives them."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.limits import Limit, Standing
from core.text import Text
from listings.rules.note_findings import of_judgements, of_registration
from listings.rules.notes import (
    ISSUER_AMOUNT,
    ISSUERS_MAX,
    ISSUERS_MIN,
    ISSUES,
    MONTHS,
    NET_ASSETS,
    TOTAL,
    Issue,
    Issuer,
    Target,
    in_chinese,
    judged,
    progress,
    split_problem,
    suggested_name,
    suggested_short_name,
)

SOURCE = "《银行间债券市场中小非金融企业集合票据业务指引》"


def limit(code: str, value: str, unit: str, comparator: str = "le") -> Limit:
    return Limit(code, Text(code, code), Decimal(value), unit, comparator, SOURCE)


LIMITS = {
    each.code: each
    for each in (
        limit(ISSUERS_MIN, "2", "家", "ge"),
        limit(ISSUERS_MAX, "10", "家"),
        limit(TOTAL, "100000", "万元"),
        limit(ISSUER_AMOUNT, "20000", "万元"),
        limit(NET_ASSETS, "40", "%"),
        limit(ISSUES, "1", "次"),
        limit(MONTHS, "2", "个月"),
    )
}


def issuer(amount: str, *, existing: str | None = "0", assets: str | None = "100000") -> Issuer:
    return Issuer(
        f"E{amount}",
        f"企业{amount}",
        Decimal(amount),
        existing and Decimal(existing),
        assets and Decimal(assets),
    )


def issue(*issuers: Issuer, **more) -> Issue:
    return Issue(sum((each.amount for each in issuers), Decimal(0)), issuers, **more)


def broken(found: Issue) -> list[str]:
    rows = judged(found, limits=LIMITS, near=Decimal(10))
    return [each.limit.code for each in rows if each.broken]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (issue(issuer("10000"), issuer("10001")), []),
        (issue(issuer("10000")), [ISSUERS_MIN]),
        (issue(issuer("10000"), filed=False), []),  # others may still join
        (issue(*[issuer("1000")] * 10), []),
        (issue(*[issuer("1000")] * 11), [ISSUERS_MAX]),
        (issue(issuer("20000"), issuer("20000")), []),
        (issue(issuer("20000.01"), issuer("20000")), [ISSUER_AMOUNT]),
        (issue(*[issuer("20000")] * 5), []),
        (issue(*[issuer("20000")] * 5, issuer("0.01")), [TOTAL]),
        (issue(issuer("10000", existing="30000"), issuer("1")), []),  # 40.00 % exactly
        (issue(issuer("10000", existing="30000.01"), issuer("1")), [NET_ASSETS]),
        (issue(issuer("10000", assets="-1"), issuer("1")), [NET_ASSETS]),
        (issue(issuer("10000", assets=None), issuer("1")), []),  # cannot be judged, is not broken
    ],
)
def test_each_limit_holds_at_its_edge(note, expected) -> None:
    assert broken(note) == expected


def test_a_third_issuer_over_forty_percent_is_flagged_with_the_rule_and_the_sum() -> None:
    note = issue(issuer("5000"), issuer("4000"), issuer("3000", existing="1200", assets="10000"))
    (found,) = of_judgements(judged(note, limits=LIMITS, near=Decimal(10)))
    assert found.code == NET_ASSETS
    assert found.source == SOURCE
    assert "第 3 家发行人" in found.message.zh
    assert "已有 1,200.00 + 本期 3,000.00 = 4,200.00 万元" in found.message.zh
    assert "÷ 净资产 10,000.00 万元 = 42.00%" in found.message.zh
    assert "相差 200.00 万元" in found.message.zh
    assert "standing 1,200.00 + new 3,000.00 = 4,200.00" in found.message.en


def test_net_assets_that_are_missing_are_asked_for() -> None:
    note = issue(issuer("5000"), issuer("4000", assets=None))
    (found,) = of_judgements(judged(note, limits=LIMITS, near=Decimal(10)))
    assert found.standing is Standing.UNKNOWN
    assert "未登记净资产" in found.message.zh


def test_what_is_configurable_is_never_shown_as_law() -> None:
    office = {NET_ASSETS: Limit(NET_ASSETS, Text("x", "x"), Decimal(1), "%", "le", "x", law=False)}
    (found,) = of_judgements(judged(issue(issuer("5000")), limits=office, near=Decimal(10)))
    assert found.source.zh == "本省参数（可配置）"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("registered", "issued", "issues", "expected"),
    [
        ("2012-04-30", "2012-06-30", 1, []),
        ("2012-04-30", "2012-07-01", 1, [MONTHS]),
        ("2012-12-31", "2013-02-28", 1, []),  # the last day of a shorter month
        ("2012-04-30", "2012-05-30", 2, [ISSUES]),
        (None, "2012-05-30", 1, []),
        ("2012-04-30", None, 0, []),
    ],
)
def test_one_registration_one_issue_within_two_months(registered, issued, issues, expected) -> None:
    found = of_registration(
        registered_on=registered and day(registered),
        issued_on=issued and day(issued),
        issues=issues,
        limits=LIMITS,
    )
    assert [each.code for each in found] == expected


@given(st.lists(st.decimals(1, 10**6, places=2), min_size=1, max_size=10))
def test_parts_that_add_up_are_no_problem_and_a_cent_is(parts) -> None:
    whole = sum(parts)
    what = Text("发行人金额", "Issuers")
    assert split_problem(whole, parts, what=what) is None
    said = split_problem(whole + Decimal("0.01"), parts, what=what)
    assert "少 0.01 万元" in said.zh
    assert "0.01 too little" in said.en


@pytest.mark.parametrize(
    ("issued", "expected"), [(0, "below"), (1, "below"), (2, "met"), (3, "met"), (4, "above")]
)
def test_progress_is_told_against_the_range(issued, expected) -> None:
    assert progress(issued, Target(2, 3, "方案")) == expected
    assert progress(issued, None) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")],
)
def test_numbers_of_tranches_are_spelt(number, words) -> None:
    assert in_chinese(number) == words


def test_names_are_suggested_as_the_market_gives_them() -> None:
    full = suggested_name("佛山市", 2012, 1, product="集合票据", regional=False)
    assert full == "佛山市中小企业2012年度第一期集合票据"
    assert suggested_short_name("佛山市", 2012, 1, regional=False) == "12佛山SMECN1"
    assert suggested_short_name("广东省", 2009, 2, regional=True) == "09广东SMECNII2"
    assert "区域集优" in suggested_name("佛山市", 2012, 1, product="集合票据", regional=True)
