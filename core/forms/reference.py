"""Forms of rules and of counties' dated marks."""

from django import forms

from core.forms.base import RecordForm
from core.models import County, RuleParameter


class RuleForm(RecordForm):
    class Meta:
        model = RuleParameter
        fields = [
            "code",
            "title",
            "title_en",
            "comparator",
            "value",
            "unit",
            "scope",
            "valid_from",
            "valid_to",
            "source",
            "article",
            "certainty",
            "note",
        ]


class CountyForm(RecordForm):
    class Meta:
        model = County
        fields = [
            "valid_from",
            "valid_to",
            "successor_code",
            "change_note",
            "underdeveloped",
            "underdeveloped_from",
            "underdeveloped_to",
        ]
        widgets = {"change_note": forms.TextInput}
