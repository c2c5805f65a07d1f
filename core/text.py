"""Text declared in both languages of the interface."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A label or sentence in Chinese (the first language) and English.

    Used where words are declared as data (forms, checks, reports, rules), so that the
    same declaration serves web, API, workbook, command line and documentation.
    """

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English text for any ``en*`` language code, the Chinese otherwise."""
        return self.en if language.lower().startswith("en") else self.zh

    def format(self, **values: object) -> "Text":
        """Fill ``{placeholders}`` in both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))

    def __str__(self) -> str:
        return self.zh
