"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "接口"

    def ready(self) -> None:
        """Whatever the feed of changes tells wakes the webhooks."""
        from django.db.models.signals import post_save
        from simple_history.signals import post_create_historical_record

        from api.webhooks.waking import wake
        from core.models import JournalEntry

        post_save.connect(wake, sender=JournalEntry, dispatch_uid="webhooks")
        post_create_historical_record.connect(wake, dispatch_uid="webhooks")
