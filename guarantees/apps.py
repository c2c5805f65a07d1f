"""The guarantees app."""

from django.apps import AppConfig


class GuaranteesConfig(AppConfig):
    name = "guarantees"
    verbose_name = "担保"

    def ready(self) -> None:
        """Make the app's registers known to the house."""
        from core.registers import catalogue
        from guarantees.registers import REGISTERS

        catalogue.add(*REGISTERS)
