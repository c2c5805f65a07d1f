"""The core app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        """Register the receivers, and make the registers of the ground known."""
        from core import signals  # noqa: F401
        from core.registers import catalogue
        from core.registers.departments import DEPARTMENTS
        from core.registers.supervision import REGISTERS

        catalogue.add(*REGISTERS, DEPARTMENTS)
