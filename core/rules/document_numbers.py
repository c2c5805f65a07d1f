"""Numbers of official documents, such as 银监发〔2007〕5号.

Source: GB/T 9704-2012, 7.2.5 (year in full in 〔〕, no leading zero, no 第); orders such as
证监会令第63号 have a form of their own. A number that does not fit is a doubt, not an error.
"""

import re

from core.text import Text

_OPENING = re.compile(r"[\[(﹝【（［]")
_CLOSING = re.compile(r"[\])﹞】）］]")
_LETTER = re.compile(r"^[\u4e00-\u9fffA-Za-z]{1,20}〔(19|20)\d{2}〕[1-9]\d{0,4}号$")
_ORDER = re.compile(r"^[\u4e00-\u9fff]{1,20}令((19|20)\d{2}年)?第[1-9]\d{0,4}号$")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")

DOUBT = Text(
    "“{value}” 不像公文文号：应如 粤金〔2012〕6号（六角括号、年份四位、序号不编虚位）"
    "或 证监会令第63号。请核对原文。",
    "“{value}” does not look like a document number: 粤金〔2012〕6号 or 证监会令第63号 "
    "is expected. Look at the document.",
)


def normalised(text: str) -> str:
    """Brackets of any kind become 〔 〕; blanks go: ``银监发[2007] 5号 -> 银监发〔2007〕5号``."""
    text = re.sub(r"\s+", "", text).translate(_DIGITS)
    return _CLOSING.sub("〕", _OPENING.sub("〔", text))


def is_regular(number: str) -> bool:
    """Whether a normalised number has the form of a letter or of an order."""
    return bool(_LETTER.match(number) or _ORDER.match(number))


def doubt(number: str) -> Text | None:
    """Return what is doubtful about a number, or None; an empty one is not judged."""
    if not number or is_regular(normalised(number)):
        return None
    return DOUBT.format(value=number)
