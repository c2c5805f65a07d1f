"""Reading the figures of forms of items: added up by place, or one institution's.

Sums come from the summaries, or from the lines of documents that counted once. What one
institution filed is read from the lines of its document, each with its row.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum

from core.figures.storing import ItemTable
from core.models import Period, Prefecture

Cell = tuple[str, str, str]  # table, item, measure
PLACES = {"prefecture": "prefecture__code", "region": "prefecture__region"}


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """Which figures are meant; empty means all."""

    prefecture: str = ""
    region: str = ""
    include_shenzhen: bool = True

    def of(self, rows: QuerySet, *, lead: str = "") -> QuerySet:
        """Narrow rows to the places that are meant; ``lead`` leads to their prefecture."""
        wanted = {"prefecture__code": self.prefecture, "prefecture__region": self.region}
        rows = rows.filter(**{lead + name: value for name, value in wanted.items() if value})
        if self.include_shenzhen:
            return rows
        return rows.exclude(**{f"{lead}prefecture__code": Prefecture.SHENZHEN})

    def includes(self, place: Prefecture) -> bool:
        """Whether a prefecture is meant."""
        return (
            self.prefecture in ("", place.code)
            and self.region in ("", place.region)
            and (self.include_shenzhen or place.code != Prefecture.SHENZHEN)
        )


EVERYWHERE = PlaceFilter()


@dataclass(frozen=True, slots=True)
class FiledCell:
    """One measure of a line: whose it is, and the document and row where it stands."""

    institution_id: int
    institution: str
    prefecture: str
    document_id: int
    row: int
    value: Decimal


@dataclass(slots=True)
class Sums:
    """Cells added up, and of how many institutions."""

    cells: dict[Cell, Decimal]
    institutions: int = 0


def sums_by(
    tables: Sequence[ItemTable],
    *,
    counted: tuple[str, str],
    periods: Iterable[Period],
    dimension: str | None = None,
    where: PlaceFilter = EVERYWHERE,
    known: Collection[int] | None = None,
) -> dict[tuple[int, str], Sums]:
    """Return sums per (period id, value of ``dimension``); "" stands for no dimension.

    ``counted`` is a (table, item) that every return has: by it institutions are counted.
    With ``known`` the lines of just those documents are added up instead of reading the
    summaries. A query a table, whatever the size of the history.
    """
    wanted = [period.pk for period in periods]
    found: dict[tuple[int, str], Sums] = {}
    for table in tables:
        for row in _grouped(table, wanted, dimension, where, known):
            sums = found.setdefault((row["period_id"], row.get("place") or ""), Sums({}))
            for measure in table.measures:
                sums.cells[table.name, row["item"], measure] = row[f"sum_{measure}"]
            if (table.name, row["item"]) == counted:
                sums.institutions = row["counted"]
    return found


def _grouped(
    table: ItemTable,
    periods: list[int],
    dimension: str | None,
    where: PlaceFilter,
    known: Collection[int] | None,
) -> QuerySet:
    if known is None:
        rows, number = table.summary._default_manager.all(), Sum("lines")
    else:
        rows, number = table.lines._default_manager.filter(document_id__in=known), Count("pk")
    place = {"place": F(PLACES[dimension])} if dimension else {}
    rows = where.of(rows.filter(period__in=periods)).order_by()
    sums = {f"sum_{name}": Sum(name) for name in table.measures}
    return rows.values("period_id", "item", **place).annotate(counted=number, **sums)


def cells_by_institution(
    tables: Sequence[ItemTable], *, known: Collection[int], cells: Collection[Cell] = ()
) -> dict[tuple[int, int], dict[Cell, Decimal]]:
    """What each institution filed, per (period id, institution id). A query a table.

    With ``cells`` only the rows of these, and the tables that have them, are read.
    """
    found: dict[tuple[int, int], dict[Cell, Decimal]] = {}
    for table in tables:
        rows = table.lines._default_manager.filter(document_id__in=known)
        if cells:
            items = {item for name, item, _measure in cells if name == table.name}
            if not items:
                continue
            rows = rows.filter(item__in=items)
        for row in rows.values("period_id", "institution_id", "item", *table.measures):
            filed = found.setdefault((row["period_id"], row["institution_id"]), {})
            for measure in table.measures:
                filed[table.name, row["item"], measure] = row[measure]
    return found


def filed_cells(
    table: ItemTable,
    *,
    known: Collection[int],
    item: str,
    measure: str,
    where: PlaceFilter = EVERYWHERE,
) -> list[FiledCell]:
    """The lines behind a figure, the largest first. One query."""
    rows = table.lines._default_manager.filter(document_id__in=known, item=item)
    columns = ("institution_id", "institution__name", "prefecture__code", "document_id", "row")
    found = where.of(rows).order_by(f"-{measure}", "institution_id").values_list(*columns, measure)
    return [FiledCell(*row) for row in found]
