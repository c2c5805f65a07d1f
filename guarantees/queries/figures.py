"""Reading guarantee agencies' figures: added up by place, or one agency's."""

from collections.abc import Collection, Iterable

from core.figures import reading
from core.figures.reading import EVERYWHERE, Cell, FiledCell, PlaceFilter
from core.figures.storing import ItemTable
from core.models import Period
from guarantees.operations.figures import HALF_YEARLY, MONTHLY
from guarantees.rules.ratios import GuaranteeFigures

FORM, HALF_YEAR_FORM = "guarantee", "guarantee-half-year"
COUNTED = ("amounts", "net_assets")  # a row that every return has: who is counted by it


def sums_by(
    *,
    periods: Iterable[Period],
    dimension: str | None = None,
    where: PlaceFilter = EVERYWHERE,
    known: Collection[int] | None = None,
) -> dict[tuple[int, str], GuaranteeFigures]:
    """Figures per (period id, prefecture code or region); "" stands for no dimension.

    A query a table. With ``known`` the lines of just those documents are added up.
    """
    found = reading.sums_by(
        MONTHLY, counted=COUNTED, periods=periods, dimension=dimension, where=where, known=known
    )
    return {key: GuaranteeFigures(sums.cells, sums.institutions) for key, sums in found.items()}


def figures_by_institution(
    *, known: Collection[int], cells: Collection[Cell] = ()
) -> dict[tuple[int, int], GuaranteeFigures]:
    """What each agency filed, per (period id, institution id), of these documents.

    Of ``cells`` alone, if given. A query a table.
    """
    found = reading.cells_by_institution(MONTHLY, known=known, cells=cells)
    return {key: GuaranteeFigures(mine, 1) for key, mine in found.items()}


def filed_cells(
    *, known: Collection[int], cell: Cell, where: PlaceFilter = EVERYWHERE
) -> list[FiledCell]:
    """The lines behind a figure, the largest first. One query."""
    name, item, measure = cell
    return reading.filed_cells(
        table_called(name), known=known, item=item, measure=measure, where=where
    )


def table_called(name: str) -> ItemTable:
    """Where a table of the forms is kept; KeyError if there is none."""
    return _TABLES[name]


_TABLES = {table.name: table for table in (*MONTHLY, *HALF_YEARLY)}
