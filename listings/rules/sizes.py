"""The size of an enterprise by 《中小企业划型标准规定》(工信部联企业〔2011〕300号). Pure.

Large, medium and small enterprises meet every lower bound of their class, otherwise they drop
one: the size is the least of what the indicators give. Bounds include the number itself.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.text import Text
from listings.rules.industries import parts_of

NO_TEXT = Text("", "")
CLASSES = "XSML"  # rank 0 to 3
NOT_COVERED, UNKNOWN = "na", "unknown"
SIZE_WORDS = {
    "L": Text("大型", "Large"),
    "M": Text("中型", "Medium"),
    "S": Text("小型", "Small"),
    "X": Text("微型", "Micro"),
    NOT_COVERED: Text("不适用", "Not covered"),
    UNKNOWN: Text("无法划型", "Cannot be classified"),
}
INDICATORS = {
    "headcount": Text("从业人员（人）", "Headcount"),
    "revenue": Text("营业收入（万元）", "Revenue (10,000 yuan)"),
    "assets": Text("资产总额（万元）", "Total assets (10,000 yuan)"),
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lower bounds of one indicator; below ``small`` is micro."""

    indicator: str
    small: Decimal
    medium: Decimal
    large: Decimal

    def rank(self, value: Decimal) -> int:
        """0 micro to 3 large."""
        return (value >= self.small) + (value >= self.medium) + (value >= self.large)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the standard; ``codes`` are sections, divisions or classes of GB/T 4754."""

    industry: Text
    codes: tuple[str, ...]
    bounds: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard from a day to a day."""

    source: Text
    valid_from: datetime.date
    valid_to: datetime.date | None
    rows: tuple[Row, ...]

    def holds_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator of the row with its value and the class that it alone would give."""

    bounds: Bounds
    value: Decimal | None
    size: str


@dataclass(frozen=True, slots=True)
class Sizing:
    """An enterprise's size, the row it is judged by, and why where there is none."""

    size: str
    row: Row | None = None
    measured: tuple[Measured, ...] = ()
    source: Text = NO_TEXT
    why: Text = NO_TEXT


OLDER = Text(
    "该日期没有已登记的划型标准（2011年6月18日起施行）。",
    "No standard is on record for that day; it began on 18 June 2011.",
)
NO_CODE = Text("未登记行业代码。", "The industry is not recorded.")
TOO_COARSE = Text(
    "行业代码“{code}”不够细，请填大类或小类代码（如 51、7010）。",
    "The industry code “{code}” is too coarse; give a division or class, such as 51 or 7010.",
)
COVERED_NOT = Text(
    "划型标准不包括该行业（如金融业、铁路运输业、教育、卫生、公共管理）。",
    "The standard does not cover the industry (finance, railways, education, health, …).",
)
NO_FIGURES = Text("缺少{names}。", "Missing: {names}.")


def row_of(standard: Standard, code: str) -> Row | Text:
    """The row that rules an industry; or why none does."""
    parts = parts_of(code)
    if parts is None:
        return NO_CODE
    section, digits = parts
    finest = 0
    found: Row | None = None
    for row in standard.rows:
        for each in row.codes:
            fits = each == section or (each.isdigit() and digits.startswith(each))
            if fits and len(each) > finest:
                found, finest = row, len(each)
    if _finer(standard, section, digits, found):
        return TOO_COARSE.format(code=code)
    return found or COVERED_NOT


def _finer(standard: Standard, section: str, digits: str, found: Row | None) -> bool:
    """Whether a finer code could be of another row, so that this one settles nothing."""
    for row in standard.rows:
        if row is found:
            continue
        for each in row.codes:
            if not each.isdigit() or len(each) <= len(digits):
                continue
            inside = each.startswith(digits) if digits else parts_of(each) is not None
            if inside and parts_of(each)[0] == section:
                return True
    return False


def size_of(
    standards: Sequence[Standard],
    *,
    code: str,
    values: Mapping[str, Decimal | int | None],
    on: datetime.date,
) -> Sizing:
    """Classify an enterprise by the standard of a day.

    ``values`` are headcount, revenue and assets (万元). One indicator below its small bound
    settles it, even if another is missing.

    >>> size_of([], code="3911", values={}, on=datetime.date(2010, 1, 1)).size
    'unknown'
    """
    standard = next((each for each in standards if each.holds_on(on)), None)
    if standard is None:
        return Sizing(UNKNOWN, why=OLDER)
    row = row_of(standard, code)
    if isinstance(row, Text):
        size = NOT_COVERED if row is COVERED_NOT else UNKNOWN
        return Sizing(size, source=standard.source, why=row)
    measured = tuple(_measured(each, values.get(each.indicator)) for each in row.bounds)
    known = [each.bounds.rank(each.value) for each in measured if each.value is not None]
    if known and (len(known) == len(measured) or min(known) == 0):
        return Sizing(CLASSES[min(known)], row, measured, standard.source)
    missing = [INDICATORS[each.bounds.indicator] for each in measured if each.value is None]
    why = Text(
        NO_FIGURES.zh.format(names="、".join(each.zh for each in missing)),
        NO_FIGURES.en.format(names=", ".join(each.en for each in missing)),
    )
    return Sizing(UNKNOWN, row, measured, standard.source, why)


def _measured(bounds: Bounds, value: Decimal | int | None) -> Measured:
    if value is None:
        return Measured(bounds, None, "")
    exact = Decimal(value)
    return Measured(bounds, exact, CLASSES[bounds.rank(exact)])
