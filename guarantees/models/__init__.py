"""Guarantee agencies, their ratings, loss sharing, and what supports them."""

from guarantees.models.agencies import GuaranteeAgency
from guarantees.models.credit_information import (
    CreditCoverage,
    EvaluationScheme,
    PlatformParticipant,
)
from guarantees.models.figures import (
    GuaranteeAmount,
    GuaranteeAmountSummary,
    GuaranteeBank,
    GuaranteeBankSummary,
    GuaranteeBusiness,
    GuaranteeBusinessSummary,
    GuaranteeCompensation,
    GuaranteeCompensationSummary,
    GuaranteeHalfYear,
    GuaranteeHalfYearSummary,
)
from guarantees.models.fund import FundEntry, GuaranteeFund
from guarantees.models.loss_sharing import (
    CaseLine,
    CaseMovement,
    CompensationCase,
    CooperationAgreement,
    LossShareScheme,
    SchemeParticipant,
)
from guarantees.models.pilots import InsurancePilot, PilotFigure, PilotParticipant
from guarantees.models.ratings import CreditRating, RatingGrade, SupervisoryGrade
from guarantees.models.reguarantee import Contribution, ReguaranteeCompany
from guarantees.models.support import SupportApplication, SupportPayment, SupportProgramme
from guarantees.models.training import Attendance, TrainingCourse

__all__ = [
    "Attendance",
    "CaseLine",
    "CaseMovement",
    "CompensationCase",
    "Contribution",
    "CooperationAgreement",
    "CreditCoverage",
    "CreditRating",
    "EvaluationScheme",
    "FundEntry",
    "GuaranteeAgency",
    "GuaranteeAmount",
    "GuaranteeAmountSummary",
    "GuaranteeBank",
    "GuaranteeBankSummary",
    "GuaranteeBusiness",
    "GuaranteeBusinessSummary",
    "GuaranteeCompensation",
    "GuaranteeCompensationSummary",
    "GuaranteeFund",
    "GuaranteeHalfYear",
    "GuaranteeHalfYearSummary",
    "InsurancePilot",
    "LossShareScheme",
    "PilotFigure",
    "PilotParticipant",
    "PlatformParticipant",
    "RatingGrade",
    "ReguaranteeCompany",
    "SchemeParticipant",
    "SupervisoryGrade",
    "SupportApplication",
    "SupportPayment",
    "SupportProgramme",
    "TrainingCourse",
]
