"""Drop old snapshots with their files; run once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from api.snapshots.taking import drop_old


class Command(BaseCommand):
    help = "Drop snapshots older than SNAPSHOT_KEEP_DAYS with their files (once a day)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{drop_old(timezone.now())} old snapshots gone.")
