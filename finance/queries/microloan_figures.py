"""Reading microloan companies' figures: added up by place, or one company's."""

from collections.abc import Collection, Iterable, Mapping

from core.figures import reading
from core.figures.reading import EVERYWHERE, Cell, FiledCell, PlaceFilter
from core.figures.storing import ItemTable
from core.models import Period
from finance.operations.microloan import TABLES
from finance.rules.microloan import MicroloanFigures

FORM = "microloan"
COUNTED = ("amounts", "paid_in_capital")  # a row that every return has: who is counted by it


def sums_by(
    *,
    periods: Iterable[Period],
    dimension: str | None = None,
    where: PlaceFilter = EVERYWHERE,
    known: Collection[int] | None = None,
) -> dict[tuple[int, str], MicroloanFigures]:
    """Return figures per (period id, value of ``dimension``); "" stands for no dimension.

    ``dimension`` is ``prefecture`` (code) or ``region``. As many queries as the form has
    tables, whatever the size of the history. With ``known`` the lines of just those documents
    are added up instead of reading the summaries.
    """
    found = reading.sums_by(
        TABLES, counted=COUNTED, periods=periods, dimension=dimension, where=where, known=known
    )
    return {key: MicroloanFigures(sums.cells, sums.institutions) for key, sums in found.items()}


def figures_by_institution(
    *, known: Collection[int], cells: Collection[Cell] = ()
) -> dict[tuple[int, int], MicroloanFigures]:
    """Return what each company filed, per (period id, institution id), of these documents.

    For limits and the watch list: of ``cells`` alone, if given. A query a table.
    """
    found = reading.cells_by_institution(TABLES, known=known, cells=cells)
    return {key: MicroloanFigures(mine, 1) for key, mine in found.items()}


def filed_cells(
    *, known: Collection[int], cell: Cell, where: PlaceFilter = EVERYWHERE
) -> list[FiledCell]:
    """Return the lines behind a figure, the largest first: one query."""
    name, item, measure = cell
    return reading.filed_cells(
        table_called(name), known=known, item=item, measure=measure, where=where
    )


def table_called(name: str) -> ItemTable:
    """Return where a table of the form is kept; KeyError if there is none."""
    return _TABLES[name]


_TABLES: Mapping[str, ItemTable] = {table.name: table for table in TABLES}
