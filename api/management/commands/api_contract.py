"""``api_contract [--write]``: what of the interface's contract is broken; keep it as it is now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from api.contract.keeping import CONTRACT, promised_now, undeclared, written


class Command(BaseCommand):
    help = "Compare the interface with its contract; with --write keep what it promises now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/api-contract.json")

    def handle(self, *args: Any, **options: Any) -> None:
        found = undeclared() if CONTRACT.exists() else []
        if found:
            raise CommandError(
                "Broken and not declared in docs/api-breaks.toml (see docs/api-policy.md):\n"
                + "\n".join(found)
            )
        if options["write"]:
            CONTRACT.write_text(written(promised_now()), encoding="utf-8")
        self.stdout.write("Nothing is broken that was not declared.")
