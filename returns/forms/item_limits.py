"""Limits of forms of items: dated rules on a cell, or on a ratio of cells. Never an error."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.naming import UNITS_IN_ENGLISH
from core.ratio import HUNDREDTH
from core.text import Text
from returns.checking.check import Check, Hits, Severity, Tier
from returns.checking.columns import Tables
from returns.checking.context import Context
from returns.forms.item_checks import EXPLAIN, Ref, amount, at, words

COUNTED_UNITS = ("家", "户", "人")


@dataclass(frozen=True, slots=True)
class Bound:
    """A dated limit on a ratio of two cells, or on one cell (``of`` None).

    ``rule`` is the code of the dated parameter. ``unit`` says what its value is: ``%``, ``倍``
    or the cell's own unit. ``ceiling`` is False for a floor.
    """

    rule: str
    what: Text
    top: tuple[Ref, ...]
    of: tuple[Ref, ...] = ()
    unit: str = "%"
    ceiling: bool = True
    factor: str = ""  # another dated parameter that the limit is multiplied by
    judges_zero: bool = True  # False where 0 means that there was nothing to judge


def keeps_within(code: str, bound: Bound, title: Text, source: Text) -> Check:
    """A limit: what is broken is told with figure, limit and the amount by which."""
    first = bound.top[0]

    def run(tables: Tables, context: Context) -> Iterator[Hits]:
        limit = context.rule(bound.rule)
        if limit is not None and bound.factor:
            factor = context.rule(bound.factor)
            limit = None if factor is None else limit * factor
        tops = [amount(tables, ref) for ref in bound.top]
        bottoms = [amount(tables, ref) for ref in bound.of]
        if limit is None or None in tops or None in bottoms:
            return
        places = tables[first.table].table.columns[first.measure].scale
        top = Decimal(sum(tops)).scaleb(-places)
        if top == 0 and not bound.judges_zero:
            return
        if bound.of:
            scale = tables[bound.of[0].table].table.columns[bound.of[0].measure].scale
            bottom = Decimal(sum(bottoms)).scaleb(-scale)
            if bottom == 0:
                return
            value = top / bottom * (100 if bound.unit == "%" else 1)
            edge = limit * bottom / (100 if bound.unit == "%" else 1)
        else:
            value, edge = top, limit
        over = top - edge if bound.ceiling else edge - top
        if over > 0:
            unit = "万元" if bound.of else bound.unit
            yield at(
                tables,
                first,
                what=words(bound.what),
                figure=_shown(value, bound.unit),
                limit=_with_unit(f"{limit.normalize():f}", bound.unit),
                edge=_shown(edge, unit),
                over=_shown(over, unit),
            )

    side = Text("超出", "too much") if bound.ceiling else Text("尚差", "too little")
    edge = Text("至多", "at most") if bound.ceiling else Text("至少", "at least")
    return Check(
        code, Tier.SYSTEM, Severity.WARNING, first.table, (first.measure,), title,
        Text(f"{{what}}为 {{figure}}，限额 {{limit}}（{edge.zh} {{edge}}），{side.zh} {{over}}。",
             f"{{what}} is {{figure}}, the limit {{limit}} ({edge.en} {{edge}}): {{over}} "
             f"{side.en}."),
        EXPLAIN, source, tuple(each for each in (bound.rule, bound.factor) if each), run,
    )  # fmt: skip


def _shown(value: Decimal, unit: str) -> dict[str, str]:
    """A figure of a message: two decimals rounded half up; what is counted is whole."""
    places = Decimal(1) if unit in COUNTED_UNITS else HUNDREDTH
    return _with_unit(f"{value.quantize(places, rounding=ROUND_HALF_UP):,}", unit)


def _with_unit(figure: str, unit: str) -> dict[str, str]:
    english = {"%": "%", "万元": " × 10,000 yuan"}.get(unit) or f" {UNITS_IN_ENGLISH[unit]}"
    return words(Text(f"{figure}{unit}", f"{figure}{english}"))
