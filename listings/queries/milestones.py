"""Boards, regimes and suspensions as data, and the milestones of an enterprise."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

from core.naming import both
from core.text import Text
from listings.models import Board, ListingMilestone
from listings.rules.milestones import BoardLife, Calendar, Reached, Suspension, Template

FOLDER = Path(__file__).resolve().parent.parent / "reference"


@cache
def calendar() -> Calendar:
    """All that is dated about boards, from the data files."""
    steps = json.loads((FOLDER / "milestones.json").read_text())
    boards = json.loads((FOLDER / "boards.json").read_text())
    return Calendar(
        boards={item["code"]: _board(item) for item in boards},
        templates=tuple(_template(item) for item in steps["templates"]),
        suspensions=tuple(_suspension(item) for item in steps["suspensions"]),
        steps={code: Text(*words) for code, words in steps["steps"].items()},
    )


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _board(item: dict[str, Any]) -> BoardLife:
    return BoardLife(
        code=item["code"],
        name=both(Board(item["code"]).label),
        since=_day(item["from"]),
        until=_day(item["to"]),
        listing=item["listing"],
        securities=tuple(item["securities"]),
        province_from=_day(item.get("province_from")),
        note=item["note"],
    )


def _template(item: dict[str, Any]) -> Template:
    return Template(
        key=item["key"],
        name=Text(*item["name"]),
        boards=tuple(item["boards"]),
        valid_from=datetime.date.fromisoformat(item["valid_from"]),
        valid_to=_day(item["valid_to"]),
        steps=tuple(item["steps"]),
        source=item["source"],
        certainty=item["certainty"],
    )


def _suspension(item: dict[str, Any]) -> Suspension:
    return Suspension(
        since=datetime.date.fromisoformat(item["from"]),
        until=datetime.date.fromisoformat(item["to"]),
        boards=tuple(item["boards"]),
        steps=tuple(item["steps"]),
        note=Text(*item["note"]),
    )


def reached_by(enterprise: Any, *, as_of: datetime.date) -> list[Reached]:
    """The milestones of an enterprise by a day, oldest first. One query."""
    rows = ListingMilestone.objects.standing().filter(enterprise=enterprise, happened_on__lte=as_of)
    return [as_rule(row) for row in rows.order_by("happened_on", "pk")]


def as_rule(row: ListingMilestone) -> Reached:
    """A milestone as the rules read it."""
    return Reached(row.board, row.milestone, row.happened_on, row.security_code)
