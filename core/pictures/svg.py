"""A picture as SVG that a page takes in: no scripts, no styles, links that work."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.pictures.shapes import Label, Picture, Ribbon, Shape


def svg(picture: Picture, name: str) -> SafeString:
    """The picture, called ``name`` by what reads pages aloud. All texts are escaped."""
    body = "".join(_drawn(each) for each in picture.shapes)
    return mark_safe(  # every text and address went through escape
        f'<svg class="picture" viewBox="0 0 {picture.width:g} {picture.height:g}" role="group" '
        f'aria-label="{escape(name)}">{body}</svg>'
    )


def _drawn(each: Shape | Ribbon | Label) -> str:
    if isinstance(each, Label):
        text = (
            f'<text x="{each.x:.1f}" y="{each.y:.1f}" font-size="{each.size:g}" '
            f'fill="{each.colour}" text-anchor="{each.anchor}">{escape(each.text)}</text>'
        )
        return _linked(text, each.url)
    if isinstance(each, Shape):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in each.points)
        body = f'<polygon points="{points}" fill="{each.colour}">'
        return _linked(f"{body}{_title(each.title)}</polygon>", each.url, each.title)
    path = _path(each)
    body = f'<path d="{path}" fill="{each.colour}" fill-opacity="0.55">'
    return _linked(f"{body}{_title(each.title)}</path>", each.url, each.title)


def _path(ribbon: Ribbon) -> str:
    half = (ribbon.left + ribbon.right) / 2
    top, low = ribbon.left_top, ribbon.left_top + ribbon.breadth
    right_top, right_low = ribbon.right_top, ribbon.right_top + ribbon.breadth
    return (
        f"M{ribbon.left:.1f} {top:.1f}C{half:.1f} {top:.1f} {half:.1f} {right_top:.1f} "
        f"{ribbon.right:.1f} {right_top:.1f}L{ribbon.right:.1f} {right_low:.1f}"
        f"C{half:.1f} {right_low:.1f} {half:.1f} {low:.1f} {ribbon.left:.1f} {low:.1f}Z"
    )


def _title(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""


def _linked(body: str, url: str, name: str = "") -> str:
    called = f' aria-label="{escape(name)}"' if name else ""
    return f'<a href="{escape(url)}"{called}>{body}</a>' if url else body
