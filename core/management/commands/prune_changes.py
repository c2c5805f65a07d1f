"""Drop old changes of the feed; run once a day."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from core.operations.changes import begin_anew, prune


class Command(BaseCommand):
    help = "Drop changes written longer than CHANGES_KEEP_DAYS ago (once a day)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew",
            action="store_true",
            help="after restoring a backup: let every follower begin with a snapshot",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["anew"]:
            begin_anew()
            self.stdout.write("The feed begins anew: all cursors of before are gone.")
        before = timezone.now() - datetime.timedelta(days=settings.CHANGES_KEEP_DAYS)
        self.stdout.write(f"{prune(before=before)} old changes gone.")
