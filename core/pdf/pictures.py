"""Pictures (core.pictures) as native paths."""

from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable

from core.pdf.fonts import PLAIN
from core.pictures.shapes import Label, Picture, Ribbon, Shape

FAINT = 0.55  # of a ribbon, as on the page


class PictureFlowable(Flowable):
    """Draws a picture as wide as its frame, but no taller than ``highest``."""

    def __init__(self, picture: Picture, breadth: float, highest: float = 420) -> None:
        super().__init__()
        self.picture = picture
        self.scale = min(breadth / picture.width, highest / picture.height)
        self.width, self.height = breadth, picture.height * self.scale

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        pen = self.canv
        pen.saveState()
        pen.translate((self.width - self.picture.width * self.scale) / 2, self.height)
        pen.scale(self.scale, self.scale)
        for each in self.picture.shapes:
            self._draw(pen, each)
        pen.restoreState()

    def _draw(self, pen: Any, each: Shape | Ribbon | Label) -> None:
        if isinstance(each, Label):
            pen.setFillColor(HexColor(each.colour))
            pen.setFont(PLAIN, each.size)
            draw = {"start": pen.drawString, "middle": pen.drawCentredString,
                    "end": pen.drawRightString}[each.anchor]  # fmt: skip
            draw(each.x, -each.y, each.text)
            return
        path = pen.beginPath()
        if isinstance(each, Shape):
            pen.setFillColor(HexColor(each.colour))
            for place, (x, y) in enumerate(each.points):
                (path.lineTo if place else path.moveTo)(x, -y)
        else:
            pen.setFillColor(_faint(each.colour))
            self._ribbon(path, each)
        path.close()
        pen.drawPath(path, stroke=0, fill=1)

    def _ribbon(self, path: Any, each: Ribbon) -> None:
        half = (each.left + each.right) / 2
        top, low = -each.left_top, -each.left_top - each.breadth
        right_top, right_low = -each.right_top, -each.right_top - each.breadth
        path.moveTo(each.left, top)
        path.curveTo(half, top, half, right_top, each.right, right_top)
        path.lineTo(each.right, right_low)
        path.curveTo(half, right_low, half, low, each.left, low)


def _faint(colour: str) -> Color:
    found = HexColor(colour)
    return Color(found.red, found.green, found.blue, alpha=FAINT)
