"""The reports app."""

from django.apps import AppConfig

from core.text import Text


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "报告"

    def ready(self) -> None:
        from core import change_kinds
        from core.change_kinds import ChangeKind
        from core.registers.panels import contribute
        from reports.models import PublishedReport
        from reports.watch.panel import headroom

        contribute(headroom)
        change_kinds.add(
            ChangeKind(
                "published-reports",
                PublishedReport,
                Text("已发布报告", "published reports"),
                "number",
                named=True,
            )
        )
