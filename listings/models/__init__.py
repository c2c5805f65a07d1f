"""Enterprises, the five batches, and what is kept of listings."""

from listings.models.enterprises import Board, Enterprise, EnterpriseStatus, StrategicIndustry
from listings.models.financials import EnterpriseYear
from listings.models.green_channel import CaseAct, CaseClock, CaseEvent, GreenChannelCase
from listings.models.incentives import (
    EventReport,
    IncentiveAward,
    IncentivePayment,
    IncentivePolicy,
    PolicyBudget,
    PolicyTranche,
)
from listings.models.milestones import ListingMilestone, Milestone, MilestoneResult
from listings.models.notes import (
    CollectiveNote,
    NoteEvent,
    NoteInstalment,
    NoteIssuer,
    NoteRoleHolder,
)
from listings.models.other_finance import (
    EquityInvestment,
    ExchangeDeal,
    ProjectFinance,
    PropertyPledge,
    SecuritiesService,
)
from listings.models.spans import Leaving, SpanState, StageSpan
from listings.models.stages import (
    EnterpriseChange,
    EventKind,
    EvidenceRequirement,
    Stage,
    StageEvent,
    StageEvidence,
    StageTerm,
)

__all__ = [
    "Board",
    "CaseAct",
    "CaseClock",
    "CaseEvent",
    "CollectiveNote",
    "Enterprise",
    "EnterpriseChange",
    "EnterpriseStatus",
    "EnterpriseYear",
    "EquityInvestment",
    "EventKind",
    "EventReport",
    "EvidenceRequirement",
    "ExchangeDeal",
    "GreenChannelCase",
    "IncentiveAward",
    "IncentivePayment",
    "IncentivePolicy",
    "Leaving",
    "ListingMilestone",
    "Milestone",
    "MilestoneResult",
    "NoteEvent",
    "NoteInstalment",
    "NoteIssuer",
    "NoteRoleHolder",
    "PolicyBudget",
    "PolicyTranche",
    "ProjectFinance",
    "PropertyPledge",
    "SecuritiesService",
    "SpanState",
    "Stage",
    "StageEvent",
    "StageEvidence",
    "StageSpan",
    "StageTerm",
    "StrategicIndustry",
]
