"""Open a form's period."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from core.models import User
from core.queries.periods import year_and_number
from returns.forms import FORMS
from returns.operations import open_period


class Command(BaseCommand):
    help = "Open a period (2012-06, or 2012-H1) of a form with its obligations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="2012-06, or 2012-H1")
        parser.add_argument("--form", default="sme-loans")
        parser.add_argument("--user", required=True, help="a provincial clerk's user name")

    def handle(self, *args: Any, **options: Any) -> None:
        found = year_and_number(options["period"])
        actor = User.objects.filter(username=options["user"]).first()
        if actor is None or found is None or options["form"] not in FORMS:
            raise CommandError("Give an existing --user and --form, and a period such as 2012-06.")
        try:
            period = open_period(
                actor=actor,
                form=options["form"],
                year=found[0],
                number=found[1],
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message.en}") from error
        duties = period.obligations.count()
        self.stdout.write(f"{period.code} is open, due on {period.due_on}; {duties} must file.")
