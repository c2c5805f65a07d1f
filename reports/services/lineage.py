"""What stands behind a figure of the report on services: entries of the registers."""

import datetime
from collections.abc import Iterable
from typing import Any

from core.naming import both
from core.tabular import formats
from core.text import Text
from finance.models.platforms import PlatformKind, ServicePointKind, Span
from finance.queries.services import services_on
from finance.rules.services import Event, Platform, Point, Result, Services
from reports.declaration import Evidence, Lineage
from reports.items.places import ground
from reports.links import address
from reports.services.compute import WHOLE, ServicesParameters, place_called

Names = dict[str, Text]
TITLES = {
    "points": Text("营业的服务网点", "service points open"),
    "centres": Text("营业的融资服务中心", "SME centres open"),
    "counties": Text("设在县（市）的服务网点", "service points in counties"),
    "platforms": Text("运行的平台", "platforms running"),
    "results": Text("平台成效", "results of platforms"),
    "events": Text("举办的活动", "events held"),
    "signed": Text("活动签约金额", "signed at events"),
    "drawn": Text("累计到位 ÷ 签约金额", "drawn / signed"),
}


def lineage(
    parameters: ServicesParameters, figure: str, known_at: datetime.datetime | None, user: Any
) -> Lineage:
    """What stands behind ``points``, ``results:440200``, ``drawn:with``, ``kind:park``."""
    name, _colon, group = figure.partition(":")
    land = ground()
    whole = services_on(as_of=parameters.as_of, since=parameters.since, known_at=known_at)
    if name == "kind":
        if group not in PlatformKind.values:
            raise KeyError(group)
        found = whole.of(place_called("", parameters, land).prefectures).of_kind(group)
        return Lineage(both(PlatformKind(group).label), _with_results(found, land.names))
    place = place_called(group, parameters, land)
    title = TITLES[name]
    return Lineage(
        Text(f"{place.name.zh}：{title.zh}", f"{place.name.en}: {title.en}"),
        _evidence(name, whole.of(place.prefectures), land.names),
    )


def _evidence(name: str, found: Services, names: Names) -> list[Evidence]:
    if name in ("points", "centres", "counties"):
        counties = {each.code for each in found.counties}
        chosen: Iterable[Point] = {
            "points": found.points,
            "centres": found.centres,
            "counties": [each for each in found.points if each.county in counties],
        }[name]
        return [_point(each, names) for each in chosen]
    if name == "platforms":
        return [_platform(each, names) for each in found.platforms]
    if name == "results":
        return _with_results(found, names, silent=False)
    return [_event(each, names) for each in found.events if name == "events" or each.signed]


def _where(code: str, names: Names) -> Text:
    return names.get(code, WHOLE)


def _point(point: Point, names: Names) -> Evidence:
    kind = both(ServicePointKind(point.kind).label)
    return Evidence(
        on=point.opened_on,
        what=Text(
            f"{point.name}　{kind.zh}，{point.bank}", f"{point.name} ({kind.en}, {point.bank})"
        ),
        where=_where(point.prefecture, names),
        document=point.code,
        url=address("finance:service-points-record", point.code),
    )


def _platform(platform: Platform, names: Names) -> Evidence:
    kind = both(PlatformKind(platform.kind).label)
    return Evidence(
        on=platform.established_on,
        what=Text(f"{platform.name}　{kind.zh}", f"{platform.name} ({kind.en})"),
        where=_where(platform.prefecture, names),
        document=platform.code,
        url=address("finance:cooperation-platforms-record", platform.code),
    )


def _with_results(found: Services, names: Names, *, silent: bool = True) -> list[Evidence]:
    """Platforms by their results; with ``silent`` those without any too."""
    rows: list[Evidence] = []
    for platform in found.platforms:
        rows += [_result(platform, each, names) for each in platform.results]
        if silent and not platform.results:
            rows.append(_platform(platform, names))
    return rows


def _result(platform: Platform, result: Result, names: Names) -> Evidence:
    span, amount = both(Span(result.span).label), formats.money(result.amount)
    return Evidence(
        on=result.ends_on,
        what=Text(
            f"{platform.name} {result.year} 年{span.zh}　服务 {result.served} 户，获得融资 "
            f"{result.financed} 户，{amount} 万元",
            f"{platform.name}, {result.year} {span.en}: {result.served} served, "
            f"{result.financed} financed, {amount} × 10,000 yuan",
        ),
        where=_where(platform.prefecture, names),
        document=result.code,
        url=address("finance:platform-results-record", result.code),
    )


def _event(event: Event, names: Names) -> Evidence:
    signed, drawn = formats.money(event.signed), formats.money(event.drawn)
    zh, en = formats.day(event.drawn_as_of), formats.day(event.drawn_as_of, "en")
    by = Text(f"（截至{zh}）", f" by {en}") if event.drawn_as_of else Text("", "")
    return Evidence(
        on=event.held_on,
        what=Text(
            f"{event.name}　签约 {signed}，到位 {drawn} 万元{by.zh}",
            f"{event.name}: {signed} signed, {drawn} drawn{by.en}, × 10,000 yuan",
        ),
        where=_where(event.prefecture, names),
        document=event.code,
        url=address("finance:financing-events-record", event.code),
    )
