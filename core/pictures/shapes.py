"""What pictures are made of. Units are points; y runs downwards from the top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon. ``url`` is where it leads; ``title`` what it says when pointed at."""

    points: Sequence[tuple[float, float]]
    colour: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band that swings from a height on the left to a height on the right."""

    left: float
    right: float
    left_top: float
    right_top: float
    breadth: float
    colour: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text; ``y`` is its base line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    size: float = 9
    colour: str = "#22303c"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in the order in which they are drawn."""

    width: float
    height: float
    shapes: Sequence[Shape | Ribbon | Label]


def box(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    """The corners of a rectangle."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
