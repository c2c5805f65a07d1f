"""Rebuild the summaries from the accepted lines, or prove that they are equal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from returns.forms import FORMS
from returns.forms.storing import storing
from returns.models import Return, ReturnState


class Command(BaseCommand):
    help = "Rebuild the summaries that reports read; with --verify only compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", help="change nothing, compare")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong: list[str] = []
        for code in FORMS:
            accepted = list(
                Return.objects.filter(period__form=code, state=ReturnState.ACCEPTED).values_list(
                    "document_id", "period_id", "institution_id"
                )
            )
            self.stdout.write(f"{code}: {len(accepted)} accepted returns ...")
            wrong += storing(code).rebuild(accepted, options["verify"])
        for each in wrong[:50]:
            self.stdout.write(each)
        if options["verify"] and wrong:
            raise CommandError(f"{len(wrong)} differences; run rebuild_summaries to mend them.")
        self.stdout.write("The summaries equal the lines.")
