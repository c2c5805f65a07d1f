"""Forms of village banks, and of the conversion of a microloan company into one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import accept_confirmation, use_days
from core.models import Institution
from core.models.institutions import InstitutionKind
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


class ConversionForm(forms.Form):
    """Which village bank a microloan company becomes, when, and on whose decision.

    ``act()`` gives the arguments of the operation. The same for the page and the API.
    """

    village_bank = forms.ModelChoiceField(
        Institution.objects.none(),
        to_field_name="code",
        label=_("村镇银行"),
        help_text=_("须先登记，且与公司同在一市。"),
    )
    on = forms.DateField(label=_("改制日期"))
    document_number = forms.CharField(
        label=_("批复文号"),
        max_length=60,
        required=False,
        help_text=_("如 银监发〔2007〕5号；括号会自动规范。"),
    )
    decided_by = forms.CharField(label=_("批准机关"), max_length=60, required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, company: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village_bank"].queryset = Institution.objects.visible_to(actor).filter(
            kind=InstitutionKind.VILLAGE_BANK, prefecture=company.prefecture_id
        )
        self.fields["expected_version"].initial = company.version
        use_days(self)
        accept_confirmation(self)

    def act(self) -> dict[str, Any]:
        """The arguments of ``convert_into_village_bank`` beside company, actor and moment."""
        return {"confirmed": False, **self.cleaned_data}
