"""Pinyin of names, so that a clerk finds 韶关 by typing ``sg``."""

from pypinyin import Style, lazy_pinyin


def full(name: str) -> str:
    """``韶关市 -> shaoguanshi``; other characters stay, in lower case."""
    return "".join(lazy_pinyin(name)).lower()[:300]


def initials(name: str) -> str:
    """``韶关市 -> sgs``."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:100]
