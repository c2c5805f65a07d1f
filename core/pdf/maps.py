"""The map of Guangdong as native paths, with letters beside colours for grey prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import FILL_EVEN_ODD
from reportlab.platypus import Flowable

from core.pdf.fonts import PLAIN, width, wrapped
from core.pdf.outlines import Ring, centre, islands, outlines, room, scaled
from core.text import Text

INK, EDGE, QUIET = HexColor("#1c2733"), HexColor("#ffffff"), HexColor("#536271")
INSET = (Text("东沙群岛", "Dongsha Islands"), Text("（属汕尾市）", "(part of Shanwei)"))
FRAME, EMPTY = HexColor("#8a97a3"), "#e6e9ec"
NAMES, KEY = (7.5, 6.5), 8.0  # sizes of names, the larger first; of the legend
NAME, LETTER = NAMES[0], 6.5  # sizes of a name at sea, and of the letter below a name
LINE = 15.0  # height of a line of the legend
SMALLEST = 0.72  # a map may shrink this far to stay on the page with its heading
# Where the names of small places on the coast stand when they have no room inside: offsets
# from their centre, in units of the map's width, out at sea and clear of one another.
CALLOUTS = {
    "440300": (0.050, -0.055),
    "440400": (0.062, -0.052),
    "442000": (0.085, -0.072),
    "441900": (0.215, -0.078),
    "440600": (-0.020, 0.0),
    "440500": (-0.010, -0.080),
    "445100": (0.060, -0.098),
    "445200": (-0.060, -0.125),
}


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


class MapFlowable(Flowable):
    """Draws a MapFigure, centred; as wide as its frame, or narrower to fit the page."""

    def __init__(self, figure: MapFigure, breadth: float, language: str = "zh-hans") -> None:
        super().__init__()
        self.figure, self.language = figure, language
        self.width = breadth
        self.rows = _legend_rows(figure, breadth)
        self.note = wrapped(figure.note, PLAIN, 7, breadth).split("\n") if figure.note else []
        self.foot = len(self.rows) * LINE + len(self.note) * 10 + 6
        self.fit(1.0)

    def fit(self, scale: float) -> None:
        """Set the map's size; the legend keeps its own."""
        _, (_, ratio) = outlines()
        self.breadth = round(self.width * scale, 1)
        self.height = self.breadth * ratio + self.foot

    def shrink(self, available: float, least: float = SMALLEST) -> None:
        """Become as large as ``available`` height allows, but not below ``least``."""
        _, (_, ratio) = outlines()
        self.fit(max(least, min(1.0, (available - self.foot) / (self.width * ratio))))

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        pen = self.canv
        shapes = scaled(self.breadth)
        pen.saveState()
        pen.translate((self.width - self.breadth) / 2, self.foot)
        pen.setStrokeColor(EDGE)
        pen.setLineWidth(0.5)
        for code, rings in shapes.items():
            pen.setFillColor(HexColor(self._colour(code)))
            self._outline(rings)
        for code in shapes:
            if code in self.figure.shades:
                self._label(code)
        self._inset()
        pen.restoreState()
        self._legend()

    def _colour(self, code: str) -> str:
        shade = self.figure.shades.get(code)
        return shade.colour if shade else EMPTY

    def _outline(self, rings: Sequence[Ring]) -> None:
        path = self.canv.beginPath()
        for ring in rings:
            path.moveTo(*ring[0])
            for point in ring[1:]:
                path.lineTo(*point)
            path.close()
        self.canv.drawPath(path, stroke=1, fill=1, fillMode=FILL_EVEN_ODD)

    def _label(self, code: str) -> None:
        """The name with its letter below; beside it on one line; or out at sea with a lead."""
        shade = self.figure.shades[code]
        name = shade.name.removesuffix("市")
        ink = _readable_on(HexColor(shade.colour))
        for size in NAMES:
            letter = width(shade.letter, PLAIN, LETTER)
            tall = size + LETTER + 1 if letter else size
            box = (max(width(name, PLAIN, size), letter) + 4, tall)
            if place := room(code, self.breadth, box):
                base = place[1] + tall / 2 - size + 0.6
                self._say(place[0], base, name, size, ink)
                self._say(place[0], base - LETTER - 1, shade.letter, LETTER, ink)
                return
            line = f"{name} {shade.letter}".strip()
            if place := room(code, self.breadth, (width(line, PLAIN, size) + 4, size)):
                self._say(place[0], place[1] - size * 0.36, line, size, ink)
                return
        self._callout(code, f"{name} {shade.letter}".strip())

    def _say(self, x: float, y: float, text: str, size: float, ink: Color) -> None:
        self.canv.setFillColor(ink)
        self.canv.setFont(PLAIN, size)
        self.canv.drawCentredString(x, y, text)

    def _callout(self, code: str, text: str) -> None:
        pen = self.canv
        x, y = centre(scaled(self.breadth)[code])
        across, up = (each * self.breadth for each in CALLOUTS.get(code, (0.0, 0.0)))
        long = width(text, PLAIN, NAME)
        start = min(x + across - (0 if up else long / 2), self.breadth - long - 1)
        end_x, end_y = start + long / 2, y + up  # the lead ends under the name
        if up:
            for colour, thick in ((EDGE, 1.6), (INK, 0.5)):
                pen.setStrokeColor(colour)
                pen.setFillColor(colour)
                pen.setLineWidth(thick)
                pen.line(x, y, end_x, end_y)
                pen.circle(x, y, 0.6 + thick / 2, stroke=0, fill=1)
        pen.setFillColor(HexColor("#ffffff"), alpha=1 if up else 0.85)
        pen.rect(start - 0.8, end_y - 3.6, long + 1.6, NAME + 0.6, stroke=0, fill=1)
        pen.setFillColor(INK, alpha=1)
        pen.setFont(PLAIN, NAME)
        pen.drawString(start, end_y - 2.6, text)

    def _inset(self) -> None:
        """东沙群岛 lies far off the coast: a frame in the corner says that it belongs."""
        pen = self.canv
        rings, ratio = islands()
        name, owner = (each.in_language(self.language) for each in INSET)
        breadth = max(56.0, width(name, PLAIN, 6.5) + 8)
        drawn, left = 36.0, self.breadth - breadth
        pen.setStrokeColor(FRAME)
        pen.setLineWidth(0.4)
        pen.rect(left, 0, breadth, drawn * ratio + 25, stroke=1, fill=0)
        pen.setFillColor(HexColor(self._colour("441500")))
        start = left + (breadth - drawn) / 2
        self._outline([[(start + x * drawn, 21 + y * drawn) for x, y in ring] for ring in rings])
        self._say(left + breadth / 2, 11.5, name, 6.5, INK)
        self._say(left + breadth / 2, 4, owner, 5.5, QUIET)

    def _legend(self) -> None:
        pen = self.canv
        y = self.foot - LINE - 3
        for row in self.rows:
            x = (self.width - sum(_key_width(*each[1:]) for each in row) + 12) / 2
            for colour, letter, meaning in row:
                pen.setFillColor(HexColor(colour))
                pen.setStrokeColor(FRAME)
                pen.setLineWidth(0.4)
                pen.rect(x, y, 18, 10, stroke=1, fill=1)
                self._say(x + 9, y + 2.6, letter, LETTER, _readable_on(HexColor(colour)))
                pen.setFillColor(INK)
                pen.setFont(PLAIN, KEY)
                pen.drawString(x + 22, y + 2, meaning)
                x += _key_width(letter, meaning)
            y -= LINE
        pen.setFillColor(QUIET)
        pen.setFont(PLAIN, 7)
        for place, line in enumerate(self.note):
            pen.drawCentredString(self.width / 2, y + LINE - 10 * (place + 1), line)


def _readable_on(colour: Color) -> Color:
    light = 0.2126 * colour.red + 0.7152 * colour.green + 0.0722 * colour.blue
    return INK if light > 0.5 else HexColor("#ffffff")


def _key_width(_letter: str, meaning: str) -> float:
    return 34 + width(meaning, PLAIN, KEY)


def _legend_rows(figure: MapFigure, breadth: float) -> list[list[tuple[str, str, str]]]:
    rows: list[list[tuple[str, str, str]]] = []
    used = breadth
    for each in figure.legend:
        wide = _key_width(*each[1:])
        if used + wide > breadth:
            rows.append([])
            used = 0.0
        rows[-1].append(each)
        used += wide
    return rows
