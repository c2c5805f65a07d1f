"""Open a month's period."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from core.models import User
from returns.operations import open_period


class Command(BaseCommand):
    help = "Open the period YYYY-MM of a form with its obligations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="YYYY-MM")
        parser.add_argument("--form", default="sme-loans")
        parser.add_argument("--user", required=True, help="a provincial clerk's user name")

    def handle(self, *args: Any, **options: Any) -> None:
        year, _dash, month = options["period"].partition("-")
        actor = User.objects.filter(username=options["user"]).first()
        if actor is None or not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
            raise CommandError("Give an existing --user and a period such as 2012-06.")
        try:
            period = open_period(
                actor=actor,
                form=options["form"],
                year=int(year),
                month=int(month),
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message.en}") from error
        duties = period.obligations.count()
        self.stdout.write(f"{period.code} is open, due on {period.due_on}; {duties} must file.")
