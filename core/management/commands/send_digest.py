"""Send everybody one e-mail with what is unread; run once a day, after ``send_reminders``."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.operations.mailing import send_digests


class Command(BaseCommand):
    help = "Send each person one e-mail with the unread notifications that were not mailed."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMAIL_HOST:
            self.stdout.write("No e-mail server is named (EMAIL_HOST); nothing was sent.")
            return
        sent, errors = send_digests(now=timezone.now())
        self.stdout.write(f"{sent} digests sent.")
        if errors:
            raise CommandError("not sent, kept for the next run: " + "; ".join(errors))
