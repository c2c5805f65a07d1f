"""The registers of the plan, declared as data."""

from plan.registers.consolidated_reports import CONSOLIDATED
from plan.registers.plans import ITEMS, MEASURES, PLANS, UNITS
from plan.registers.progress_reports import REPORTS
from plan.registers.reporting import CONTACTS, EVENTS, PROGRESS
from plan.registers.targets import MILESTONES, TARGETS

REGISTERS = (
    PLANS,
    MEASURES,
    ITEMS,
    UNITS,
    TARGETS,
    MILESTONES,
    PROGRESS,
    EVENTS,
    CONTACTS,
    REPORTS,
    CONSOLIDATED,
)
