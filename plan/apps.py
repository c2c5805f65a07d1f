"""The plan app: the action plan, its measures, targets, dates and those who answer for them."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"
    verbose_name = "行动计划"

    def ready(self) -> None:
        """Make the app's registers known to the house."""
        from core.registers import catalogue
        from plan.registers import REGISTERS

        catalogue.add(*REGISTERS)
