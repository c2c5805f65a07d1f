"""Storing loan figures and keeping the summaries equal to what is accepted.

Everything here runs inside the caller's transaction.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.db import transaction

from core.errors import DomainError
from core.figures import storing
from core.figures.bulk import load
from core.figures.summaries import Summary
from core.models import Institution, Period, Prefecture, SourceDocument
from core.text import Text
from finance.models import (
    LoanInstitutionSummary,
    LoanLine,
    LoanSizeSummary,
    LoanSummary,
    LoanTotal,
    LoanTotalSummary,
)
from finance.models.measures import LINE_MEASURES, TOTAL_MEASURES

SUMMARIES = (
    Summary(
        LoanSummary,
        LoanLine,
        ("period_id", "prefecture_id", "kind", "size", "industry"),
        LINE_MEASURES,
    ),
    Summary(
        LoanSizeSummary,
        LoanLine,
        ("period_id", "prefecture_id", "kind", "size"),
        LINE_MEASURES,
    ),
    Summary(
        LoanInstitutionSummary,
        LoanLine,
        ("period_id", "institution_id", "prefecture_id", "size"),
        LINE_MEASURES,
    ),
    Summary(LoanTotalSummary, LoanTotal, ("period_id", "prefecture_id", "kind"), TOTAL_MEASURES),
)
LINES = (LoanLine, LoanTotal)


def store_figures(
    *,
    document: SourceDocument,
    institution: Institution,
    period: Period,
    tables: Mapping[str, Any],
) -> int:
    """Store the lines and totals of an error-free document; return the number of lines.

    ``tables`` holds typed columns (``returns.checking.columns.TableData``): places of codes
    and scaled integers. Keys are checked set-wise, since per-row triggers would be two thirds
    of the cost. Raises DomainError where a key is not known.
    """
    with transaction.atomic():
        lines, totals = tables["lines"], tables["totals"]
        common = {"document": document, "institution": institution, "period": period}
        sizes = {
            name: np.array(lines.codes[name], dtype="S1")[_known(lines, name)]
            for name in ("size", "industry")
        }
        _load(LoanLine, lines, LINE_MEASURES, sizes, **common)
        _load(LoanTotal, totals, TOTAL_MEASURES, {}, **common)
    return len(lines)


def _load(
    model: Any,
    data: Any,
    measures: tuple[str, ...],
    codes: Mapping[str, np.ndarray],
    *,
    document: SourceDocument,
    institution: Institution,
    period: Period,
) -> None:
    count = len(data)
    if not count:
        return
    columns = {
        "document_id": np.full(count, document.pk),
        "row": data.rows,
        "period_id": np.full(count, period.pk),
        "institution_id": np.full(count, institution.pk),
        "prefecture_id": prefecture_ids(data.codes["prefecture"])[_known(data, "prefecture")],
        **codes,
        **{name: data[name] for name in measures},
    }
    load(model._meta.db_table, columns)


def _known(data: Any, name: str) -> np.ndarray:
    """Return a column of codes' places, after making sure that every code is known."""
    places = data[name]
    if len(places) and (places.min() < 0 or places.max() >= len(data.codes[name])):
        raise DomainError(
            "unknown-code",
            Text(f"{name} 含有未知代码，未保存。", f"{name} holds an unknown code; nothing saved."),
        )
    return places


def prefecture_ids(codes: Iterable[str]) -> np.ndarray:
    """Return the primary keys beside prefecture codes. Raises DomainError for an unknown one."""
    known = dict(Prefecture.objects.values_list("code", "pk"))
    try:
        return np.array([known[code] for code in codes], dtype=np.int64)
    except KeyError as error:
        raise DomainError(
            "unknown-prefecture",
            Text(f"地市 {error.args[0]} 未登记。", f"Prefecture {error.args[0]} is not known."),
        ) from error


def discard_figures(document: SourceDocument) -> None:
    """Delete the lines of a draft's document that was replaced. Never for an accepted one."""
    storing.discard(LINES, document)


def post_difference(
    *,
    period: Period,
    institution: Institution,
    old_document: SourceDocument | None,
    new_document: SourceDocument | None,
) -> None:
    """Bring the summaries from ``old_document`` (superseded, or None) to ``new_document``."""
    storing.post(SUMMARIES, period=period, old=old_document, new=new_document)


def rebuild_summaries(
    *, accepted: Iterable[tuple[int, int, int]], verify: bool = False
) -> list[str]:
    """Recompute all summaries from the lines of accepted documents, or only compare."""
    return storing.rebuild(SUMMARIES, accepted=accepted, verify=verify)
