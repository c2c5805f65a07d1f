"""Fonts: free ones shipped with the house, or the office's own licensed files.

Roles follow GB/T 9704: ``title`` 小标宋, ``heading`` 黑体, ``body`` 仿宋 or 楷体, ``plain``
for tables. reportlab has no font fallback, so characters that the body font lacks are
wrapped in a font that has them.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from reportlab.lib import textsplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import paragraph

FOLDER = Path(__file__).resolve().parent / "fonts"
SHIPPED = {
    "title": FOLDER / "NotoSerifSC-Bold.tgh.ttf",
    "heading": FOLDER / "NotoSansSC-Bold.tgh.ttf",
    "body": FOLDER / "FinanceKai-Regular.tgh.ttf",
    "plain": FOLDER / "NotoSansSC-Regular.tgh.ttf",
}
TITLE, HEADING, BODY, PLAIN = "tracker-title", "tracker-heading", "tracker-body", "tracker-plain"
# 行首禁则: reportlab's own list lacks the marks that Chinese text uses most.
NOT_AT_LINE_START = "，。、；：！？）》」』】〕”’％…—·"


@cache
def register() -> None:
    """Register the fonts once a process. Raises OSError for a named file that is not there."""
    for role, path in {**SHIPPED, **settings.REPORT_FONTS}.items():
        pdfmetrics.registerFont(TTFont(f"tracker-{role}", str(path)))
    pdfmetrics.registerFontFamily(BODY, normal=BODY, bold=HEADING, italic=BODY, boldItalic=HEADING)
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=HEADING, italic=PLAIN)
    marks = textsplit.ALL_CANNOT_START + NOT_AT_LINE_START
    textsplit.ALL_CANNOT_START = paragraph.ALL_CANNOT_START = marks


@cache
def _has(font: str, character: str) -> bool:
    return ord(character) in pdfmetrics.getFont(font).face.charToGlyph


def escaped(text: str, font: str = BODY) -> str:
    """Text for a Paragraph: markup escaped, characters that ``font`` lacks in one that has."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    lacking = {c for c in plain if ord(c) > 126 and not _has(font, c)}
    if not lacking:
        return plain
    pattern = "[" + re.escape("".join(sorted(lacking))) + "]+"
    return re.sub(pattern, lambda m: f'<font name="{PLAIN}">{m[0]}</font>', plain)


def width(text: str, font: str, size: float) -> float:
    """Width of a string in points."""
    return pdfmetrics.stringWidth(text, font, size)


def wrapped(text: str, font: str, size: float, limit: float) -> str:
    """Break ``text`` into lines no wider than ``limit`` points; CJK breaks anywhere."""
    if width(text, font, size) <= limit:
        return text
    lines = []
    for part in text.split("\n"):
        line = ""
        for word in re.findall(r"[A-Za-z0-9.,%〔〕()-]+|\s+|.", part):
            if line and width(line + word, font, size) > limit and word not in NOT_AT_LINE_START:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        lines.append(line)
    return "\n".join(lines)
