"""The watch list: what its numbers mean."""

from core.text import Text
from reports.definitions import Meanings, means

FIGURES = Text("项", "figures")

DEFINITIONS: Meanings = {
    "broken": means(
        "当日突破限额的机构、指标项数",
        "figures of institutions that break their limit on the day",
        FIGURES,
    ),
    "near": means(
        "当日临近限额的机构、指标项数",
        "figures of institutions that are near their limit on the day",
        FIGURES,
    ),
    "free": means(
        "当日距限额尚有余地的机构、指标项数",
        "figures of institutions with room to their limit on the day",
        FIGURES,
    ),
    "cannot-be-judged": means(
        "因缺少数字而无法判定的机构、指标项数",
        "figures of institutions that cannot be judged for want of a number",
        FIGURES,
    ),
    "share": means(
        "剩余空间 ÷ 限额，负数为突破", "what is left / the limit; negative where it is broken"
    ),
    "room": means(
        "分子尚可增加（下限为可减少）的数额；家数、利率以其本身单位计",
        "what the numerator may still grow (above a floor: shrink); for numbers and rates "
        "in their own unit",
    ),
}
