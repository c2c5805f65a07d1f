"""A report's numbers one by one: what a machine stores, with unit, definition and source.

Every number of a report's key figures and tables becomes an ``Observation`` of an
``Indicator``. Charts and maps are left out: they draw what the tables say.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import slugify

from core.ratio import Ratio
from core.text import Text
from reports.content import NO_TEXT, Content, KeyFigure, KeyFigures, Table, Value, bare, shown
from reports.definitions import MONEY, PERCENT, Meaning, Meanings

WHOLE = "_T"  # SDMX's code of a total
LANGUAGES = ("zh-hans", "en")
NUMBERS = int | Decimal | Ratio


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured: ``id`` is the part of the report and the column, or the key figure."""

    id: str
    name: Text
    unit: Text
    definition: Text
    decimals: int


@dataclass(frozen=True, slots=True)
class Observation:
    """One number: of which item (a place, a group, an institution), and what it opens to.

    ``unit`` is the indicator's, unless the row has one of its own; of a ratio both numbers are
    kept. A ``value`` of None: nothing to say.
    """

    indicator: str
    item: str
    item_name: Text
    unit: Text
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Observations:
    """All numbers of a report, and what they measure."""

    indicators: tuple[Indicator, ...]
    rows: tuple[Observation, ...]


def observations(content: Content, meanings: Meanings) -> Observations:
    """Return the numbers of ``content``. Raises KeyError for one that nobody defined."""
    indicators: dict[str, Indicator] = {}
    rows: list[Observation] = []
    for section in content.sections:
        if isinstance(section, KeyFigures):
            for figure in section.figures:
                rows += _key_figure(section.key, figure, meanings, indicators)
        elif isinstance(section, Table):
            rows += _table(section, meanings, indicators)
    return Observations(tuple(indicators.values()), tuple(rows))


def _key_figure(
    part: str, figure: KeyFigure, meanings: Meanings, indicators: dict[str, Indicator]
) -> Iterator[Observation]:
    key = figure.key or slugify(figure.label.en)
    meaning = _meaning(part, key, meanings)
    if meaning is None or not _is_number(figure.value):
        return
    unit = figure.unit if figure.unit.zh and figure.unit.en else _unit(meaning, figure.kind)
    found = Indicator(
        f"{part}_{key}", figure.label, unit, meaning.definition, _decimals(figure.kind)
    )
    indicators[found.id] = found
    yield _observed(found, WHOLE, NO_TEXT, unit, figure.value, figure.kind, figure.figure)


def _table(
    table: Table, meanings: Meanings, indicators: dict[str, Indicator]
) -> Iterator[Observation]:
    measured = list(_measured(table, meanings))
    if not measured:
        return
    indicators |= {found.id: found for _, _, found in measured}
    units = next((place for place, each in enumerate(table.columns) if each.key == "unit"), None)
    seen: Counter[str] = Counter()
    for number, row in enumerate(table.rows):
        item, name = _item(table, row, total=number >= len(table.rows) - table.totals)
        seen[item] += 1
        if seen[item] > 1:
            item = f"{item}#{seen[item]}"
        for place, kind, found in measured:
            if _is_number(row[place]):
                unit = found.unit if units is None else bare(row[units])
                figure = getattr(row[place], "figure", "")
                yield _observed(found, item, name, unit, row[place], kind, figure)


def _measured(table: Table, meanings: Meanings) -> Iterator[tuple[int, str, Indicator]]:
    """The columns of a table that measure something: place, kind, indicator."""
    for place, column in enumerate(table.columns):
        meaning = _meaning(table.key, column.key, meanings) if column.numeric else None
        if meaning is not None:
            name = Text(
                f"{table.title.zh}：{column.heading('zh-hans')}",
                f"{table.title.en}: {column.heading('en')}",
            )
            unit = _unit(meaning, column.kind)
            found = f"{table.key}_{column.key}"
            yield (
                place,
                column.kind,
                Indicator(found, name, unit, meaning.definition, _decimals(column.kind)),
            )


def _item(table: Table, row: Sequence[Value], *, total: bool) -> tuple[str, Text]:
    """Whose row it is: the code that all its figures end with, else its first words."""
    said = []
    for value, column in zip(row, table.columns, strict=True):
        if column.numeric and said:
            break
        if not column.numeric and bare(value) is not None:
            said.append(bare(value))
    code = _common([v.figure for v in row if getattr(v, "figure", "")])
    if code:
        said = [each for each in said if each != code][:1] or said
    name = Text(
        *(" / ".join(shown(each, "text", language) for each in said) for language in LANGUAGES)
    )
    return code or (WHOLE if total else name.zh), name


def _common(figures: Sequence[str]) -> str:
    """What the figures of a row end with: ``440100`` of ``balance:440100`` and ``npl:440100``."""
    ways = [reversed(each.split(":")[1:]) for each in figures]
    common = []
    for parts in zip(*ways, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return ":".join(reversed(common))


def _meaning(part: str, name: str, meanings: Meanings) -> Meaning | None:
    """What a number means; by its part where the same column means another thing there."""
    full = f"{part}_{name}"
    return meanings[full] if full in meanings else meanings[name]


def _unit(meaning: Meaning, kind: str) -> Text:
    if meaning.unit.zh:
        return meaning.unit
    return {"money": MONEY, "percent": PERCENT}.get(kind, NO_TEXT)


def _decimals(kind: str) -> int:
    return 0 if kind == "integer" else 2


def _is_number(value: Value) -> bool:
    value = bare(value)
    return value is None or (isinstance(value, NUMBERS) and not isinstance(value, bool))


def _observed(
    indicator: Indicator, item: str, name: Text, unit: Text, value: Value, kind: str, figure: str
) -> Observation:
    value = bare(value)
    if not isinstance(value, Ratio):
        number = None if value is None else Decimal(value)
        return Observation(indicator.id, item, name, unit, number, figure=figure)
    number = value.percent if kind == "percent" else _decimal(value.numerator)
    parts = _decimal(value.numerator), _decimal(value.denominator)
    return Observation(indicator.id, item, name, unit, number, *parts, figure=figure)


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
