"""Reading loan figures: from the summaries, or from the lines as once known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from core.models import Period, Prefecture
from finance.models import LoanLine, LoanSizeSummary, LoanSummary, LoanTotal, LoanTotalSummary
from finance.rules.loans import LoanSums, TotalSums

FORM = "sme-loans"
DIMENSIONS = {
    "prefecture": "prefecture__code",
    "region": "prefecture__region",
    "size": "size",
    "industry": "industry",
    "kind": "kind",
}
TOTAL_DIMENSIONS = {key: DIMENSIONS[key] for key in ("prefecture", "region", "kind")}
SUMS = tuple(name for name in LoanSums.__dataclass_fields__ if name != "lines")
TOTALS = tuple(name for name in TotalSums.__dataclass_fields__ if name != "lines")


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """Which figures are meant. Empty means all; ``sizes`` are the size codes that count."""

    sizes: str = "MSX"
    prefecture: str = ""
    region: str = ""
    industry: str = ""
    kind: str = ""
    include_shenzhen: bool = True

    def conditions(self, *, totals: bool = False) -> dict[str, Any]:
        """Return the conditions on a summary; all loans know no size and no industry."""
        found: dict[str, Any] = {
            "prefecture__code": self.prefecture,
            "prefecture__region": self.region,
            "kind": self.kind,
        }
        if not totals:
            found |= {"size__in": list(self.sizes), "industry": self.industry}
        return {key: value for key, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class Documents:
    """The accepted documents of some periods, as known at a past moment."""

    ids: frozenset[int]


def sums_by(
    *,
    periods: Iterable[Period],
    dimension: str | None,
    where: LoanFilter,
    known: Documents | None = None,
) -> dict[tuple[int, str], LoanSums]:
    """Return sums per (period id, value of ``dimension``); "" stands for no dimension.

    One query, whatever the size of the history. With ``known`` the lines of just those
    documents are summed instead of the summaries.
    """
    source, kind = _lines(known) if known else (_summary(dimension, where), "kind")
    rows = _grouped(source, kind, periods, dimension and DIMENSIONS[dimension], where, False)
    counted = Count("pk") if known else Sum("lines")
    return {
        (row["period_id"], row.get("group") or ""): _filled(LoanSums, SUMS, row)
        for row in rows.annotate(counted=counted, **{f"sum_{n}": Sum(n) for n in SUMS})
    }


def totals_by(
    *,
    periods: Iterable[Period],
    dimension: str | None,
    where: LoanFilter,
    known: Documents | None = None,
) -> dict[tuple[int, str], TotalSums]:
    """Return sums of all loans, as ``sums_by`` does for lines."""
    source, kind = _totals(known) if known else (LoanTotalSummary.objects.all(), "kind")
    rows = _grouped(source, kind, periods, dimension and TOTAL_DIMENSIONS[dimension], where, True)
    counted = Count("pk") if known else Sum("lines")
    return {
        (row["period_id"], row.get("group") or ""): _filled(TotalSums, TOTALS, row)
        for row in rows.annotate(counted=counted, **{f"sum_{n}": Sum(n) for n in TOTALS})
    }


def _summary(dimension: str | None, where: LoanFilter) -> QuerySet:
    """The smallest summary that knows what is asked."""
    by_industry = dimension == "industry" or where.industry
    return (LoanSummary if by_industry else LoanSizeSummary).objects.all()


def _lines(known: Documents) -> tuple[QuerySet, str]:
    return LoanLine.objects.filter(document_id__in=known.ids), "institution__kind"


def _totals(known: Documents) -> tuple[QuerySet, str]:
    return LoanTotal.objects.filter(document_id__in=known.ids), "institution__kind"


def _grouped(
    source: QuerySet,
    kind: str,
    periods: Iterable[Period],
    column: str | None,
    where: LoanFilter,
    totals: bool,
) -> QuerySet:
    conditions = where.conditions(totals=totals)
    if "kind" in conditions:
        conditions[kind] = conditions.pop("kind")
    rows = source.filter(period__in=[period.pk for period in periods], **conditions)
    if not where.include_shenzhen:
        rows = rows.exclude(prefecture__code=Prefecture.SHENZHEN)
    rows = rows.order_by()
    if not column:
        return rows.values("period_id")
    return rows.values("period_id", group=F(kind if column == "kind" else column))


def _filled(kind: type, names: tuple[str, ...], row: Mapping[str, Any]) -> Any:
    return kind(**{name: row[f"sum_{name}"] for name in names}, lines=row["counted"])
