"""``report CODE --as-of DATE [--known-at MOMENT] [--format …] [--out FILE]``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from reports.forms import known_moment
from reports.registry import REPORTS, compute
from reports.rendering import FORMATS, render


class Command(BaseCommand):
    help = "Compute a report for any date and write it as PDF, workbook, JSON, CSV or SDMX."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", choices=sorted(REPORTS), help="which report")
        parser.add_argument("--as-of", required=True, help="the date, as 2012-06-30")
        parser.add_argument("--known-at", default="", help="as 2012-07-20T09:00; now if not given")
        parser.add_argument("--format", choices=sorted(FORMATS), default="json")
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument("--out", type=Path, help="file to write; JSON goes to the screen")
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="a further parameter of the report, such as basis=established",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {"as_of": options["as_of"]}
        for pair in options["set"]:
            name, equals, value = pair.partition("=")
            if not equals:
                raise CommandError(f"--set {pair}: write NAME=VALUE")
            asked[name] = value
        now = timezone.now()
        try:
            computed = compute(
                options["code"],
                asked,
                user=None,
                today=timezone.localdate(now),
                known_at=known_moment(options["known_at"], now=now),
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        file = render(computed, options["format"], options["language"], now=now)
        if options["out"] is None and options["format"] == "json":
            self.stdout.write(file.data.decode())
            return
        path = options["out"] or Path(file.name)
        path.write_bytes(file.data)
        self.stdout.write(f"{path} ({len(file.data):,} bytes)")
