"""Loading reference data. Loading again adds what is new and leaves what an office edited."""

import csv
import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import chinese_calendar
from django.db import transaction
from django.dispatch import Signal

from core import pinyin
from core.models import County, Prefecture, RuleParameter, Workday
from core.models.territory import CountyKind, Region

FOLDER = Path(__file__).resolve().parent.parent / "reference"
# The words of the data files; labels of the interface may be in another language.
KINDS = {
    "市辖区": CountyKind.DISTRICT,
    "县级市": CountyKind.COUNTY_CITY,
    "县": CountyKind.COUNTY,
    "自治县": CountyKind.AUTONOMOUS,
}
REGIONS = {
    "珠三角": Region.PEARL_DELTA,
    "粤东": Region.EAST,
    "粤西": Region.WEST,
    "粤北": Region.NORTH,
}
EPOCH = datetime.date(2000, 1, 1)
FIRST_CALENDAR_YEAR = 2010
calendar_changed = Signal()  # working days differ from now on: what counts them counts anew


@transaction.atomic
def load_territory() -> tuple[int, int]:
    """Load the 21 prefectures and 121 counties of October 2012; return how many were new."""
    prefectures = 0
    for row in _rows("territory/prefectures.csv"):
        _, created = Prefecture.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "name_en": row["pinyin"],
                "pinyin_initials": pinyin.initials(row["name"]),
                "region": REGIONS[row["region"]],
                "display_order": int(row["display_order"]),
                "underdeveloped": row["underdeveloped12"] == "是",
            },
        )
        prefectures += created
    by_code = {prefecture.code: prefecture for prefecture in Prefecture.objects.all()}
    known = set(County.objects.values_list("code", flat=True))
    counties = 0
    for row in _rows("territory/counties.csv"):
        if row["code"] not in known:
            County(**_county(row, by_code[row["city_code"]])).save()
            counties += 1
    return prefectures, counties


def _county(row: dict[str, str], prefecture: Prefecture) -> dict[str, Any]:
    note = row["change_note"]
    year = row["change_year"]
    if len(year) == 4:
        note += "（仅知年份，按年末计）"
    return {
        "code": row["code"],
        "name": row["name"],
        "pinyin_initials": pinyin.initials(row["name"]),
        "kind": KINDS[row["kind"]],
        "prefecture": prefecture,
        "valid_to": datetime.date(int(year[:4]), 12, 31) if year else None,
        "successor_code": row["successor_code"],
        "change_note": note,
        "underdeveloped": prefecture.underdeveloped,
        "underdeveloped_from": EPOCH if prefecture.underdeveloped else None,
    }


@transaction.atomic
def load_rules() -> int:
    """Load the rule parameters under ``reference/rules``; return how many were new."""
    known = set(RuleParameter.objects.values_list("code", "scope", "valid_from"))
    added = 0
    for path in sorted((FOLDER / "rules").glob("*.json")):
        for item in json.loads(path.read_text()):
            start = datetime.date.fromisoformat(item["valid_from"])
            if (item["code"], item["scope"], start) in known:
                continue
            end = item["valid_to"] and datetime.date.fromisoformat(item["valid_to"])
            values = {**item, "value": Decimal(item["value"]), "valid_from": start, "valid_to": end}
            RuleParameter(**values).save()
            added += 1
    return added


@transaction.atomic
def load_calendar(*, last_year: int) -> int:
    """Load holidays and make-up days up to ``last_year``, as far as they were announced."""
    known = set(Workday.objects.values_list("day", flat=True))
    new = []
    for year in range(FIRST_CALENDAR_YEAR, last_year + 1):
        new += [day for day in _exceptions(year) if day.day not in known]
    Workday.objects.bulk_create(new)
    if new:
        calendar_changed.send(sender=Workday)
    return len(new)


def _exceptions(year: int) -> Iterator[Workday]:
    """Yield days that differ from the ordinary week; none for a year not yet announced."""
    day = datetime.date(year, 1, 1)
    while day.year == year:
        try:
            on_holiday, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return
        working = chinese_calendar.is_workday(day)
        if working == (day.weekday() >= 5):
            label = name or ("节假日" if on_holiday else "调休上班")
            yield Workday(day=day, is_working=working, name=str(label))
        day += datetime.timedelta(days=1)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
