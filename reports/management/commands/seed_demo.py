"""Make the demonstration: invented institutions, people and returns."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reports.demo.seed import seed


class Command(BaseCommand):
    help = "Make invented demo data from a seed. Does nothing where it was made before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2012)
        parser.add_argument("--banks", type=int, default=24)
        parser.add_argument("--months", type=int, default=25)

    def handle(self, *args: Any, **options: Any) -> None:
        def progress(done: int, total: int) -> None:
            self.stdout.write(f"\rDemo returns {done}/{total}", ending="")
            self.stdout.flush()

        said = seed(
            seed=options["seed"],
            banks=options["banks"],
            months=options["months"],
            now=timezone.now(),
            progress=progress,
        )
        self.stdout.write("\n" + said)
