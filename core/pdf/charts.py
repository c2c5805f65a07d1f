"""Line and bar charts as native paths."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from core.pdf.fonts import PLAIN, width

COLOURS = ("#1d5fa8", "#c8102e", "#1b6b43", "#d18b00")
INK, GRID = HexColor("#536271"), HexColor("#d9e0e7")


@dataclass(frozen=True, slots=True)
class Line:
    """A line; None leaves a gap."""

    name: str
    values: Sequence[float | None]
    dashed: bool = False
    step: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over labels (months)."""

    title: str
    labels: Sequence[str]
    lines: Sequence[Line]
    unit: str = ""
    from_zero: bool = True
    height: float = 150


def ticks(low: float, high: float) -> list[float]:
    """Four to six round values that span ``low`` to ``high``."""
    span = (high - low) or 1
    raw = span / 4
    power = 10 ** floor(log10(raw))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw)
    first = floor(low / step) * step
    count = max(1, ceil((high - first) / step))
    return [first + step * place for place in range(count + 1)]


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars: (name, value or None, the value as people read it).

    ``mark`` draws a line across at a value (a goal, the province's figure), named ``mark_name``.
    """

    title: str
    bars: Sequence[tuple[str, float | None, str]]
    mark: float | None = None
    mark_name: str = ""
    colour: str = COLOURS[0]


class ChartFlowable(Flowable):
    """Draws a Chart as wide as its frame."""

    def __init__(self, chart: Chart, breadth: float) -> None:
        super().__init__()
        self.chart, self.width, self.height = chart, breadth, chart.height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        values = [v for line in self.chart.lines for v in line.values if v is not None]
        if not values:
            return
        low = 0.0 if self.chart.from_zero else min(values)
        marks = ticks(low, max(values))
        names = [f"{mark:,.10g}" for mark in marks]
        left = max(width(name, PLAIN, 7) for name in names) + 8
        bottom, top = 18.0, self.height - 22
        scale = (top - bottom) / ((marks[-1] - marks[0]) or 1)
        self.canv.setFont(PLAIN, 7)
        for mark, name in zip(marks, names, strict=True):
            y = bottom + (mark - marks[0]) * scale
            self.canv.setStrokeColor(GRID)
            self.canv.setLineWidth(0.4)
            self.canv.line(left, y, self.width, y)
            self.canv.setFillColor(INK)
            self.canv.drawRightString(left - 4, y - 2.5, name)
        step = (self.width - left - 8) / max(1, len(self.chart.labels) - 1)
        self._labels(left, step)
        for place, line in enumerate(self.chart.lines):
            points = [
                None if v is None else (left + step * i, bottom + (v - marks[0]) * scale)
                for i, v in enumerate(line.values)
            ]
            self._line(points, line, HexColor(COLOURS[place % len(COLOURS)]))
        self._legend(left)

    def _labels(self, left: float, step: float) -> None:
        """Labels as dense as they can stand; the first and last stay inside the frame."""
        widest = max((width(label, PLAIN, 7) for label in self.chart.labels), default=0.0)
        every = max(1, ceil((widest + 9) / step)) if step else 1
        self.canv.setFillColor(INK)
        for place, label in enumerate(self.chart.labels):
            if place % every == 0:
                half = width(label, PLAIN, 7) / 2
                x = min(left + step * place, self.width - half)
                self.canv.drawCentredString(x, 6, label)

    def _line(self, points: list[tuple[float, float] | None], line: Line, colour: HexColor) -> None:
        path = self.canv.beginPath()
        before = None
        for point in points:
            if point is not None and before is None:
                path.moveTo(*point)
            elif point is not None and before is not None:
                if line.step:
                    path.lineTo(point[0], before[1])
                path.lineTo(*point)
            before = point
        self.canv.setStrokeColor(colour)
        self.canv.setLineWidth(1.3)
        self.canv.setDash(*([3, 2] if line.dashed else [[]]))
        self.canv.drawPath(path, stroke=1, fill=0)
        self.canv.setDash()

    def _legend(self, left: float) -> None:
        x, y = left, self.height - 10
        self.canv.setFont(PLAIN, 7.5)
        for place, line in enumerate(self.chart.lines):
            self.canv.setStrokeColor(HexColor(COLOURS[place % len(COLOURS)]))
            self.canv.setDash(*([3, 2] if line.dashed else [[]]))
            self.canv.setLineWidth(1.5)
            self.canv.line(x, y + 2.5, x + 16, y + 2.5)
            self.canv.setDash()
            self.canv.setFillColor(INK)
            self.canv.drawString(x + 20, y, line.name)
            x += 34 + width(line.name, PLAIN, 7.5)
        self.canv.drawRightString(self.width, y, self.chart.unit)


class BarsFlowable(Flowable):
    """Draws Bars as wide as its frame; bars below zero run to the left of the zero line."""

    PITCH, THICK, SIZE = 14.0, 8.5, 8.0

    def __init__(self, bars: Bars, breadth: float) -> None:
        super().__init__()
        self.bars, self.width = bars, breadth
        self.height = len(bars.bars) * self.PITCH + (14 if bars.mark is not None else 4)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        pen, bars = self.canv, self.bars
        values = [value for _, value, _ in bars.bars if value is not None]
        values += [0.0] if bars.mark is None else [0.0, bars.mark]
        names = max((width(name, PLAIN, self.SIZE) for name, _, _ in bars.bars), default=0.0) + 8
        said = max((width(text, PLAIN, self.SIZE) for _, _, text in bars.bars), default=0.0) + 8
        low, high = min(values), max(values)
        left = names + (said if low < 0 else 0.0)
        scale = (self.width - left - said) / ((high - low) or 1)
        zero = left - low * scale
        top = len(bars.bars) * self.PITCH
        pen.setStrokeColor(INK)
        pen.setLineWidth(0.6)
        if bars.mark is not None:
            x = zero + bars.mark * scale
            pen.setDash(3, 2)
            pen.line(x, 0, x, top + 2)
            pen.setDash()
            pen.setFillColor(INK)
            pen.setFont(PLAIN, 7)
            half = width(bars.mark_name, PLAIN, 7) / 2
            pen.drawCentredString(min(x, self.width - half), top + 4, bars.mark_name)
        for place, (name, value, text) in enumerate(bars.bars):
            self._bar(top - (place + 1) * self.PITCH, name, value, text, names, zero, scale)
        pen.line(zero, 0, zero, top)

    def _bar(
        self,
        y: float,
        name: str,
        value: float | None,
        text: str,
        names: float,
        zero: float,
        scale: float,
    ) -> None:
        pen = self.canv
        pen.setFont(PLAIN, self.SIZE)
        pen.setFillColor(INK)
        pen.drawRightString(names - 6, y + 3, name)
        long = (value or 0.0) * scale
        if long < 0:
            pen.drawRightString(zero + long - 4, y + 3, text)
        else:
            pen.drawString(zero + long + 4, y + 3, text)
        pen.setFillColor(HexColor(self.bars.colour))
        pen.rect(min(zero, zero + long), y + 1.8, abs(long), self.THICK, stroke=0, fill=1)
