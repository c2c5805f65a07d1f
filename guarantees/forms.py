"""Forms of guarantees that are no register's."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import use_days
from core.models import Prefecture


class SimulationForm(forms.Form):
    """Which past cases a scheme is told."""

    since = forms.DateField(label=_("逾期日期自"))
    until = forms.DateField(label=_("至"))
    prefecture = forms.ModelChoiceField(
        Prefecture.objects.all(), to_field_name="code", required=False, label=_("地市")
    )
    bank = forms.CharField(label=_("银行编码"), required=False, max_length=20)

    def __init__(self, data: Any, *, today: datetime.date) -> None:
        given = {name: data[name] for name in self.base_fields if data.get(name)}
        first = today.replace(year=today.year - 5, day=1)
        super().__init__({"since": first.isoformat(), "until": today.isoformat(), **given})
        use_days(self)
