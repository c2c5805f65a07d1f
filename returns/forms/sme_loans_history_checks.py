"""Checks of ``sme-loans`` against accepted returns of earlier periods (tier 4)."""

from collections.abc import Iterator

import numpy as np

from core.text import Text
from returns.checking.check import Hits, Severity, Tier, check
from returns.checking.columns import TableData, Tables
from returns.checking.context import Context
from returns.forms.sme_loans_sums import (
    TOLERANCE,
    UNIT_SLIP,
    balance_slipped,
    beyond,
    december,
    keys_are_clean,
    previous,
    slip_bounds,
    tolerance,
    whole_return_slipped,
)

AGAINST_HISTORY = Text("与本机构已接受报表比较", "Compared with the accepted returns")
SLIP = (UNIT_SLIP,)
CHANGE_MAX, CHANGE_FLOOR = "sme-loans.change-max", "sme-loans.change-floor"
EXPLAIN = Text("请核对；属实请说明原因。", "Check it; if it is right, explain why.")


@check(
    "SL-401",
    tier=Tier.HISTORY,
    severity=Severity.WARNING,
    table="lines",
    columns=("balance",),
    title=Text("整表单位疑似有误", "The whole return seems to be in another unit"),
    message=Text(
        "明细余额合计 {now}，上期为 {before}，相差约一万倍，疑似元与万元混用。",
        "The lines add up to {now}, last period to {before}: about ten thousand times apart, as "
        "if yuan and 10,000 yuan were mixed up.",
    ),
    cure=Text("请确认金额单位为万元；属实请说明。", "Make sure that amounts are in 10,000 yuan."),
    source=AGAINST_HISTORY,
    parameters=SLIP,
)
def whole_return_slipped_unit(tables: Tables, context: Context) -> Iterator[Hits]:
    prior = previous(context, "lines")
    if prior is not None and whole_return_slipped(tables, context):
        now, before = int(tables["lines"]["balance"].sum()), int(prior.columns["balance"].sum())
        yield Hits("lines", "balance", parameters={"now": now, "before": before})


def _starts(tables: Tables, context: Context, name: str, column: str, past: str) -> Iterator[Hits]:
    """Object where a figure at the year's start is not what last December said."""
    data, prior = tables[name], december(context, name)
    if prior is None or whole_return_slipped(tables, context):
        return
    expected = prior.aligned(data.keys, data.radix, past)
    wrong = beyond(data[column] - expected, tolerance(context, 1)) & (data.keys >= 0)
    rows = data.sound(wrong, column)
    if len(rows):
        yield Hits(name, column, rows, expected[rows])


@check(
    "SL-402",
    tier=Tier.HISTORY,
    severity=Severity.ERROR,
    table="lines",
    columns=("year_start",),
    title=Text("年初余额等于上年12月末", "Year start equals last December"),
    message=Text(
        "年初余额 {value} 不等于已接受的上年12月末余额 {expected}。",
        "Balance at year start {value} differs from the accepted December, {expected}.",
    ),
    cure=Text(
        "请按上年12月报表填写；12月数字确有误时，请先报送其修订版。",
        "Use last December's figure; if that was wrong, file a revision of December first.",
    ),
    source=AGAINST_HISTORY,
    parameters=(TOLERANCE,),
)
def year_start_is_december(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _starts(tables, context, "lines", "year_start", "balance")


@check(
    "SL-403",
    tier=Tier.HISTORY,
    severity=Severity.ERROR,
    table="totals",
    columns=("all_year_start",),
    title=Text("各项贷款年初余额等于上年12月末", "All loans at year start equal December"),
    message=Text(
        "各项贷款年初余额 {value} 不等于已接受的上年12月末余额 {expected}。",
        "All loans at year start {value} differ from the accepted December, {expected}.",
    ),
    cure=Text(
        "请按上年12月报表填写；12月数字确有误时，请先报送其修订版。",
        "Use last December's figure; if that was wrong, file a revision of December first.",
    ),
    source=AGAINST_HISTORY,
    parameters=(TOLERANCE,),
)
def total_year_start_is_december(tables: Tables, context: Context) -> Iterator[Hits]:
    yield from _starts(tables, context, "totals", "all_year_start", "all_loans")


@check(
    "SL-404",
    tier=Tier.HISTORY,
    severity=Severity.ERROR,
    table="lines",
    columns=("granted_year",),
    title=Text("本年累计不下降", "The year's amount never falls"),
    message=Text(
        "本年累计发放 {value} 小于上期的 {expected}。",
        "Granted this year {value} is below last period's {expected}.",
    ),
    cure=Text(
        "累计数在年度内只增不减；上期有误时，请先报送上期修订版。",
        "It cannot fall within a year; if last period was wrong, file its revision first.",
    ),
    source=AGAINST_HISTORY,
    parameters=(TOLERANCE,),
)
def cumulative_never_falls(tables: Tables, context: Context) -> Iterator[Hits]:
    lines, prior = tables["lines"], previous(context, "lines")
    if prior is None or not context.prior.previous_in_same_year:
        return
    if whole_return_slipped(tables, context):
        return
    least = prior.aligned(lines.keys, lines.radix, "granted_year")
    allowed = tolerance(context, 1)
    fallen = least - lines["granted_year"] > allowed
    fallen &= lines["granted_period"] - lines["granted_year"] <= allowed  # else SL-209 tells it
    rows = lines.sound(fallen, "granted_year")
    if len(rows):
        yield Hits("lines", "granted_year", rows, least[rows])


def _slipped(now: np.ndarray, before: np.ndarray, bounds: tuple[int, int] | None) -> np.ndarray:
    """Return where a value stands about ten thousand times above or below the one before."""
    if bounds is None:
        return np.zeros(len(now), dtype=bool)
    low, high = bounds
    up = (now >= before * low) & (now <= before * high)
    down = (before >= now * low) & (before <= now * high)
    return (up | down) & (now > 0) & (before > 0)


@check(
    "SL-405",
    tier=Tier.HISTORY,
    severity=Severity.WARNING,
    table="lines",
    columns=("balance",),
    title=Text("单行单位疑似有误", "A line seems to be in another unit"),
    message=Text(
        "期末余额 {value}，上期为 {expected}，相差约一万倍，疑似元与万元混用。",
        "Balance {value}, last period {expected}: about ten thousand times apart, as if yuan "
        "and 10,000 yuan were mixed up.",
    ),
    cure=Text("请确认该行金额单位为万元；属实请说明。", "Make sure the line is in 10,000 yuan."),
    source=AGAINST_HISTORY,
    parameters=SLIP,
)
def line_slipped_unit(tables: Tables, context: Context) -> Iterator[Hits]:
    lines, prior = tables["lines"], previous(context, "lines")
    if prior is None or whole_return_slipped(tables, context):
        return
    before = prior.aligned(lines.keys, lines.radix, "balance")
    slipped = _slipped(lines["balance"], before, slip_bounds(context))
    rows = lines.sound(slipped, "balance")
    if len(rows):
        yield Hits("lines", "balance", rows, before[rows])


def _changed(data: TableData, context: Context, column: str) -> Iterator[Hits]:
    """Object where a balance moved by more than the limit against the period before."""
    prior = previous(context, data.table.name)
    limit = context.scaled_rule(CHANGE_MAX, 2)
    if prior is None or limit is None:
        return
    floor = context.scaled_rule(CHANGE_FLOOR, 2) or 0
    before = prior.aligned(data.keys, data.radix, column)
    change = data[column] - before
    wrong = (np.abs(change) * 10_000 > before * limit) & (before > 0)
    wrong &= (before >= floor) | (data[column] >= floor)
    wrong &= ~_slipped(data[column], before, slip_bounds(context))
    if data.table.name == "lines":
        wrong &= ~balance_slipped(data, context)
    rows = data.sound(wrong, column)
    if len(rows):
        percent = (change[rows].astype(object) * 20_000 + before[rows]) // (2 * before[rows])
        yield Hits(
            data.table.name,
            column,
            rows,
            before[rows],
            parameters={"percent": percent, "limit": limit},
        )


@check(
    "SL-406",
    tier=Tier.HISTORY,
    severity=Severity.WARNING,
    table="lines",
    columns=("balance",),
    title=Text("余额变动过大", "The balance changed much"),
    message=Text(
        "期末余额由上期 {expected} 变为 {value}，变动 {percent}%，超过 ±{limit}%。",
        "The balance went from {expected} to {value}: {percent}%, beyond ±{limit}%.",
    ),
    cure=EXPLAIN,
    source=AGAINST_HISTORY,
    parameters=(CHANGE_MAX, CHANGE_FLOOR),
)
def balance_changed_much(tables: Tables, context: Context) -> Iterator[Hits]:
    if not whole_return_slipped(tables, context):
        yield from _changed(tables["lines"], context, "balance")


@check(
    "SL-407",
    tier=Tier.HISTORY,
    severity=Severity.WARNING,
    table="totals",
    columns=("all_loans",),
    title=Text("各项贷款变动过大", "All loans changed much"),
    message=Text(
        "各项贷款余额由上期 {expected} 变为 {value}，变动 {percent}%，超过 ±{limit}%。",
        "All loans went from {expected} to {value}: {percent}%, beyond ±{limit}%.",
    ),
    cure=EXPLAIN,
    source=AGAINST_HISTORY,
    parameters=(CHANGE_MAX, CHANGE_FLOOR),
)
def total_changed_much(tables: Tables, context: Context) -> Iterator[Hits]:
    if not whole_return_slipped(tables, context):
        yield from _changed(tables["totals"], context, "all_loans")


@check(
    "SL-408",
    tier=Tier.HISTORY,
    severity=Severity.WARNING,
    table="lines",
    columns=("balance",),
    title=Text("上期有余额的行消失", "A line with a balance vanished"),
    message=Text(
        "组合 {key} 上期余额 {before}，本期没有这一行。",
        "Combination {key} had a balance of {before} last period and has no line now.",
    ),
    cure=Text("漏报请补填；确已收回请说明。", "Add the line if it was forgotten, else explain."),
    source=AGAINST_HISTORY,
)
def line_vanished(tables: Tables, context: Context) -> Iterator[Hits]:
    lines, prior = tables["lines"], previous(context, "lines")
    if prior is None or not lines.present or not keys_are_clean(lines):
        return
    present = np.zeros(lines.radix, dtype=bool)
    present[lines.keys] = True
    gone = np.flatnonzero((prior.columns["balance"] > 0) & ~present[prior.keys])
    if len(gone):
        yield Hits(
            "lines",
            "balance",
            keys=tuple(lines.key_text(key) for key in prior.keys[gone]),
            parameters={"before": prior.columns["balance"][gone]},
        )
