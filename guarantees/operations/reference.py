"""Loading the scale of credit ratings."""

import json

from django.db import transaction

from core.operations.reference import FOLDER
from guarantees.models import RatingGrade


@transaction.atomic
def load_rating_scale() -> int:
    """Load the grades that are not there yet; return how many were new."""
    known = set(RatingGrade.objects.values_list("code", flat=True))
    scale = json.loads((FOLDER / "rating_scale.json").read_text())
    new = [RatingGrade(**item) for item in scale if item["code"] not in known]
    RatingGrade.objects.bulk_create(new)
    return len(new)
