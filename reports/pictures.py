"""A report's flow diagrams and funnels as pictures, the same for page and PDF."""

from collections.abc import Callable

from core.pictures import Link, Node, Picture, Step, flow_picture, funnel_picture
from reports.content import FlowDiagram, FlowNode, Funnel
from reports.palette import PICTURE


def nowhere(figure: str) -> str:
    """On paper a figure leads nowhere."""
    return ""


def picture_of(
    section: FlowDiagram | Funnel, language: str, link: Callable[[str], str] = nowhere
) -> Picture:
    """Lay a section out; ``link`` gives the address of a figure."""

    def url(figure: str) -> str:
        return link(figure) if figure else ""

    if isinstance(section, Funnel):
        return funnel_picture(
            [
                Step(
                    each.name.in_language(language),
                    each.value,
                    PICTURE[each.tone],
                    each.between.in_language(language),
                    url(each.figure),
                )
                for each in section.steps
            ]
        )
    names = {n.key: n.name.in_language(language) for n in (*section.left, *section.right)}

    def node(each: FlowNode) -> Node:
        return Node(each.key, names[each.key], PICTURE[each.tone], url(each.figure))

    return flow_picture(
        [node(each) for each in section.left],
        [node(each) for each in section.right],
        [
            Link(
                each.source,
                each.target,
                each.value,
                PICTURE[each.tone],
                f"{names[each.source]} → {names[each.target]}: {each.value:,}",
                url(each.figure),
            )
            for each in section.links
        ],
        heads=tuple(each.in_language(language) for each in section.heads),
    )
