"""The map of Guangdong as native paths, with letters beside colours for grey prints."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from core.pdf.fonts import PLAIN, width

OUTLINES = (
    Path(__file__).resolve().parents[2] / "static" / "maps" / "guangdong_prefectures.geo.json"
)
INSET = "dongsha"
STRETCH = cos(radians(23))  # a degree of longitude is this much of one of latitude here
INK, EDGE = HexColor("#1c2733"), HexColor("#ffffff")
# Labels of the crowded delta are set beside their city (offsets in units of the map's width).
SHIFTS = {
    "440400": (0.012, -0.022),
    "442000": (-0.006, -0.004),
    "440600": (-0.020, 0.004),
    "440300": (0.022, -0.008),
    "441900": (0.008, 0.002),
}
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class MapShade:
    """How one prefecture is shown: fill colour, letter, and its name."""

    name: str
    colour: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A map: shades by prefecture code, a legend of (colour, letter, meaning), and notes."""

    shades: Mapping[str, MapShade]
    legend: Sequence[tuple[str, str, str]]
    title: str = ""
    note: str = ""


@cache
def outlines() -> tuple[dict[str, list[Ring]], tuple[float, float]]:
    """Return rings by code in units of the map's width, and (1, height). Computed once."""
    features = json.loads(OUTLINES.read_text())["features"]
    shapes = {each["properties"]["adcode"]: _rings(each["geometry"]) for each in features}
    shapes.pop(INSET, None)
    xs = [x for rings in shapes.values() for ring in rings for x, _ in ring]
    ys = [y for rings in shapes.values() for ring in rings for _, y in ring]
    left, low, span = min(xs), min(ys), max(xs) - min(xs)
    placed = {
        code: [[((x - left) / span, (y - low) / span) for x, y in ring] for ring in rings]
        for code, rings in shapes.items()
    }
    return placed, (1.0, (max(ys) - low) / span)


def _rings(geometry: Any) -> list[Ring]:
    parts = geometry["coordinates"]
    polygons = parts if geometry["type"] == "MultiPolygon" else [parts]
    return [[(x * STRETCH, y) for x, y in polygon[0]] for polygon in polygons]


def centre(rings: list[Ring]) -> tuple[float, float]:
    """The centroid of the largest ring."""
    best = max(rings, key=lambda ring: abs(_area(ring)))
    area = _area(best) or 1e-9
    pairs = list(zip(best, best[1:] + best[:1], strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return x, y


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


class MapFlowable(Flowable):
    """Draws a MapFigure as wide as its frame."""

    def __init__(self, figure: MapFigure, breadth: float) -> None:
        super().__init__()
        self.figure = figure
        self.width = breadth
        _, (_, ratio) = outlines()
        self.map_height = breadth * ratio
        self.height = self.map_height + 34

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        pen = self.canv
        shapes, _ = outlines()
        pen.saveState()
        pen.translate(0, 34)
        pen.setStrokeColor(EDGE)
        pen.setLineWidth(0.5)
        for code, rings in shapes.items():
            shade = self.figure.shades.get(code)
            pen.setFillColor(HexColor(shade.colour if shade else "#e6e9ec"))
            self._outline(rings)
        for code, rings in shapes.items():
            if code in self.figure.shades:
                self._label(code, rings)
        self._inset()
        pen.restoreState()
        self._legend()

    def _outline(self, rings: list[Ring]) -> None:
        path = self.canv.beginPath()
        for ring in rings:
            path.moveTo(ring[0][0] * self.width, ring[0][1] * self.width)
            for x, y in ring[1:]:
                path.lineTo(x * self.width, y * self.width)
            path.close()
        self.canv.drawPath(path, stroke=1, fill=1)

    def _label(self, code: str, rings: list[Ring]) -> None:
        shade = self.figure.shades[code]
        x, y = centre(rings)
        shift = SHIFTS.get(code, (0.0, 0.0))
        x, y = (x + shift[0]) * self.width, (y + shift[1]) * self.width
        text = shade.name.removesuffix("市") + (f" {shade.letter}" if shade.letter else "")
        size = 7 if len(self.figure.shades) > 12 else 8
        self.canv.setFont(PLAIN, size)
        box = width(text, PLAIN, size)
        self.canv.setFillColor(HexColor("#ffffff"), alpha=0.72)
        self.canv.roundRect(x - box / 2 - 1, y - 3.2, box + 2, size + 1.2, 1.5, stroke=0, fill=1)
        self.canv.setFillColor(INK, alpha=1)
        self.canv.drawCentredString(x, y - 1, text)

    def _inset(self) -> None:
        """东沙群岛 lies far off the coast: a frame in the corner says that it belongs."""
        breadth, height = self.width * 0.11, self.width * 0.055
        left = self.width - breadth
        self.canv.setStrokeColor(HexColor("#8a97a3"))
        self.canv.setLineWidth(0.4)
        self.canv.rect(left, 0, breadth, height, stroke=1, fill=0)
        shade = self.figure.shades.get("441500")
        self.canv.setFillColor(HexColor(shade.colour if shade else "#e6e9ec"))
        self.canv.ellipse(left + 6, height * 0.55, left + 15, height * 0.8, stroke=1, fill=1)
        self.canv.setFillColor(INK)
        self.canv.setFont(PLAIN, 5.5)
        self.canv.drawString(left + 18, height * 0.58, "东沙群岛")
        self.canv.drawString(left + 4, height * 0.18, "（属汕尾市）")

    def _legend(self) -> None:
        x = 0.0
        self.canv.setFont(PLAIN, 8)
        for colour, letter, meaning in self.figure.legend:
            self.canv.setFillColor(HexColor(colour))
            self.canv.setStrokeColor(HexColor("#8a97a3"))
            self.canv.rect(x, 18, 16, 10, stroke=1, fill=1)
            self.canv.setFillColor(INK)
            self.canv.drawString(x + 20, 20, f"{letter} {meaning}".strip())
            x += 32 + width(f"{letter} {meaning}", PLAIN, 8)
        self.canv.setFillColor(HexColor("#536271"))
        self.canv.setFont(PLAIN, 7)
        self.canv.drawString(0, 4, self.figure.note)
