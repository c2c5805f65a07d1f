"""Remind people of what is due, late or running out; run each morning."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.operations.reminders import remind_of_expiries
from plan.operations.reminders import remind_of_plan
from returns.operations.reminders import remind_of_returns


class Command(BaseCommand):
    help = "Tell people what is due, late or running out; nobody is told the same twice."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--on", type=datetime.date.fromisoformat, help="the day (today)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        today = options["on"] or timezone.localdate(now)
        for what, remind in (
            ("returns", remind_of_returns),
            ("the plan", remind_of_plan),
            ("expiries", remind_of_expiries),
        ):
            self.stdout.write(f"{remind(today=today, now=now)} reminded of {what}.")
