"""Where the figures of the guarantee forms are kept."""

from core.figures.storing import ItemTable
from core.models.figures import ItemSummary
from guarantees.models import figures

FIXED = {field.name for field in ItemSummary._meta.get_fields()} | {"id"}


def _table(name: str, dimension: str, lines: type, summary: type) -> ItemTable:
    measures = tuple(
        field.name for field in summary._meta.concrete_fields if field.name not in FIXED
    )
    return ItemTable(name, dimension, lines, summary, measures)


MONTHLY = (
    _table(
        "business", "business_item", figures.GuaranteeBusiness, figures.GuaranteeBusinessSummary
    ),
    _table(
        "compensation",
        "compensation_item",
        figures.GuaranteeCompensation,
        figures.GuaranteeCompensationSummary,
    ),
    _table("amounts", "amount_item", figures.GuaranteeAmount, figures.GuaranteeAmountSummary),
    _table("banks", "bank_type", figures.GuaranteeBank, figures.GuaranteeBankSummary),
)
HALF_YEARLY = (
    _table(
        "half_year", "half_year_item", figures.GuaranteeHalfYear, figures.GuaranteeHalfYearSummary
    ),
)
