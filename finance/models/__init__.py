"""Banks, village banks, loan figures and their goals."""

from finance.models.goals import LoanGoal
from finance.models.loans import LoanLine, LoanTotal
from finance.models.summaries import (
    LoanInstitutionSummary,
    LoanSizeSummary,
    LoanSummary,
    LoanTotalSummary,
)
from finance.models.village_banks import VillageBank

__all__ = [
    "LoanGoal",
    "LoanInstitutionSummary",
    "LoanLine",
    "LoanSizeSummary",
    "LoanSummary",
    "LoanTotal",
    "LoanTotalSummary",
    "VillageBank",
]
