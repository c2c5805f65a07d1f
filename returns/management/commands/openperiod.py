"""Open a month's period."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from returns.operations import open_period
from returns.queries.named import actor_called


class Command(BaseCommand):
    help = "Open the period YYYY-MM of a form with its obligations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="YYYY-MM")
        parser.add_argument("--form", default="sme-loans")
        parser.add_argument("--username", required=True, help="a provincial clerk's account")

    def handle(self, *args: Any, **options: Any) -> None:
        year, _dash, month = options["period"].partition("-")
        if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
            raise CommandError("A period reads like 2012-06.")
        try:
            period = open_period(
                actor=actor_called(options["username"]),
                form=options["form"],
                year=int(year),
                month=int(month),
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message.en}") from error
        duties = period.obligations.count()
        self.stdout.write(f"{period.code} is open, due on {period.due_on}; {duties} must file.")
