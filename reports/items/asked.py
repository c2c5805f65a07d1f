"""What was asked of a report on items, in words; and the parts that all of them show."""

from typing import Any

from core.models.territory import Region
from core.tabular import formats
from core.text import Text
from reports.items.parameters import ItemParameters
from reports.items.places import Ground
from reports.loans.words import REGIONS


def asked_of(parameters: ItemParameters, land: Ground) -> list[tuple[Text, Text]]:
    """The period of the figures, the day of the registries, the places."""
    period, day = parameters.period, parameters.as_of
    month = Text(str(period), period.code) if period else Text("尚无已接受的报表", "nothing yet")
    return [
        (Text("报告期", "Period"), month),
        as_of_day(day),
        (Text("口径", "Scope"), scope_of(parameters.where, land)),
    ]


def as_of_day(day: Any) -> tuple[Text, Text]:
    """The day that registries stand for."""
    return Text("登记截至", "Registries as of"), Text(formats.day(day), formats.day(day, "en"))


def scope_of(where: Any, land: Ground) -> Text:
    """Which places, and whether with Shenzhen."""
    if where.prefecture:
        return land.names[where.prefecture]
    shenzhen = (
        Text("含深圳", "with Shenzhen")
        if where.include_shenzhen
        else Text("不含深圳", "without Shenzhen")
    )
    if not where.region:
        return shenzhen
    region = REGIONS[where.region]
    if where.region != Region.PEARL_DELTA:
        return region
    return Text(f"{region.zh}（{shenzhen.zh}）", f"{region.en} {shenzhen.en}")


def by_words(by: str) -> Text:
    """The title of a breakdown."""
    if by == "prefecture":
        return Text("按地市", "By prefecture")
    return Text("按区域", "By region")
