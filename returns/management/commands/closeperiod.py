"""Close a period, or open it again for a reason."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from core.models import User
from returns.forms import FORMS
from returns.management.commands.submit import period_called
from returns.operations import close_period, reopen_period


class Command(BaseCommand):
    help = "Close a period (2012-06, or 2012-H1) of a form; --reopen REASON opens it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="2012-06, or 2012-H1")
        parser.add_argument("--form", default="sme-loans", choices=sorted(FORMS))
        parser.add_argument("--user", required=True, help="a provincial clerk's user name")
        parser.add_argument("--reopen", metavar="REASON")

    def handle(self, *args: Any, **options: Any) -> None:
        period = period_called(options["form"], options["period"])
        actor = User.objects.filter(username=options["user"]).first()
        if actor is None:
            raise CommandError(f"No user {options['user']}.")
        common = {"actor": actor, "period": period, "now": timezone.now()}
        try:
            if options["reopen"]:
                reopen_period(reason=options["reopen"], **common)
            else:
                close_period(**common)
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message.en}") from error
        self.stdout.write(f"{period.code} is {'open again' if options['reopen'] else 'closed'}.")
