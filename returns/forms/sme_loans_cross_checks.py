"""Checks of ``sme-loans`` across lines and between the two tables (tier 3)."""

from collections.abc import Iterator

import numpy as np

from core.text import Text
from returns.checking.check import Hits, Severity, Tier, check
from returns.checking.columns import Tables
from returns.checking.context import Context
from returns.forms.sme_loans_sums import (
    TOLERANCE,
    by_prefecture,
    doubtful_prefectures,
    duplicates,
    keys_are_clean,
    line_counts,
    tolerance,
)

BETWEEN_TABLES = Text("表间勾稽关系", "Identity between the tables")
ONE_KEY = Text("每个组合只报一行", "One line for each combination")
FIX_TOTAL = Text(
    "请核对“各项贷款”表与“贷款明细”表该地市各行。",
    "Compare the sheet of all loans with the lines of that prefecture.",
)


def _repeated(tables: Tables, name: str) -> Iterator[Hits]:
    data = tables[name]
    rows, first = duplicates(data)
    if len(rows):
        yield Hits(
            name,
            data.table.dimensions[-1].name,
            rows,
            parameters={"first": data.rows[first]},
            scales={"first": 0},
        )


@check(
    "SL-301",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="lines",
    columns=("prefecture", "size", "industry"),
    title=Text("明细行不重复", "Lines are not repeated"),
    message=Text(
        "组合 {key} 与第 {first} 行重复。", "Combination {key} repeats the line in row {first}."
    ),
    cure=Text("请合并两行，或改正代码。", "Merge the two lines or correct the codes."),
    source=ONE_KEY,
)
def lines_have_one_key(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _repeated(tables, "lines")


@check(
    "SL-302",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("prefecture",),
    title=Text("各项贷款每地市一行", "One total for each prefecture"),
    message=Text(
        "地市 {key} 与第 {first} 行重复。", "Prefecture {key} repeats the line in row {first}."
    ),
    cure=Text("请合并两行，或改正代码。", "Merge the two lines or correct the code."),
    source=ONE_KEY,
)
def totals_have_one_key(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _repeated(tables, "totals")


@check(
    "SL-303",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("prefecture",),
    title=Text("有明细必有各项贷款", "Lines have a total"),
    message=Text(
        "地市 {key} 有 {lines} 行明细，“各项贷款”表却没有这一地市。",
        "Prefecture {key} has {lines} lines, but no row on the sheet of all loans.",
    ),
    cure=Text("请在“各项贷款”表补填该地市一行。", "Add a row for that prefecture on that sheet."),
    source=BETWEEN_TABLES,
)
def lines_have_a_total(tables: Tables, context: Context) -> Iterator[Hits]:
    lines, totals = tables["lines"], tables["totals"]
    if not (keys_are_clean(lines) and keys_are_clean(totals) and totals.present):
        return
    counts = line_counts(lines).copy()
    counts[totals["prefecture"]] = 0
    missing = np.flatnonzero(counts)
    if len(missing):
        yield Hits(
            "totals",
            "prefecture",
            keys=tuple(totals.key_text(each) for each in missing),
            parameters={"lines": counts[missing]},
            scales={"lines": 0},
        )


@check(
    "SL-304",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("enterprise_loans",),
    title=Text("各规模合计等于企业贷款", "Sizes add up to enterprise loans"),
    message=Text(
        "企业贷款余额 {value} 不等于明细中大、中、小、微型企业余额合计 {expected}。",
        "Enterprise loans {value} differ from the lines of large, medium, small and micro "
        "enterprises, {expected}.",
    ),
    cure=FIX_TOTAL,
    source=Text("各规模之和 = 企业贷款", "Sum of sizes = enterprise loans"),
    parameters=(TOLERANCE,),
)
def enterprises_add_up(tables: Tables, context: Context) -> Iterator[Hits]:
    lines, totals = tables["lines"], tables["totals"]
    if not (keys_are_clean(lines) and keys_are_clean(totals)):
        return
    places = totals["prefecture"]
    expected = by_prefecture(tables, "balance", enterprises=True)[places]
    allowed = tolerance(context, line_counts(lines)[places])
    wrong = np.abs(totals["enterprise_loans"] - expected) > allowed
    wrong &= ~doubtful_prefectures(tables, context, "balance")[places]
    rows = totals.sound(wrong, "enterprise_loans")
    if len(rows):
        yield Hits("totals", "enterprise_loans", rows, expected[rows])


def _covers(tables: Tables, context: Context, column: str, measure: str) -> Iterator[Hits]:
    """Object where a total is smaller than the lines it should cover."""
    lines, totals = tables["lines"], tables["totals"]
    if not (keys_are_clean(lines) and keys_are_clean(totals)):
        return
    places = totals["prefecture"]
    least = by_prefecture(tables, measure)[places]
    wrong = least - totals[column] > tolerance(context, line_counts(lines)[places])
    wrong &= ~doubtful_prefectures(tables, context, measure)[places]
    rows = totals.sound(wrong, column)
    if len(rows):
        yield Hits("totals", column, rows, least[rows])


@check(
    "SL-305",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("all_loans",),
    title=Text("各项贷款不小于明细合计", "All loans cover the lines"),
    message=Text(
        "各项贷款余额 {value} 小于该地市明细余额合计 {expected}。",
        "All loans {value} are below the lines of the prefecture, {expected}.",
    ),
    cure=FIX_TOTAL,
    source=BETWEEN_TABLES,
    parameters=(TOLERANCE,),
)
def all_loans_cover_lines(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _covers(tables, context, "all_loans", "balance")


@check(
    "SL-306",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("all_npl",),
    title=Text("各项不良不小于明细合计", "NPL of all loans covers the lines"),
    message=Text(
        "各项贷款不良余额 {value} 小于该地市明细不良合计 {expected}。",
        "NPL of all loans {value} is below that of the lines, {expected}.",
    ),
    cure=FIX_TOTAL,
    source=BETWEEN_TABLES,
    parameters=(TOLERANCE,),
)
def all_npl_covers_lines(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _covers(tables, context, "all_npl", "npl")


@check(
    "SL-307",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("all_year_start",),
    title=Text("各项年初余额不小于明细合计", "All loans at year start cover the lines"),
    message=Text(
        "各项贷款年初余额 {value} 小于该地市明细年初余额合计 {expected}。",
        "All loans at year start {value} are below those of the lines, {expected}.",
    ),
    cure=FIX_TOTAL,
    source=BETWEEN_TABLES,
    parameters=(TOLERANCE,),
)
def all_year_start_covers_lines(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _covers(tables, context, "all_year_start", "year_start")


def _within(tables: Tables, part: str, whole: str) -> Iterator[Hits]:
    totals = tables["totals"]
    rows = totals.sound(totals[part] > totals[whole], part, whole)
    if len(rows):
        yield Hits("totals", part, rows, totals[whole][rows])


@check(
    "SL-308",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("all_npl", "all_loans"),
    title=Text("各项不良不超过各项贷款", "NPL within all loans"),
    message=Text(
        "各项贷款不良余额 {value} 大于各项贷款余额 {expected}。",
        "NPL of all loans {value} exceeds all loans {expected}.",
    ),
    cure=Text("请核对该地市各项贷款与不良余额。", "Check all loans and their NPL."),
    source=BETWEEN_TABLES,
)
def all_npl_within_all_loans(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _within(tables, "all_npl", "all_loans")


@check(
    "SL-309",
    tier=Tier.CROSS,
    severity=Severity.ERROR,
    table="totals",
    columns=("enterprise_loans", "all_loans"),
    title=Text("企业贷款不超过各项贷款", "Enterprise loans within all loans"),
    message=Text(
        "企业贷款余额 {value} 大于各项贷款余额 {expected}。",
        "Enterprise loans {value} exceed all loans {expected}.",
    ),
    cure=Text("请核对该地市各项贷款与企业贷款余额。", "Check all loans and enterprise loans."),
    source=BETWEEN_TABLES,
)
def enterprises_within_all_loans(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _within(tables, "enterprise_loans", "all_loans")
