"""Template tags: icons, figures as people read them, texts in the reader's language."""

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.journal_words import act_words
from core.naming import here
from core.permissions import may
from core.ratio import Ratio
from core.registers.catalogue import REGISTERS
from core.tabular import formats

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decorative unless it has a label."""
    sprite = static("icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.filter
def act(action: str) -> str:
    """An act of the journal in the reader's words."""
    return act_words(action).in_language(get_language() or "")


@register.filter
def in_language(text: Any) -> str:
    """A declared Text, a period, a prefecture or a unit in the reader's language."""
    return here(text)


@register.filter
def money(value: Decimal | None) -> str:
    return formats.money(value)


@register.filter
def yi(value: Decimal | None) -> str:
    return formats.yi(value)


@register.filter
def count(value: int | None) -> str:
    return formats.count(value)


@register.filter
def figure(value: Decimal | str | None, unit: str) -> str:
    """A figure of a return, as its measure's unit asks."""
    return formats.figure(value, unit)


@register.filter
def percent(value: Ratio | Decimal | None) -> str:
    """A ratio, or an exact quotient (0.1234), in percent."""
    if isinstance(value, Ratio):
        value = value.value
    return formats.percent_value(None if value is None else value * 100)


@register.filter
def day(value: datetime.date | None) -> str:
    return formats.day(value, get_language() or "")


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """``mapping[key]``, empty if it is not there."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.simple_tag(takes_context=True)
def query(context: Any, **changes: Any) -> str:
    """The present address with some parameters changed; None drops one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def allowed(context: Any, action: str, target: Any = None) -> bool:
    """Whether the visitor may do ``action`` (to ``target``): for showing buttons only."""
    return may(context["request"].user, action, target)


@register.simple_tag
def register_url(key: str, code: str) -> str:
    """The page of an entry of a register."""
    return reverse(REGISTERS[key].url_name("record"), args=[code])
