"""Forms of institutions, their facts and files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fact_kinds import FACT_FORMS, columns_of, kinds_for
from core.forms.base import RecordForm, accept_confirmation, show_refusal, use_days
from core.models import County, Delegation, Fact, Institution, Prefecture
from core.models.users import Role


class InstitutionForm(RecordForm):
    """Create or edit an institution; a prefecture's clerk is offered only its prefecture."""

    class Meta:
        model = Institution
        fields = [
            "code",
            "kind",
            "name",
            "short_name",
            "prefecture",
            "county",
            "address",
            "credit_code",
            "organisation_code",
            "registration_number",
            "licence_number",
            "parent",
            "note",
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = County.objects.select_related("prefecture")
        self.fields["county"].label_from_instance = lambda c: f"{c.prefecture} {c.name}"
        self.fields["parent"].queryset = Institution.objects.visible_to(actor).order_by("name")
        if actor.role == Role.PREFECTURE_STAFF:
            own = Prefecture.objects.filter(pk=actor.prefecture_id)
            self.fields["prefecture"].queryset = own
            self.fields["prefecture"].initial = actor.prefecture_id
            self.fields["county"].queryset = self.fields["county"].queryset.filter(
                prefecture=actor.prefecture_id
            )
        if self.instance.pk:
            self.fields["name"].help_text = _("仅用于更正错字；正式更名请登记“更名”事项。")
        accept_confirmation(self)


class FactKindForm(forms.Form):
    """The first step of recording a fact: what happened."""

    kind = forms.ChoiceField(label=_("事项"))

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_for(institution.kind)


class FactForm(forms.ModelForm):
    """A fact of one kind, with the fields that this kind uses."""

    class Meta:
        model = Fact
        fields = [
            "happened_on",
            "document_number",
            "decided_by",
            "level",
            "authority",
            "delegation",
            "filed_on",
            "prefecture",
            "county",
            "subject",
            "counterparty",
            "capital",
            "stake",
            "new_name",
            "reason",
            "note",
        ]

    def __init__(self, *args: Any, kind: str, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind, self.instance.institution = kind, institution
        spec = FACT_FORMS[kind]
        for name in list(self.fields):
            if name not in (*columns_of(kind, institution.kind), "happened_on", "note"):
                del self.fields[name]
        for name in spec.needs:
            self.fields[name].required = True
        if spec.reasons:
            label = self.fields["reason"].label
            choices = [("", "---------"), *spec.reasons]
            self.fields["reason"] = forms.ChoiceField(label=label, choices=choices)
        if "county" in self.fields:
            self.fields["county"].queryset = County.objects.select_related("prefecture")
            self.fields["county"].label_from_instance = lambda c: f"{c.prefecture} {c.name}"
        if "delegation" in self.fields:
            self.fields["delegation"].queryset = (
                Delegation.objects.standing()
                .filter(prefecture=institution.prefecture_id)
                .select_related("prefecture")
            )
        if spec.seats:
            self.fields["prefecture"].help_text = _("不填则为机构现所在地。")
        if "document_number" in self.fields:
            self.fields["document_number"].help_text = _("如 银监发〔2007〕5号；括号会自动规范。")
        use_days(self)
        accept_confirmation(self)

    def _post_clean(self) -> None:
        """The operation validates the whole fact; here only the fields' own shape counts."""
        self.instance = forms.models.construct_instance(
            self, self.instance, self._meta.fields, self._meta.exclude
        )

    def refused(self, error: Any) -> None:
        show_refusal(self, error)


class VoidForm(forms.Form):
    reason = forms.CharField(
        label=_("作废原因"), max_length=300, widget=forms.Textarea({"rows": 3})
    )


class FileForm(forms.Form):
    title = forms.CharField(label=_("标题"), max_length=100, required=False)
    file = forms.FileField(label=_("文件"), allow_empty_file=True)
