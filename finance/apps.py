"""The finance app."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = "银行与贷款"

    def ready(self) -> None:
        """Make the app's registers known to the house."""
        from core.registers import catalogue
        from finance.registers import REGISTERS

        catalogue.add(*REGISTERS)
