"""The returns app."""

from django.apps import AppConfig

from core.text import Text


class ReturnsConfig(AppConfig):
    name = "returns"
    verbose_name = "报表"

    def ready(self) -> None:
        """Make the app's kinds known to the feed of changes."""
        from core import change_kinds
        from core.change_kinds import ChangeKind
        from returns.models import Obligation, Return

        where = "institution__prefecture_id"
        change_kinds.add(
            ChangeKind("returns", Return, Text("报表", "returns"), "pk", where, named=True),
            ChangeKind("obligations", Obligation, Text("填报任务", "obligations"), "pk", where,
                       named=True),
        )  # fmt: skip
