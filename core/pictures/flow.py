"""A flow diagram: what left the nodes on the left joins those on the right, as ribbons."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.pictures.shapes import Label, Picture, Ribbon, Shape, box

BAR, GAP, TOP = 10.0, 10.0, 18.0
LEAST = 1.2  # a single move is still seen
INK = "#54616d"


@dataclass(frozen=True, slots=True)
class Node:
    """A place on one side; its height is what its links carry."""

    key: str
    name: str
    colour: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """How many went from a node on the left to one on the right."""

    source: str
    target: str
    value: int
    colour: str
    title: str = ""
    url: str = ""


def flow_picture(
    left: Sequence[Node],
    right: Sequence[Node],
    links: Sequence[Link],
    *,
    width: float = 640,
    margin: float = 150,
    heads: tuple[str, str] = ("", ""),
) -> Picture:
    """Lay the diagram out. Nodes without a link are left out; links keep the order of nodes.

    ``margin`` is the room for names on either side.
    """
    told = [each for each in links if each.value > 0]
    sources = [n for n in left if any(each.source == n.key for each in told)]
    targets = [n for n in right if any(each.target == n.key for each in told)]
    total = sum(each.value for each in told)
    rows = max(len(sources), len(targets), 1)
    body = max(120.0, 34.0 * rows)
    scale = (body - GAP * (rows - 1)) / total if total else 0.0
    edge = width - margin
    shapes: list[Shape | Ribbon | Label] = []
    from_top = _column(sources, "source", told, scale, margin - BAR, shapes)
    to_top = _column(targets, "target", told, scale, edge, shapes)
    order = {node.key: place for place, node in enumerate(targets)}
    ribbons: list[Ribbon] = []
    for node in sources:
        mine = sorted((e for e in told if e.source == node.key), key=lambda e: order[e.target])
        for each in mine:
            high = max(each.value * scale, LEAST)
            ribbons.append(
                Ribbon(margin, edge, from_top[node.key], to_top[each.target], high, each.colour,
                       each.title, each.url)
            )  # fmt: skip
            from_top[node.key] += each.value * scale
            to_top[each.target] += each.value * scale
    words = [
        Label(margin - BAR, 10, heads[0], "end", 9, INK),
        Label(edge + BAR, 10, heads[1], "start", 9, INK),
    ]
    below = max([*from_top.values(), *to_top.values(), TOP])
    return Picture(width, below + 8, [*ribbons, *shapes, *(w for w in words if w.text)])


def _column(
    nodes: Sequence[Node],
    side: str,
    links: Sequence[Link],
    scale: float,
    x: float,
    shapes: list[Shape | Ribbon | Label],
) -> dict[str, float]:
    """Draw one side's nodes with their names and sums; return where each begins."""
    y, tops = TOP, {}
    for node in nodes:
        value = sum(each.value for each in links if getattr(each, side) == node.key)
        high = max(value * scale, LEAST)
        tops[node.key] = y
        shapes.append(Shape(box(x, y, BAR, high), node.colour, f"{node.name} {value:,}", node.url))
        at, anchor = (x - 6, "end") if side == "source" else (x + BAR + 6, "start")
        middle = y + high / 2 + 3
        shapes.append(Label(at, middle, f"{node.name}  {value:,}", anchor, 9, url=node.url))
        y += max(high, 12.0) + GAP
    return tops
