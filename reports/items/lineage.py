"""From a figure of an item form to the rows of the files that were filed."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.figures.reading import Cell, FiledCell
from core.models import Period
from core.naming import named
from core.permissions import may
from core.ratio import HUNDREDTH, Ratio
from core.tabular import formats
from core.text import Text
from reports.declaration import Evidence, Lineage
from reports.items.filing import documents
from returns.forms import form as form_of
from returns.models import Return


@dataclass(frozen=True, slots=True)
class Part:
    """A cell that a figure is made of; ``minus`` is taken away.

    ``of_the_year`` stands for the average of the year's months up to the period.
    """

    cell: Cell
    minus: bool = False
    of_the_year: bool = False


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure: cells added up and, where it is a ratio, divided by others."""

    formula: Text
    over: tuple[Part, ...]
    under: tuple[Part, ...] = ()
    unit: str = "%"  # of a ratio: % or 倍

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every cell once, also where it stands above and below."""
        return tuple(dict.fromkeys((*self.over, *self.under)))


def cells(table: str, measure: str, *items: str) -> tuple[Part, ...]:
    """Parts of one measure of a table."""
    return tuple(Part((table, item, measure)) for item in items)


@dataclass(frozen=True, slots=True)
class Question:
    """Whose cells are meant: the form, its period and the year's months, the places."""

    form: str
    period: Period | None
    months: Sequence[Period]
    prefectures: Sequence[str] | None  # codes; None where ``read`` narrows by itself
    known_at: datetime.datetime | None
    user: Any
    read: Callable[..., list[FiledCell]]  # ``filed_cells`` of the form's app

    @property
    def year(self) -> list[Period]:
        """The months of the period's year up to it."""
        if self.period is None:
            return []
        found = [each for each in self.months if each.year == self.period.year]
        return found if self.period in found else [*found, self.period]


Read = tuple[Part, FiledCell, Return]


def cell_lineage(behind: Behind, asked: Question, *, place: Text) -> Lineage:
    """The cells behind a figure by institution, the largest first, each leading to its row.

    The sums are of all that are meant; only cells that the reader may see are listed, and how
    many institutions are not is said. A query a part, and one for the returns.
    """
    if asked.period is None:
        return Lineage(title=_title(behind, place), evidence=[])
    wanted = asked.year if any(each.of_the_year for each in behind.parts) else [asked.period]
    returns = documents(wanted, known_at=asked.known_at)
    found = [row for part in behind.parts for row in _read(part, asked, returns)]
    seen = [row for row in found if asked.user is None or _may_see(asked.user, row[2])]
    hidden = {row[1].institution_id for row in found} - {row[1].institution_id for row in seen}
    return Lineage(
        title=_title(behind, place),
        evidence=[_evidence(row, asked.form) for row in _ordered(behind, seen)],
        note=_note(behind, found, asked.form, len(hidden)),
    )


def _may_see(user: Any, record: Return) -> bool:
    return may(user, "figure.view", record)


def _title(behind: Behind, place: Text) -> Text:
    return Text(f"{place.zh}：{behind.formula.zh}", f"{place.en}: {behind.formula.en}")


def _read(part: Part, asked: Question, returns: Mapping[int, Return]) -> Iterable[Read]:
    counted = {
        key
        for key, each in returns.items()
        if part.of_the_year or each.period_id == asked.period.pk
    }
    for cell in asked.read(known=counted, cell=part.cell):
        if asked.prefectures is None or cell.prefecture in asked.prefectures:
            yield part, cell, returns[cell.document_id]


def _ordered(behind: Behind, rows: Sequence[Read]) -> list[Read]:
    """By institution, the one with the largest first part first; its parts in their order."""
    size: dict[int, Decimal] = {}
    for part, cell, _record in rows:
        if part == behind.parts[0]:
            size[cell.institution_id] = cell.value
    order = {part: place for place, part in enumerate(behind.parts)}

    def key(row: Read) -> tuple[Decimal, int, int, Any]:
        part, cell, record = row
        return (
            -size.get(cell.institution_id, Decimal(0)),
            cell.institution_id,
            order[part],
            record.period.ends_on,
        )

    return sorted(rows, key=key)


def _evidence(row: Read, form: str) -> Evidence:
    part, cell, record = row
    table, item, measure = part.cell
    declared = form_of(form).table(table)
    name, column = declared.item.codes[item], declared.columns[measure]
    unit = str(column.unit)
    shown = formats.figure(cell.value, unit)
    zh, en = (shown, shown) if unit == "按行" else (f"{shown} {unit}", f"{shown} {_english(unit)}")
    asked = urlencode({"table": table, "row": cell.row, "column": measure})
    home, month = record.institution.prefecture, record.period
    return Evidence(
        on=record.accepted_at.date() if record.accepted_at else None,
        what=Text(
            f"{cell.institution}　{month} {name.zh}·{column.label.zh}　{zh}",
            f"{cell.institution}, {month.code}, {name.en} ({column.label.en}): {en}",
        ),
        where=Text(home.name, home.name_en),
        document=record.receipt_number,
        url=f"{reverse('returns:row', args=[record.pk])}?{asked}",
        keys=(home.code, home.region),
    )


def _english(unit: str) -> str:
    return named(unit, "en")


def ratio_of(behind: Behind, rows: Iterable[Read]) -> Ratio:
    """What the cells come to: of a sum, over None."""
    sums: dict[Part, Decimal] = {}
    months: dict[Part, set[int]] = {}
    for part, cell, record in rows:
        sums[part] = sums.get(part, Decimal(0)) + (-cell.value if part.minus else cell.value)
        months.setdefault(part, set()).add(record.period_id)
    for part, met in months.items():
        if part.of_the_year:
            sums[part] /= len(met)

    def total(parts: Sequence[Part]) -> Decimal | None:
        known = [sums[part] for part in parts if part in sums]
        return sum(known, Decimal(0)) if known else None

    return Ratio(total(behind.over), total(behind.under))


def _note(behind: Behind, rows: Sequence[Read], form: str, hidden: int) -> Text:
    """The sums, how the figure comes from them, and how many are not shown."""
    found = ratio_of(behind, rows)
    number = len({cell.institution_id for _part, cell, _record in rows})
    zh, en = f"{number} 家机构已接受的报表：", f"Accepted returns of {number} institutions: "
    table, _item, measure = behind.over[0].cell
    unit = str(form_of(form).column(table, measure).unit)
    top = formats.figure(found.numerator, unit) if unit != "万元" else _money(found.numerator)
    if behind.under:
        said = f"{top} ÷ {_money(found.denominator)} = {_result(found, behind.unit)}"
        zh, en = f"{zh}{said}", f"{en}{said}"
    else:
        zh, en = f"{zh}合计 {top}", f"{en}{top} in all"
    zh, en = f"{zh}。点开可见所报文件的单元格。", f"{en}. Each opens to the cell of its file."
    if hidden:
        zh += f"另有 {hidden} 家机构的报表不在您的权限范围内，已计入合计，未列出。"
        en += f" {hidden} more are in the sums and outside of what you may open."
    return Text(zh, en)


def _money(value: Decimal | None) -> str:
    return formats.money(value)


def _result(found: Ratio, unit: str) -> str:
    if found.value is None:
        return formats.NOTHING
    if unit == "%":
        return formats.percent_value(found.percent)
    return f"{found.value.quantize(HUNDREDTH):,}"
