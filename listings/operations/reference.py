"""Loading the default batches and what proves that one is entered."""

import datetime
import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from listings.models import EvidenceRequirement, Stage, StageTerm

FOLDER = Path(__file__).resolve().parent.parent / "reference"
# No source names the batches or their papers.
PRACTICE = "默认设置（以本省文件为准） Default (the province's document prevails)"


@transaction.atomic
def load_stages() -> int:
    """Load the default batches unless the province has its own; return how many were new."""
    if Stage.objects.filter(prefecture=None).exists():
        return 0
    items = json.loads((FOLDER / "stages.json").read_text())
    for item in items:
        start = datetime.date.fromisoformat(item["valid_from"])
        stage = Stage(
            code=item["code"],
            listing=item["listing"],
            name=item["name"],
            name_en=item["name_en"],
            note=item["note"],
        )
        stage.save()
        StageTerm(
            code=f"SN-{item['code']}",
            stage=stage,
            valid_from=start,
            name=item["name"],
            name_en=item["name_en"],
            order=item["order"],
            recorded_at=timezone.make_aware(datetime.datetime.combine(start, datetime.time())),
        ).save()
        for each in item["evidence"]:
            EvidenceRequirement(stage=stage, valid_from=start, source=PRACTICE, **each).save()
    return len(items)
