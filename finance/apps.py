"""The finance app."""

from django.apps import AppConfig

from core.text import Text


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = "银行与贷款"

    def ready(self) -> None:
        """Make the app's registers and kinds known to the house."""
        from core import change_kinds
        from core.change_kinds import ChangeKind
        from core.registers import catalogue
        from finance.models import LoanLine, VillageBank
        from finance.registers import REGISTERS

        catalogue.add(*REGISTERS)
        change_kinds.add(
            ChangeKind("village-banks", VillageBank, Text("村镇银行", "village banks"),
                       "institution__code", "institution__prefecture_id"),
            ChangeKind("loan-figures", LoanLine, Text("小微贷款数字", "loan figures"),
                       group=("period", "institution")),
        )  # fmt: skip
