"""Loading the regulatory goals for SME loans."""

import datetime
import json

from django.db import transaction

from core.operations.reference import FOLDER
from finance.models import LoanGoal


@transaction.atomic
def load_goals() -> int:
    """Load the goals that are not there yet; return how many were new."""
    known = set(LoanGoal.objects.values_list("code", "valid_from"))
    added = 0
    for item in json.loads((FOLDER / "goals.json").read_text()):
        start = datetime.date.fromisoformat(item["valid_from"])
        if (item["code"], start) in known:
            continue
        end = item["valid_to"] and datetime.date.fromisoformat(item["valid_to"])
        LoanGoal(**{**item, "valid_from": start, "valid_to": end}).save()
        added += 1
    return added
