"""What a value is called in the language of its reader."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from core.models import Period, Prefecture, RuleParameter
from core.text import Text

# Units as forms, rules and goals declare them.
UNITS_IN_ENGLISH = {
    "万元": "10,000 yuan",
    "亿元": "100 million yuan",
    "户": "borrowers",
    "笔": "items",
    "家": "institutions",
    "人": "people",
    "按行": "as the row says",
    "个月": "months",
    "个工作日": "working days",
    "个百分点": "percentage points",
    "日": "days",
    "天": "days",
    "年": "years",
    "倍": "times",
    "市": "prefectures",
    "次": "times",
    "期": "tranches",
}


def named(value: Any, language: str) -> Any:
    """Return ``value`` as a reader of ``language`` calls it; unknown kinds stay as they are.

    In English a period is its code (``2012-06``), prefectures and rules have English names,
    and a unit is spelt out; the Chinese is what the record itself prints.
    """
    if isinstance(value, Text):
        return value.in_language(language)
    english = language.lower().startswith("en")
    if isinstance(value, RuleParameter):
        return value.title_en if english else value.title
    if isinstance(value, Prefecture):
        return value.name_en if english else value.name
    if not english:
        return value
    if isinstance(value, Period):
        return value.code
    return UNITS_IN_ENGLISH.get(value, value) if isinstance(value, str) else value


def both(label: Any) -> Text:
    """A label that gettext translates, as a Text, whatever the language of the moment."""
    with override("zh-hans"):
        chinese = str(label)
    with override("en"):
        return Text(chinese, str(label))


def here(value: Any) -> Any:
    """``named`` in the language of the page that is being made."""
    return named(value, get_language() or "")


def listed(words: Iterable[str]) -> str:
    """Words in a row, as the language of the page separates them."""
    return _("、").join(words)


label = lazy(lambda text: str(here(text)), str)  # for choices declared before any page is asked
