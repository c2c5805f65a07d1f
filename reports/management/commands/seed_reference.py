"""Load territory, rule parameters, goals, the rating scale, batches and the work calendar."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.operations.reference import load_calendar, load_rules, load_territory
from finance.operations.reference import load_goals
from guarantees.operations.reference import load_rating_scale
from listings.operations.reference import load_stages
from plan.operations.reference import load_plan


class Command(BaseCommand):
    help = "Load reference data. Running it again adds what is new and changes nothing else."

    def handle(self, *args: Any, **options: Any) -> None:
        prefectures, counties = load_territory()
        added = {
            "prefectures": prefectures,
            "counties": counties,
            "rules": load_rules(),
            "goals": load_goals(),
            "rating grades": load_rating_scale(),
            "batches": load_stages(),
            "targets of the plan": load_plan(),
            "calendar days": load_calendar(last_year=timezone.localdate().year + 1),
        }
        self.stdout.write(", ".join(f"{number} {name}" for name, number in added.items()))
