"""Hand in a file from the command line, the way the page does."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.errors import DomainError
from core.models import Period, User
from core.queries.periods import period_called as called
from core.spreadsheets.guard import ZIP
from returns.checking.words import describe
from returns.forms import FORMS
from returns.forms import form as form_of
from returns.operations import receive
from returns.operations.periods import institution_called


class Command(BaseCommand):
    help = "Submit FILE as an institution's return of a period; prints every finding."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--institution", required=True, help="code")
        parser.add_argument("--form", default="sme-loans", choices=sorted(FORMS))
        parser.add_argument("--period", required=True, help="2012-06, or 2012-H1")
        parser.add_argument("--user", required=True, help="the preparer's user name")
        parser.add_argument("--language", default="en", choices=["zh-hans", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"No file {path}.")
        actor = User.objects.filter(username=options["user"]).first()
        if actor is None:
            raise CommandError(f"No user {options['user']}.")
        language = options["language"]
        data = path.read_bytes()
        try:
            record, found = receive(
                actor=actor,
                institution=institution_called(options["institution"]),
                period=period_called(options["form"], options["period"]),
                data=data,
                filename=path.name,
                channel="workbook" if data.startswith(ZIP) else "csv",
                now=timezone.now(),
            )
        except DomainError as error:
            raise CommandError(f"{error.code}: {error.message.in_language(language)}") from error
        for finding in found.findings:
            words = describe(finding, form_of(options["form"]))
            place, message = words.place.in_language(language), words.message.in_language(language)
            self.stdout.write(f"{finding.severity:8} {finding.check_code} {place}: {message}")
            self.stdout.write(f"         {words.cure.in_language(language)}")
        self.stdout.write(
            f"{record}: {record.line_count} lines, {record.error_count} errors, "
            f"{record.warning_count} warnings."
        )
        if record.error_count:
            raise CommandError("The return has errors; mend them and submit again.")


def period_called(form: str, code: str) -> Period:
    """Return a form's period by its code. Raises CommandError."""
    found = called(form=form, code=code)
    if found is None:
        raise CommandError(f"No period {code} of {form}; periods read like 2012-06 or 2012-H1.")
    return found
