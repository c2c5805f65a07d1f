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
    """Break ``text`` into lines no wider than ``limit`` points.

    Chinese breaks anywhere but before a closing mark (行首禁则, which may stand out by one
    character), Latin words at spaces, and a word longer than a line wherever it must.
    """
    if "\n" not in text and width(text, font, size) <= limit:
        return text
    lines = []
    for part in text.split("\n"):
        line = ""
        for word in re.findall(r"[A-Za-z0-9.,%〔〕()&/:;_+-]+|\s+|.", part):
            for piece in _pieces(word, font, size, limit):
                fits = width(line + piece, font, size) <= limit or piece in NOT_AT_LINE_START
                if line and not fits:
                    lines.append(line.rstrip())
                    line = piece.lstrip()
                else:
                    line += piece
        lines.append(line)
    return "\n".join(lines)


def _pieces(word: str, font: str, size: float, limit: float) -> list[str]:
    if len(word) == 1 or width(word, font, size) <= limit:
        return [word]
    count = max(1, int(limit / width(word, font, size) * len(word)) - 1)
    return [word[place : place + count] for place in range(0, len(word), count)]


def balanced(text: str, font: str, size: float, limit: float) -> str:
    """Break text into as few lines as ``wrapped``, but even ones: 加权/利率, not 加权利/率."""
    lines = wrapped(text, font, size, limit)
    count = lines.count("\n") + 1
    if count == 1 or "\n" in text:
        return lines
    whole = width(text, font, size)
    for spare in (0.6, 1.5, 3.0, 5.0):
        room = whole / count + spare * size
        if room < limit:
            even = wrapped(text, font, size, room)
            if even.count("\n") < count:
                return even
    return lines
