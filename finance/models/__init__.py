"""Banks, village banks, microloan companies, what serves small firms, loan figures and goals."""

from finance.models.goals import LoanGoal
from finance.models.loans import LoanLine, LoanTotal
from finance.models.microloan_companies import MicroloanCompany, Shareholder
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
from finance.models.platforms import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    PlatformResult,
    ServicePoint,
)
from finance.models.summaries import (
    LoanInstitutionSummary,
    LoanSizeSummary,
    LoanSummary,
    LoanTotalSummary,
)
from finance.models.village_banks import VillageBank

__all__ = [
    "CooperationPlatform",
    "EventDrawing",
    "FinancingEvent",
    "LoanGoal",
    "LoanInstitutionSummary",
    "LoanLine",
    "LoanSizeSummary",
    "LoanSummary",
    "LoanTotal",
    "LoanTotalSummary",
    "MicroloanAmount",
    "MicroloanAmountSummary",
    "MicroloanBalance",
    "MicroloanBalanceSummary",
    "MicroloanCompany",
    "MicroloanFlow",
    "MicroloanFlowSummary",
    "MicroloanIndicator",
    "MicroloanIndicatorSummary",
    "PlatformResult",
    "ServicePoint",
    "Shareholder",
    "VillageBank",
]
