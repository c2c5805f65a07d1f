"""Outlines of the prefectures on a plane, and where a label has room inside one."""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from math import cos, radians
from pathlib import Path
from typing import Any

OUTLINES = (
    Path(__file__).resolve().parents[2] / "static" / "maps" / "guangdong_prefectures.geo.json"
)
ISLANDS = "dongsha"
STRETCH = cos(radians(23))  # a degree of longitude is this much of one of latitude here
GRID = 5  # points are drawn to a fifth of a point: finer cannot be seen, and files grow
Point = tuple[float, float]
Ring = list[Point]


@cache
def _features() -> dict[str, list[Ring]]:
    features = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    return {each["properties"]["adcode"]: _rings(each["geometry"]) for each in features}


def _rings(geometry: Any) -> list[Ring]:
    parts = geometry["coordinates"]
    polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
    return [[(x * STRETCH, y) for x, y in ring] for polygon in polygons for ring in polygon]


def _unit(shapes: dict[str, list[Ring]]) -> tuple[dict[str, list[Ring]], Point]:
    """Move and scale to a width of 1; return the shapes and (1, height)."""
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    left, low = min(x for x, _ in points), min(y for _, y in points)
    span = max(x for x, _ in points) - left
    placed = {
        code: [[((x - left) / span, (y - low) / span) for x, y in ring] for ring in rings]
        for code, rings in shapes.items()
    }
    return placed, (1.0, (max(y for _, y in points) - low) / span)


@cache
def outlines() -> tuple[dict[str, list[Ring]], Point]:
    """Return rings by code in units of the map's width, and (1, height). Computed once.

    Rings include the holes around another city's enclave: fill by the even-odd rule.
    """
    return _unit({code: rings for code, rings in _features().items() if code != ISLANDS})


@cache
def islands() -> tuple[list[Ring], float]:
    """Return 东沙群岛 in units of its own width, and its height in them."""
    shapes, (_, height) = _unit({ISLANDS: _features()[ISLANDS]})
    return shapes[ISLANDS], height


@lru_cache(maxsize=16)
def scaled(breadth: float) -> dict[str, list[Ring]]:
    """Return the rings in points for a map ``breadth`` points wide, on a fine grid.

    Points are snapped, not thinned, so that both sides of a border stay the same line. A ring
    that the grid would swallow (an islet) stays as it is: no island goes missing.
    """
    shapes, _ = outlines()
    return {code: [_snapped(ring, breadth) for ring in rings] for code, rings in shapes.items()}


def _snapped(ring: Ring, breadth: float) -> Ring:
    found: Ring = []
    for x, y in ring:
        point = (round(x * breadth * GRID) / GRID, round(y * breadth * GRID) / GRID)
        if not found or found[-1] != point:
            found.append(point)
    return found if len(set(found)) > 3 else [(x * breadth, y * breadth) for x, y in ring]


def largest(rings: Sequence[Ring]) -> Ring:
    """The ring with the largest area: a prefecture's mainland."""
    return max(rings, key=lambda ring: abs(_area(ring)))


def centre(rings: Sequence[Ring]) -> Point:
    """The centroid of the largest ring."""
    best = largest(rings)
    area = _area(best) or 1e-9
    pairs = list(zip(best, best[1:] + best[:1], strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return x, y


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


@lru_cache(maxsize=512)
def room(code: str, breadth: float, box: Point) -> Point | None:
    """Return the centre of a box (width, height) that lies inside the prefecture, or None.

    Of the places found, the one nearest to the centroid.
    """
    rings = scaled(breadth)[code]
    ring = largest(rings)
    middle = centre(rings)
    tall = max(y for _, y in ring) - min(y for _, y in ring)
    found: list[tuple[float, Point]] = []
    for step in range(-10, 11):
        y = middle[1] + step * tall / 24
        spans = _inside(ring, y)
        for part in (-2, -1, 1, 2):
            spans = _common(spans, _inside(ring, y + part * box[1] / 4))
        for low, high in spans:
            if high - low >= box[0]:
                x = min(max(middle[0], low + box[0] / 2), high - box[0] / 2)
                found.append(((x - middle[0]) ** 2 + (y - middle[1]) ** 2, (x, y)))
    return min(found)[1] if found else None


def _inside(ring: Ring, y: float) -> list[Point]:
    """The stretches of the horizontal line at ``y`` that lie inside the ring."""
    crossings = sorted(
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
        if (a[1] <= y) != (b[1] <= y)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _common(one: list[Point], other: list[Point]) -> list[Point]:
    pairs = [(max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other]
    return [pair for pair in pairs if pair[0] < pair[1]]
