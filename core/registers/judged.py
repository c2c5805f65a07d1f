"""Judgements and amounts as cells of a record page's panels."""

from decimal import Decimal

from core.naming import UNITS_IN_ENGLISH
from core.ratio import Ratio
from core.registers.declaration import Shown
from core.rules.limits import SIGNS, STANDING_TONES, STANDING_WORDS, Judgement, Limit
from core.rules.remarks import PROVINCIAL
from core.tabular import formats
from core.text import Text

HEADINGS = (
    Text("指标", "Figure"),
    Text("数值", "Value"),
    Text("限额", "Limit"),
    Text("空间", "Room"),
    Text("判定", "Judgement"),
    Text("依据", "Source"),
)


def money(*values: Decimal | None) -> list[Shown]:
    """Amounts as numeric cells."""
    return [Shown(formats.money(value), numeric=True) for value in values]


def in_unit(value: Decimal | None, unit: str) -> Text:
    """A value with its unit, in both languages; nothing reads "—"."""
    if value is None:
        return Text(formats.NOTHING, formats.NOTHING)
    if unit == "%":
        return Text(formats.percent_value(value), formats.percent_value(value))
    number = formats.money(value)
    return Text(f"{number} {unit}", f"{number} {UNITS_IN_ENGLISH.get(unit, unit)}")


def cited(limit: Limit) -> Text | str:
    """The source as it is shown: what is configurable is never shown as law."""
    if not limit.law:
        return limit.source or PROVINCIAL
    return f"{limit.source} {limit.article}".strip()


def measured(judgement: Judgement) -> Text:
    """The figure, with what it was divided from: ``290.00 ÷ 200.00 = 145.00%``."""
    figure, value = judgement.measured, in_unit(judgement.shown, judgement.limit.unit)
    if not isinstance(figure, Ratio):
        return value
    parts = f"{formats.money(figure.numerator)} ÷ {formats.money(figure.denominator)} = "
    return Text(parts + value.zh, parts + value.en)


def room(judgement: Judgement, unit: str) -> Text:
    """The room in ``unit``, which is that of the numerator."""
    return in_unit(judgement.room, unit)


def judgement_row(judgement: Judgement, *, title: Text | None = None, unit: str = "万元") -> list:
    """One judgement under HEADINGS; ``unit`` is that of what is measured, or of its numerator."""
    limit = judgement.limit
    bound = in_unit(limit.value, limit.unit)
    sign = SIGNS[limit.comparator]
    return [
        Shown(title or limit.title),
        Shown(measured(judgement)),  # may break, where the page is narrow
        Shown(Text(f"{sign} {bound.zh}", f"{sign} {bound.en}"), numeric=True),
        Shown(room(judgement, unit), numeric=True),
        Shown(STANDING_WORDS[judgement.standing], tone=STANDING_TONES[judgement.standing.value]),
        Shown(cited(limit)),
    ]
