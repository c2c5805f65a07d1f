"""Forms of village banks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import use_days
from core.models import Institution
from finance.models import VillageBank


class VillageBankForm(forms.ModelForm):
    """The detail of a village bank, beside the institution's own form."""

    expected_detail_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    intended_on = forms.DateField(label=_("发起意向日期"), required=False)

    class Meta:
        model = VillageBank
        fields = [
            "main_sponsor",
            "main_sponsor_name",
            "sponsor_stake",
            "private_share",
            "capital",
            "capital_level",
            "linked_west_project",
            "quota_batch",
        ]

    def __init__(self, *args: Any, actor: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        banks = Institution.objects.visible_to(actor).banks().exclude(kind="village_bank")
        self.fields["main_sponsor"].queryset = banks.order_by("name")
        self.fields["main_sponsor_name"].help_text = _("省外或未登记的主发起行填名称。")
        if new:
            self.fields["intended_on"].required = True
        else:
            del self.fields["intended_on"]
            self.fields["expected_detail_version"].initial = self.instance.version
        use_days(self)
