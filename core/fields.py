"""Model fields that store exact decimals as whole numbers."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def round_half_up(value: Decimal, scale: int = 2) -> Decimal:
    """Round to ``scale`` decimals, halves away from zero (四舍五入, as the returns ask)."""
    return value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


class ScaledField(models.BigIntegerField):
    """A decimal with a fixed number of decimals, stored as an integer of its last place.

    Money in 万元 has scale 2, so 12.34 万元 is stored as 1234. Sums are then exact on
    every database (SQLite keeps DecimalField as floating point) and loading is fast.
    Python always sees ``Decimal``.
    """

    def __init__(self, *args: Any, scale: int = 2, **kwargs: Any) -> None:
        self.scale = scale
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "scale": self.scale}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-self.scale)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            return round_half_up(Decimal(str(value)), self.scale)
        except ArithmeticError as error:
            raise ValidationError(_("“%(value)s” 不是数字"), params={"value": value}) from error

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(self.to_python(value).scaleb(self.scale))

    def formfield(self, **kwargs: Any) -> forms.Field:
        options = {
            "required": not self.blank,
            "label": self.verbose_name,
            "help_text": self.help_text,
            "max_digits": 18,
            "decimal_places": self.scale,
        }
        if self.has_default():
            options["initial"] = self.get_default()
        return forms.DecimalField(**{**options, **kwargs})

    @property
    def validators(self) -> list[Any]:
        return list(self._validators)


class MoneyField(ScaledField):
    """An amount in 万元 with two decimals."""


class ChoiceListField(models.JSONField):
    """Several codes out of a list of choices, kept in the order of the list.

    ``options`` are (code, label) pairs, or a TextChoices class.
    """

    def __init__(self, *args: Any, options: Any = (), **kwargs: Any) -> None:
        self.options = list(getattr(options, "choices", options))
        super().__init__(*args, default=kwargs.pop("default", list), **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs  # the options are words of the interface, not of the table

    def clean(self, value: Any, model_instance: Any) -> list[str]:
        found = super().clean(value, model_instance) or []
        known = [code for code, _label in self.options]
        unknown = [code for code in found if code not in known]
        if unknown:
            raise ValidationError(_("“%(value)s” 不在可选值中"), params={"value": unknown[0]})
        return [code for code in known if code in found]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.options,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
