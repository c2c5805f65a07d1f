"""What each form does with its figures: store, discard, post, read back.

The registries own the figures; a form only names the functions. A new form adds one entry.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.figures.storing import ItemTable, discard, item_columns, post, rebuild, store_items
from core.models import Institution, Period, SourceDocument
from finance.operations import loans as loan_operations
from finance.operations import microloan
from finance.queries import prior as loan_prior
from finance.queries.prior import LINE_KEYS, TOTAL_KEYS
from guarantees.operations import figures as guarantee_figures
from returns.checking.columns import TableData, combine
from returns.checking.context import PriorTable

Accepted = Iterable[tuple[int, int, int]]  # document id, period id, institution id


@dataclass(frozen=True, slots=True)
class Storing:
    """The functions of one form. All of them run inside the caller's transaction.

    ``resource`` is what the interface calls its figures, if it has them.
    """

    store: Callable[[SourceDocument, Institution, Period, Mapping[str, TableData]], int]
    discard: Callable[[SourceDocument], None]
    post: Callable[[Period, Institution, SourceDocument | None, SourceDocument | None], None]
    rebuild: Callable[[Accepted, bool], list[str]]
    prior: Callable[..., dict[int, dict[str, PriorTable]]]
    resource: str = ""


def storing(code: str) -> Storing:
    """Return how the form called ``code`` keeps its figures; KeyError if there is none."""
    return STORING[code]


def _store_loans(
    document: SourceDocument,
    institution: Institution,
    period: Period,
    tables: Mapping[str, TableData],
) -> int:
    return loan_operations.store_figures(
        document=document, institution=institution, period=period, tables=tables
    )


def _post_loans(
    period: Period,
    institution: Institution,
    old: SourceDocument | None,
    new: SourceDocument | None,
) -> None:
    loan_operations.post_difference(
        period=period, institution=institution, old_document=old, new_document=new
    )


def _prior_loans(
    *, documents: Sequence[int], codes: Mapping[str, Sequence[str]]
) -> dict[int, dict[str, PriorTable]]:
    """Return the figures of each document, by table."""
    lines = loan_prior.line_columns(documents=documents, codes=codes)
    totals = loan_prior.total_columns(documents=documents, codes=codes)
    return {
        document: {
            "lines": _prior_table(lines, LINE_KEYS, document, codes),
            "totals": _prior_table(totals, TOTAL_KEYS, document, codes),
        }
        for document in documents
    }


def _prior_table(
    columns: Mapping[str, np.ndarray],
    keys: tuple[str, ...],
    document: int,
    codes: Mapping[str, Sequence[str]],
) -> PriorTable:
    chosen = columns["document"] == document
    mine = {name: values[chosen] for name, values in columns.items()}
    return PriorTable(combine([mine[key] for key in keys], [len(codes[key]) for key in keys]), mine)


def of_items(tables: Sequence[ItemTable]) -> Storing:
    """How a form is kept whose rows are items."""
    sums = [table.sums for table in tables]

    def store(
        document: SourceDocument,
        institution: Institution,
        period: Period,
        data: Mapping[str, TableData],
    ) -> int:
        return store_items(
            tables, document=document, institution=institution, period=period, data=data
        )

    def prior(
        *, documents: Sequence[int], codes: Mapping[str, Sequence[str]]
    ) -> dict[int, dict[str, PriorTable]]:
        columns = {
            table.name: item_columns(table, documents=documents, codes=codes[table.dimension])
            for table in tables
        }
        return {
            document: {
                table.name: _prior_table(columns[table.name], (table.dimension,), document, codes)
                for table in tables
            }
            for document in documents
        }

    return Storing(
        store=store,
        discard=lambda document: discard([table.lines for table in tables], document),
        post=lambda period, _institution, old, new: post(sums, period=period, old=old, new=new),
        rebuild=lambda accepted, verify: rebuild(sums, accepted=accepted, verify=verify),
        prior=prior,
    )


STORING = {
    "microloan": of_items(microloan.TABLES),
    "guarantee": of_items(guarantee_figures.MONTHLY),
    "guarantee-half-year": of_items(guarantee_figures.HALF_YEARLY),
    "sme-loans": Storing(
        store=_store_loans,
        discard=lambda document: loan_operations.discard_figures(document),
        post=_post_loans,
        rebuild=lambda accepted, verify: loan_operations.rebuild_summaries(
            accepted=accepted, verify=verify
        ),
        prior=_prior_loans,
        resource="loan-figures",
    ),
}
