"""Where the figures of ``microloan`` are kept."""

from core.figures.storing import ItemTable
from finance.models.microloan_figures import (
    MicroloanAmount,
    MicroloanAmountSummary,
    MicroloanBalance,
    MicroloanBalanceSummary,
    MicroloanFlow,
    MicroloanFlowSummary,
    MicroloanIndicator,
    MicroloanIndicatorSummary,
)

TABLES = (
    ItemTable(
        "balances",
        "balance_item",
        MicroloanBalance,
        MicroloanBalanceSummary,
        ("balance", "number"),
    ),
    ItemTable(
        "flows",
        "flow_item",
        MicroloanFlow,
        MicroloanFlowSummary,
        ("granted", "collected", "granted_year", "collected_year"),
    ),
    ItemTable("amounts", "amount_item", MicroloanAmount, MicroloanAmountSummary, ("amount",)),
    ItemTable(
        "indicators", "indicator_item", MicroloanIndicator, MicroloanIndicatorSummary, ("value",)
    ),
)
