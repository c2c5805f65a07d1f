"""File for many institutions from the command line, the way the page does."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from core.models import User
from core.tabular import Column, stream_csv
from returns.forms import FORMS
from returns.models import BulkSubmission
from returns.models.bulk import PartState
from returns.operations.bulk import submit_many, work_through
from returns.queries.bulk import COLUMNS, flat, with_counts


class Command(BaseCommand):
    help = "Submit FILE (CSV or NDJSON) with many institutions' returns and write the answers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--form", default="", choices=["", *sorted(FORMS)])
        parser.add_argument("--period", default="", help="2012-06, unless rows name theirs")
        parser.add_argument("--user", required=True, help="who submits: an office's user name")
        parser.add_argument("--out", type=Path, help="write the answers to this CSV")
        parser.add_argument("--language", default="en", choices=["zh-hans", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        path, language = options["file"], options["language"]
        if not path.is_file():
            raise CommandError(f"No file {path}.")
        actor = User.objects.filter(username=options["user"]).first()
        if actor is None:
            raise CommandError(f"No user {options['user']}.")
        try:
            submission, new = submit_many(
                actor=actor,
                data=path.read_bytes(),
                filename=path.name,
                form=options["form"],
                period=options["period"],
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message.in_language(language)}") from error
        if not new:
            self.stdout.write("The same file was submitted before; what was not done is done now.")
        work_through(submission, actor=actor, now=timezone.now())
        self._tell(submission, options["out"], language)

    def _tell(self, submission: BulkSubmission, out: Path | None, language: str) -> None:
        found = with_counts(BulkSubmission.objects.filter(pk=submission.pk)).get()
        counts = {state: getattr(found, f"n_{state}") for state in PartState}
        self.stdout.write(
            f"{found.n_parts} institutions: "
            + ", ".join(f"{number} {state}" for state, number in counts.items() if number)
        )
        if out is not None:
            columns = [Column(each.key, each.key, each.kind) for each in COLUMNS]
            with out.open("wb") as file:
                file.writelines(stream_csv(columns, flat(submission, language), language))
            self.stdout.write(f"Answers: {out}")
        if counts[PartState.REFUSED] or counts[PartState.WITH_ERRORS]:
            raise CommandError("Some returns were not taken or have errors; see the answers.")
