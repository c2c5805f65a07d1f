"""A funnel: steps as centred bands, each as wide as its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.pictures.shapes import Label, Picture, Shape

HIGH, GAP = 30.0, 16.0
LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Step:
    """A band; ``between`` stands in the gap below it (the conversion to the next)."""

    name: str
    value: int
    colour: str
    between: str = ""
    url: str = ""


def funnel_picture(
    steps: Sequence[Step], *, width: float = 640, margin: float = 150, narrow: float = 0.82
) -> Picture:
    """Lay the funnel out; each band narrows towards its lower edge by ``narrow``."""
    most = max((each.value for each in steps), default=0)
    room = width - 2 * margin
    middle = width / 2
    shapes: list[Shape | Label] = []
    y = 4.0
    for each in steps:
        wide = max(room * each.value / most, LEAST) if most else LEAST
        foot = wide * narrow
        points = [
            (middle - wide / 2, y),
            (middle + wide / 2, y),
            (middle + foot / 2, y + HIGH),
            (middle - foot / 2, y + HIGH),
        ]
        shapes.append(Shape(points, each.colour, f"{each.name} {each.value:,}", each.url))
        base = y + HIGH / 2 + 3
        shapes.append(Label(margin - 8, base, each.name, "end", url=each.url))
        shapes.append(Label(width - margin + 8, base, f"{each.value:,}", "start", url=each.url))
        if each.between:
            shapes.append(Label(middle, y + HIGH + 11, each.between, "middle", 8, "#54616d"))
        y += HIGH + GAP
    return Picture(width, max(y - GAP + 6, 20.0), shapes)
