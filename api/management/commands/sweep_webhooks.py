"""Queue webhooks whose turn was lost with a worker; run every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from api.webhooks.waking import forget_old, sweep


class Command(BaseCommand):
    help = "Queue deliveries of webhooks that no worker has in hand (every five minutes)."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"{sweep(now)} subscriptions queued, {forget_old(now)} old events gone.")
