"""What was learnt of returns and registry entries since a publication."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from core.models import Period, Prefecture
from core.naming import both
from core.registers.catalogue import REGISTERS
from core.text import Text
from reports.declaration import Evidence
from reports.links import address
from returns.models import Return


def accepted_since(period: Period | None, moment: datetime.datetime) -> list[Evidence]:
    """The returns of the period that were accepted after ``moment``."""
    if period is None:
        return []
    rows = Return.objects.filter(period=period, accepted_at__gt=moment)
    return [
        Evidence(
            on=each.accepted_at.date(),
            what=Text(
                f"接受 {each.institution} {each.period} 第 {each.revision} 版",
                f"Accepted {each.institution} {each.period.code} revision {each.revision}",
            ),
            where=Text(each.institution.prefecture.name, each.institution.prefecture.name_en),
            document=each.receipt_number,
            url=reverse("returns:return", args=[each.pk]),
            keys=(each.institution.prefecture.code, each.institution.prefecture.region),
        )
        for each in rows.select_related("institution__prefecture", "period").order_by("accepted_at")
    ]


def entries_since(models: Iterable[Any], moment: datetime.datetime) -> list[Evidence]:
    """Registry entries that were made, changed or voided after ``moment``; a query a kind."""
    return [_entry(model, row) for model in models for row in _changed(model, moment)]


def _changed(model: Any, moment: datetime.datetime) -> Any:
    """The last state of each entry that was saved since."""
    rows = model.history.filter(history_date__gt=moment).order_by("history_date", "history_id")
    return {row.id: row for row in rows}.values()


def _entry(model: Any, row: Any) -> Evidence:
    words, entry = both(model._meta.verbose_name), row.instance
    place = _place(model, entry)
    why = row.history_change_reason or ""
    said = Text(why, why)
    if entry.voided_at:
        said = Text(f"作废：{entry.void_reason}", f"voided: {entry.void_reason}")
    register = next((each for each in REGISTERS.values() if each.model is model), None)
    return Evidence(
        on=row.history_date.date(),
        what=Text(f"{words.zh} {entry} {said.zh}".strip(), f"{words.en} {entry} {said.en}".strip()),
        where=Text(place.name, place.name_en) if place else Text("全省", "The province"),
        document=entry.code,
        url=address(register.url_name("record"), entry.code) if register else "",
        keys=_keys(register.key if register else "", entry.code, place),
    )


def _keys(register: str, code: str, place: Prefecture | None) -> tuple[str, ...]:
    own = (f"{register}/{code}",)
    return own if place is None else (*own, place.code, place.region)


def _place(model: Any, entry: Any) -> Prefecture | None:
    """The prefecture that an entry belongs to, by the path of its kind."""
    found = entry
    for step in model.PREFECTURE_PATH.removesuffix("_id").split("__"):
        found = getattr(found, step)
        if found is None:
            return None
    return found
