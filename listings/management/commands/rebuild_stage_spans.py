"""Write the stretches in batches anew from the events, or prove that they are equal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from listings.models import Enterprise
from listings.operations.spans import CHUNK, differing, rebuild_spans


class Command(BaseCommand):
    help = "Rebuild where enterprises stood from their events; with --verify only compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", help="change nothing, compare")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = list(Enterprise.objects.order_by("pk").values_list("pk", flat=True))
        wrong: list[tuple[int, int, int]] = []
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            found = list(differing(keys=part))
            wrong += found
            if not options["verify"]:
                rebuild_spans([key for key, _missing, _extra in found], now=timezone.now())
            self.stdout.write(f"{min(start + CHUNK, len(keys))}/{len(keys)} enterprises ...")
        for key, missing, extra in wrong[:50]:
            self.stdout.write(f"enterprise {key}: {missing} stretches missing, {extra} too many")
        if options["verify"] and wrong:
            raise CommandError(f"{len(wrong)} enterprises differ; run rebuild_stage_spans.")
        self.stdout.write("Where enterprises stood equals their events.")
