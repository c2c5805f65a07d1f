"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "报告"

    def ready(self) -> None:
        from core.registers.panels import contribute
        from reports.watch.panel import headroom

        contribute(headroom)
