"""The listings app."""

from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "listings"
    verbose_name = "上市"

    def ready(self) -> None:
        """Make the app's registers known, and follow the work calendar."""
        from core.operations.reference import calendar_changed
        from core.registers import catalogue
        from listings.operations.green_channel import refresh_clocks
        from listings.registers import REGISTERS

        catalogue.add(*REGISTERS)
        calendar_changed.connect(refresh_clocks)
