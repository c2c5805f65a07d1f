"""Checks of forms of items against the accepted return of the period before.

What a period begins with, what goes on from it, and what moved too much to be believed.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from core.ratio import HUNDREDTH
from core.text import Text
from returns.checking.check import Check, Hits, Severity, Tier
from returns.checking.columns import Tables
from returns.checking.context import Context, PriorTable
from returns.forms.item_checks import EXPLAIN, Ref, amount, at, tolerance

AGAINST_HISTORY = Text("与本机构已接受报表比较", "Compared with the accepted returns")
Signed = tuple[int, Ref]  # 1 for what is added, -1 for what is taken away


def previous(context: Context, table: str) -> PriorTable | None:
    """The accepted rows of the period before, if there were any."""
    prior = context.prior.previous
    return prior[table] if prior and len(prior[table]) else None


def begins_as_ended(code: str, table: str, opening: str, closing: str, title: Text) -> Check:
    """Each row's opening is the closing of the accepted period before."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data, prior = tables[table], previous(context, table)
        if prior is None or not len(data):
            return
        expected = prior.aligned(data.keys, data.radix, closing)
        wrong = (data[opening] != expected) & (data.keys >= 0)
        rows = data.sound(wrong, opening)
        if len(rows):
            yield Hits(table, opening, rows, expected[rows])

    return Check(
        code, Tier.HISTORY, Severity.ERROR, table, (opening,), title,
        Text("{key}的{column}填 {value}，上期已接受的期末数为 {expected}。",
             "{key}: {column} says {value}; the accepted period before ended with {expected}."),
        Text("请按上期期末数填写；上期确有误时，请先报送其修订版。",
             "Use the figure that ended the period before; if that was wrong, file its revision "
             "first."),
        AGAINST_HISTORY, (), run,
    )  # fmt: skip


def year_goes_on(code: str, table: str, cumulative: str, flow: str, title: Text) -> Check:
    """Each row's year-to-date is last period's and this period's flow; January starts anew."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        data, prior = tables[table], previous(context, table)
        if not len(data):
            return
        before: np.ndarray | int = 0
        if context.month != 1:
            if prior is None or not context.prior.previous_in_same_year:
                return
            before = prior.aligned(data.keys, data.radix, cumulative)
        expected = data[flow] + before
        scale = data.table.columns[cumulative].scale
        wrong = np.abs(data[cumulative] - expected) > tolerance(context, 2, scale)
        rows = data.sound(wrong & (data.keys >= 0), cumulative, flow)
        if len(rows):
            yield Hits(table, cumulative, rows, expected[rows])

    return Check(
        code, Tier.HISTORY, Severity.ERROR, table, (cumulative, flow), title,
        Text("{key}的{column}填 {value}，按上期累计加本期应为 {expected}。",
             "{key}: {column} says {value}; last period's and this period's make {expected}."),
        Text("请核对本期数与累计数；一月的累计等于本月。",
             "Check the flow and the cumulative figure; January's equals the month."),
        AGAINST_HISTORY, (), run,
    )  # fmt: skip


def before(tables: Tables, context: Context, ref: Ref) -> int | None:
    """A cell of the accepted period before; 0 where its row was left out then."""
    prior = previous(context, ref.table)
    if prior is None:
        return None
    data = tables[ref.table]
    key = data.codes[data.table.item.name].index(ref.item)
    return int(prior.aligned(np.array([key]), data.radix, ref.measure)[0])


def goes_on(code: str, cell: Ref, moves: Sequence[Signed], title: Text) -> Check:
    """A cell is that of the period before, and what moved it: balance + granted − collected.

    All cells are of one scale.
    """

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        start, now = before(tables, context, cell), amount(tables, cell)
        moved = [amount(tables, ref) for _sign, ref in moves]
        if start is None or now is None or None in moved:
            return
        expected = start + sum(sign * value for (sign, _), value in zip(moves, moved, strict=True))
        scale = tables[cell.table].table.columns[cell.measure].scale
        if abs(now - expected) > tolerance(context, 1 + len(moves), scale):
            yield at(tables, cell, expected, before=start, moved=expected - start)

    return Check(
        code, Tier.HISTORY, Severity.ERROR, cell.table, (cell.measure,), title,
        Text("{key}的{column}填 {value}，按上期 {before} 与本期增减 {moved} 应为 {expected}。",
             "{key}: {column} says {value}; {before} of the period before and this period's moves, "
             "{moved}, make {expected}."),
        Text("请核对本期增减各项；上期确有误时，请先报送其修订版。",
             "Check what moved it; if the period before was wrong, file its revision first."),
        AGAINST_HISTORY, (), run,
    )  # fmt: skip


def in_another_unit(code: str, cell: Ref, title: Text, *, rule: str) -> Check:
    """A cell about ``rule`` times (ten thousand: 元 for 万元) above or below the one before."""

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        start, now = before(tables, context, cell), amount(tables, cell)
        if slipped(start, now, context, rule):
            yield at(tables, cell, before=start)

    return Check(
        code, Tier.HISTORY, Severity.WARNING, cell.table, (cell.measure,), title,
        Text("{key}的{column}填 {value}，上期 {before}，相差约一万倍，疑似元与万元混用。",
             "{key}: {column} says {value}, {before} the period before: about ten thousand times "
             "apart, as if yuan and 10,000 yuan were mixed up."),
        Text("请确认金额单位为万元；属实请说明。", "Make sure that amounts are in 10,000 yuan."),
        AGAINST_HISTORY, (rule,), run,
    )  # fmt: skip


def slipped(start: int | None, now: int | None, context: Context, rule: str) -> bool:
    """Whether one figure is the other in another unit: half to twice the rule's factor."""
    factor = context.scaled_rule(rule, 0)
    if not factor or not start or not now or start < 0 or now < 0:
        return False
    low, high = sorted((start, now))
    return low * factor // 2 <= high <= low * factor * 2


def moved_much(
    code: str, table: str, item: str, measure: str, title: Text, *, rule: str, slip: str = ""
) -> Check:
    """A cell far from last period's; as far (in %) as the dated ``rule`` says.

    What looks like another unit, by the rule ``slip``, is told by ``in_another_unit``.
    """
    ref = Ref(table, item, measure)

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        most, now = context.rule(rule), amount(tables, ref)
        start = before(tables, context, ref)
        if not start or start < 0 or most is None or now is None:
            return
        if abs(now - start) * 100 > most * start and not slipped(start, now, context, slip):
            percent = Decimal(now - start) * 100 / start
            percent = percent.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
            yield at(tables, ref, before=start, change=f"{percent}%")

    return Check(
        code, Tier.HISTORY, Severity.WARNING, table, (measure,), title,
        Text("{key}的{column}填 {value}，上期 {before}，变动 {change}。",
             "{key}: {column} says {value}, {before} the period before ({change})."),
        EXPLAIN, AGAINST_HISTORY, (rule,), run,
    )  # fmt: skip
