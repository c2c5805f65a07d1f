"""Forms by which tokens are issued and rotated."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from core.models import User
from core.operations.tokens import LIMITS, MAX_DAYS, MAX_OVERLAP
from core.scopes import WRITING, all_scopes, useful_scopes
from core.text import Text

NOT_AT_FIRST = WRITING - {"submit"}  # chosen on purpose, never by leaving the form as it is


class TokenForm(forms.Form):
    """What a new token is for, and how far it reaches."""

    name = forms.CharField(label=gettext_lazy("用途"), max_length=60)
    days = forms.IntegerField(
        label=gettext_lazy("有效天数"), min_value=1, max_value=MAX_DAYS, initial=90
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("权限范围"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("只选需要的；令牌的权限不超过其所属人的权限"),
    )
    networks = forms.CharField(
        label=gettext_lazy("允许的网段"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("如 10.1.0.0/16，多个以逗号分隔；不填则不限"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.scopes_of(user)
        self.fields["scopes"].choices = worded(offered)
        self.fields["scopes"].initial = [each for each in offered if each not in NOT_AT_FIRST]

    def scopes_of(self, user: Any) -> dict[str, Text]:
        """The scopes to choose from: those with which the person can do anything."""
        return useful_scopes(user)


class PersonField(forms.ModelChoiceField):
    """A person by name, user name and role."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.display_name}（{obj.username}，{obj.get_role_display()}）"


class IssueForm(TokenForm):
    """An administrator's: for whom, and with what limits of its own."""

    field_order = ["user", "name", "days", "scopes", "networks", *LIMITS]

    user = PersonField(label=gettext_lazy("所属人"), queryset=User.objects.filter(is_active=True))
    rate_per_minute = forms.IntegerField(
        label=gettext_lazy("每分钟请求数"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text=gettext_lazy("不填则按系统设置"),
    )
    bulk_per_day = forms.IntegerField(
        label=gettext_lazy("每日批量导出次数"), min_value=0, max_value=1_000_000, required=False
    )
    bulk_rows_per_day = forms.IntegerField(
        label=gettext_lazy("每日批量导出行数"), min_value=0, max_value=10**12, required=False
    )

    def scopes_of(self, user: Any) -> dict[str, Text]:
        """All: whose token it is going to be is chosen in the same form."""
        return all_scopes()

    @property
    def limits(self) -> dict[str, int | None]:
        """The limits that were filled in."""
        found = {name: self.cleaned_data[name] for name in LIMITS}
        return {name: value for name, value in found.items() if value is not None}


class RotateForm(forms.Form):
    """How long the text before is still taken."""

    overlap = forms.IntegerField(
        label=gettext_lazy("新旧令牌并用天数"),
        min_value=0,
        max_value=MAX_OVERLAP.days,
        initial=2,
        help_text=gettext_lazy("期间两个令牌都有效，供对方系统更换；0 为立即失效"),
    )


def worded(scopes: dict[str, Text]) -> list[tuple[str, str]]:
    """Scopes with their words in the reader's language, as choices."""
    language = get_language() or ""
    return [(name, f"{text.in_language(language)}（{name}）") for name, text in scopes.items()]
