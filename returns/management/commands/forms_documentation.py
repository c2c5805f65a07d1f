"""``forms_documentation``: write docs/forms.md from the declarations, or check that it is up
to date."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from returns.forms.documentation import markdown

PATH = Path(settings.BASE_DIR) / "docs" / "forms.md"


class Command(BaseCommand):
    help = "Write docs/forms.md (data dictionary and checks) from the declarations."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is current")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = markdown()
        if options["check"]:
            if not PATH.exists() or PATH.read_text(encoding="utf-8") != wanted:
                raise CommandError(
                    "docs/forms.md is out of date: run manage.py forms_documentation"
                )
            self.stdout.write("docs/forms.md is up to date")
            return
        PATH.parent.mkdir(exist_ok=True)
        PATH.write_text(wanted, encoding="utf-8")
        self.stdout.write(f"wrote {PATH.name}")
