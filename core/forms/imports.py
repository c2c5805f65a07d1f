"""The form of a workbook import."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("文件"),
        help_text=_("XLSX 或 CSV，首行为列名；文件里没有的列保持原值。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
