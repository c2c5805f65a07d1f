"""Pictures as plain shapes: laid out once, drawn alike on the page (SVG) and on paper."""

from core.pictures.flow import Link, Node, flow_picture
from core.pictures.funnel import Step, funnel_picture
from core.pictures.shapes import Label, Picture, Ribbon, Shape
from core.pictures.svg import svg

__all__ = [
    "Label",
    "Link",
    "Node",
    "Picture",
    "Ribbon",
    "Shape",
    "Step",
    "flow_picture",
    "funnel_picture",
    "svg",
]
