"""The action plan as data: a new year is a new plan, not new code."""

from plan.models.consolidated_reports import ConsolidatedReport
from plan.models.contacts import Contact, ContactReply
from plan.models.events import PlanEvent, PlanEventKind
from plan.models.plans import Answering, Measure, MeasureDepartment, MeasureItem, Plan
from plan.models.progress_reports import (
    ProgressReport,
    ReportPeriod,
    ReportSection,
    ReportState,
)
from plan.models.targets import Comparator, Milestone, ProgressEntry, Target
from plan.models.units import Unit

__all__ = [
    "Answering",
    "Comparator",
    "ConsolidatedReport",
    "Contact",
    "ContactReply",
    "Measure",
    "MeasureDepartment",
    "MeasureItem",
    "Milestone",
    "Plan",
    "PlanEvent",
    "PlanEventKind",
    "ProgressEntry",
    "ProgressReport",
    "ReportPeriod",
    "ReportSection",
    "ReportState",
    "Target",
    "Unit",
]
