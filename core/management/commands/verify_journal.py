"""Verify the hash chain of the journal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.models import JournalEntry
from core.operations.journal import verify


class Command(BaseCommand):
    help = "Walk the journal from its start and prove that nothing was changed or left out."

    def handle(self, *args: Any, **options: Any) -> None:
        def progress(done: int, total: int) -> None:
            self.stdout.write(f"\r{done}/{total}", ending="")

        broken = verify(progress)
        if broken is not None:
            raise CommandError(f"The chain breaks at entry {broken}.")
        self.stdout.write(f"\r{JournalEntry.objects.count()} entries, the chain is whole.")
