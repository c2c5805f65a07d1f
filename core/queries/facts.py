"""Dated facts for people: a timeline with documents, authority and files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.fact_kinds import DELEGABLE, FACT_FORMS, reason_label
from core.models import Fact, Institution
from core.tabular import formats


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact with what it says, as label and text pairs, and its files."""

    fact: Fact
    details: tuple[tuple[str, str], ...]
    files: tuple[Any, ...]


def timeline(institution: Institution) -> list[FactLine]:
    """All facts of an institution, newest first, voided ones among them. Two queries."""
    facts = (
        Fact.objects.filter(institution=institution)
        .select_related(
            "institution",
            "county",
            "prefecture",
            "delegation__prefecture",
            "recorded_by",
            "voided_by",
        )
        .prefetch_related("attachments")
        .order_by("-happened_on", "-pk")
    )
    return [FactLine(fact, tuple(_details(fact)), tuple(fact.attachments.all())) for fact in facts]


def _details(fact: Fact) -> Iterable[tuple[str, str]]:
    uses = FACT_FORMS[fact.kind].uses if fact.kind in FACT_FORMS else ()
    for column in (*uses, *DELEGABLE, "old_name", "note"):
        value = getattr(fact, column)
        if value in (None, ""):
            continue
        label = _(str(Fact._meta.get_field(column).verbose_name))
        yield label, _in_words(fact, column, value)


def _in_words(fact: Fact, column: str, value: Any) -> str:
    if column == "authority":
        return _(fact.get_authority_display())
    if column == "level":
        return _(fact.get_level_display())
    if column == "reason":
        return _(reason_label(fact.kind, value))
    if column == "capital":
        return formats.money(value)
    if column == "stake":
        return formats.percent_value(value)
    return str(value)
