"""Text whose figures stay linked to their source. Pure.

A line that begins with ``#`` is a heading 一、, with ``##`` a heading （一）; every other line is
a paragraph. ``{T17}`` stands for a target's figure with its unit, ``{T17:440200}`` for one
prefecture's, ``{T17%}`` for the share reached, ``{state:late}`` for how many targets stand so,
``{milestones:late}`` for the milestones that are late, ``{units:missing}`` for the units that have
not reported and ``{units:all}`` for all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(r"\{([^{}\n]*)\}")
HEADING = re.compile(r"(#{1,2})\s*(.*)")


@dataclass(frozen=True, slots=True)
class Token:
    """A figure that is asked for by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (level 0) or a heading (1 or 2), in words and figures."""

    level: int
    pieces: tuple[str | Token, ...]


def blocks(text: str) -> list[Block]:
    """The headings and paragraphs of a text; empty lines are left out."""
    return [_block(line.strip()) for line in text.splitlines() if line.strip()]


def _block(line: str) -> Block:
    heading = HEADING.fullmatch(line)
    if heading is None:
        return Block(0, tuple(_pieces(line)))
    return Block(len(heading[1]), tuple(_pieces(heading[2])))


def _pieces(line: str) -> Iterator[str | Token]:
    for place, piece in enumerate(TOKEN.split(line)):
        if place % 2:
            yield Token(piece.strip())
        elif piece:
            yield piece


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """Each figure that a text asks for, with its line (from 1)."""
    for number, line in enumerate(text.splitlines(), start=1):
        for found in TOKEN.findall(line):
            yield number, found.strip()
