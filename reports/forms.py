"""Parameters of a report: strict, in the address bar, the same for page, command and API."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.naming import listed
from core.text import Text


class ParametersForm(forms.Form):
    """Base of a report's parameters. A subclass declares fields and ``parameters()``.

    What is not asked takes the field's default; an unknown name is an error, so that a
    misspelt parameter never answers a question nobody asked.
    """

    as_of = forms.DateField(
        label=_("截至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    error_css_class = "invalid"
    optional: ClassVar[set[str]] = set()

    def __init__(self, data: Mapping[str, Any], *, today: datetime.date) -> None:
        given = {name: value for name, value in data.items() if value not in ("", None)}
        self.unknown = sorted(set(given) - set(self.base_fields))
        super().__init__({**self.defaults(today), **given})

    @classmethod
    def defaults(cls, today: datetime.date) -> dict[str, Any]:
        """Return what stands in for parameters that were not given."""
        initial = {name: f.initial for name, f in cls.base_fields.items() if f.initial is not None}
        return {"as_of": today.isoformat(), **initial}

    def clean(self) -> dict[str, Any]:
        for name in self.unknown:
            self.add_error(
                None,
                _("不认识的参数“%(name)s”；可用的参数：%(known)s。")
                % {"name": name, "known": listed(self.fields)},
            )
        return super().clean()

    def parameters(self) -> Any:
        """Return the report's own frozen dataclass, from valid ``cleaned_data``."""
        raise TypeError(f"{type(self).__name__} does not say what its parameters are")

    def canonical(self) -> dict[str, str]:
        """Return the parameters as plain text, to store, to link and to ask again."""
        return {
            name: value.isoformat() if isinstance(value, datetime.date) else str(value)
            for name, value in self.cleaned_data.items()
            if value not in ("", None)
        }


def read(form: type[ParametersForm], data: Mapping[str, Any], *, today: datetime.date):
    """Return the valid form, or raise DomainError "invalid-parameters" with each field."""
    bound = form(data, today=today)
    if bound.is_valid():
        return bound
    fields = {
        name if name != "__all__" else "": Text(
            " ".join(map(str, texts)), " ".join(map(str, texts))
        )
        for name, texts in bound.errors.items()
    }
    said = now_("；").join(str(text) for text in fields.values())
    raise DomainError(
        "invalid-parameters",
        Text(f"报告参数不正确：{said}", f"The report's parameters are not right: {said}"),
        fields=fields,
    )


def known_moment(asked: str, *, now: datetime.datetime) -> datetime.datetime | None:
    """The moment whose knowledge is meant, from ISO text; None for an empty one: as of now.

    Without an offset it is local time. Raises DomainError "invalid-parameters".
    """
    if not asked:
        return None
    try:
        moment = datetime.datetime.fromisoformat(asked.replace(" ", "+"))  # + in an address
    except ValueError:
        raise _wrong_moment(asked) from None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if moment > now:
        raise _wrong_moment(asked)
    return moment


def _wrong_moment(asked: str) -> DomainError:
    said = Text(
        f"“{asked}”不是已过去的时刻；请写成 2012-07-20T09:00:00+08:00。",
        f"“{asked}” is not a past moment; write 2012-07-20T09:00:00+08:00.",
    )
    return DomainError("invalid-parameters", said, fields={"known_at": said})
