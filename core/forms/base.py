"""What the registries' forms share: the version edited, and the clerk's last word."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RecordForm(forms.ModelForm):
    """A form on a versioned record. ``refused`` turns a DomainError into field errors."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    change_reason = forms.CharField(label=_("修改原因"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["expected_version"].initial = self.instance.version
        else:
            del self.fields["change_reason"]
        use_days(self)

    def refused(self, error: DomainError) -> None:
        show_refusal(self, error)

    def act(self) -> dict[str, Any]:
        """The arguments about the edit itself, for the operation."""
        return {
            "expected_version": self.cleaned_data.get("expected_version"),
            "reason": self.cleaned_data.get("change_reason", ""),
        }


def use_days(form: forms.BaseForm) -> None:
    """Dates are picked, and shown as ISO whatever the language."""
    for field in form.fields.values():
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def show_refusal(form: forms.BaseForm, error: DomainError) -> None:
    """Put an operation's refusal beside the fields it names."""
    language = get_language() or "zh-hans"
    if error.code.startswith("doubtful-"):
        ask_again(form)
    form.add_error(None, error.message.in_language(language))
    for name, text in error.fields.items():
        form.add_error(name if name in form.fields else None, text.in_language(language))


def ask_again(form: forms.BaseForm) -> None:
    """Offer the clerk to save what looks wrong but was checked."""
    form.fields["confirmed"] = forms.BooleanField(label=_("已核对，仍按所填保存"), required=False)


def accept_confirmation(form: forms.BaseForm) -> None:
    """Read the confirmation, if the page that was sent offered one."""
    if form.data.get(form.add_prefix("confirmed")):
        ask_again(form)
