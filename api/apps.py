"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "接口"

    def ready(self) -> None:
        """Whatever the feed of changes tells wakes the webhooks."""
        from api.webhooks.waking import wake
        from core.operations.changes import committed

        committed.connect(wake, dispatch_uid="webhooks")
