"""The core app."""

from django.apps import AppConfig

from core.text import Text


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        """Register the receivers; make the registers and kinds of the ground known."""
        from core import change_kinds, signals  # noqa: F401
        from core.change_kinds import ChangeKind
        from core.models import County, Fact, Institution, Period, Prefecture, RuleParameter
        from core.registers import catalogue
        from core.registers.departments import DEPARTMENTS
        from core.registers.supervision import REGISTERS

        catalogue.add(*REGISTERS, DEPARTMENTS)
        change_kinds.add(
            ChangeKind("prefectures", Prefecture, Text("地级以上市", "prefectures"),
                       prefecture="pk", named=True),
            ChangeKind("counties", County, Text("县（市、区）", "counties"),
                       prefecture="prefecture_id"),
            ChangeKind("institutions", Institution, Text("机构", "institutions"),
                       prefecture="prefecture_id"),
            ChangeKind("approvals", Fact, Text("批复与事项", "approvals and dated facts"), "pk",
                       "institution__prefecture_id", named=True),
            ChangeKind("periods", Period, Text("报告期", "periods"), "pk", named=True),
            ChangeKind("rules", RuleParameter, Text("规则参数", "rules"), "pk"),
        )  # fmt: skip
