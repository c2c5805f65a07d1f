"""The official text of a report: how its headings are numbered and its annexes called.

Layout after GB/T 9704-2012 (一、 （一） for headings; 附件 before the signature).
"""

from collections.abc import Iterator, Sequence

from core.tabular import formats
from reports.content import Cell, Content, Letter, Line, Table, shown
from reports.numerals import chinese

INDENT = "\u3000" * 3  # as wide as 附件：
HEADS = ("", "{}、", "（{}）")


def letter_of(content: Content) -> Letter | None:
    """The letter that a report consists of, if it is one."""
    first = content.sections[0] if content.sections else None
    return first if isinstance(first, Letter) else None


def numbered(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with the number before it: 一、 and （一）, the second anew under each first."""
    counts = [0, 0, 0]
    for line in lines:
        if line.level:
            counts[line.level] += 1
            counts[line.level + 1 :] = [0] * (2 - line.level)
        yield line, HEADS[line.level].format(chinese(counts[line.level])) if line.level else ""


def addressed(letter: Letter) -> str:
    """主送机关, with its colon; empty if nobody is addressed."""
    return f"{letter.recipients.rstrip('：')}：" if letter.recipients else ""


def words(piece: str | Cell) -> str:
    """A piece of a line as it is read."""
    return piece if isinstance(piece, str) else shown(piece.value, "text", "zh-hans")


def annexes(content: Content) -> list[Table]:
    """The tables that follow the letter."""
    return [each for each in content.sections if isinstance(each, Table)]


def annex_lines(content: Content) -> list[str]:
    """附件：1. … in the letter's own language."""
    titles = [each.title.zh for each in annexes(content)]
    if len(titles) == 1:
        return [f"附件：{titles[0]}"]
    return [
        f"{'附件：' if place == 1 else INDENT}{place}. {title}"
        for place, title in enumerate(titles, start=1)
    ]


def signature(letter: Letter) -> list[str]:
    """署名 and 成文日期."""
    day = formats.day(letter.signed_on) if letter.signed_on else ""
    return [each for each in (letter.signatory, day) if each]
