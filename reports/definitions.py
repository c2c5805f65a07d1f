"""What a number of a report means: its unit and definition, in both languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.text import Text

NO_UNIT = Text("", "")
MONEY = Text("万元", "10,000 yuan")
YI = Text("亿元", "100 million yuan")
PERCENT = Text("%", "%")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A definition, and the unit where the kind of number does not say it."""

    definition: Text
    unit: Text = NO_UNIT


# Name of a column or key figure (or ``part_name``) → what it means; None: not a measure,
# such as a row's number.
Meanings = Mapping[str, Meaning | None]
Defining = Callable[[Any], Meanings]  # from a report's result


def means(zh: str, en: str, unit: Text = NO_UNIT) -> Meaning:
    """A meaning in few words."""
    return Meaning(Text(zh, en), unit)
