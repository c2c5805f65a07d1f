"""What a column of a file is."""

from dataclasses import dataclass
from typing import Literal

from core.text import Text

Kind = Literal["text", "integer", "money", "percent", "rate", "date", "datetime", "bool", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` for machines, ``label`` for people, ``kind`` for its format.

    ``money`` is 万元 with two decimals; ``percent`` holds 12.34 for 12.34 %; ``width`` is in
    characters of a workbook's column.
    """

    key: str
    label: Text | str
    kind: Kind = "text"
    width: int | None = None

    def heading(self, language: str) -> str:
        """The label in the reader's language."""
        return self.label.in_language(language) if isinstance(self.label, Text) else str(self.label)

    @property
    def numeric(self) -> bool:
        return self.kind in ("integer", "money", "percent", "rate")
