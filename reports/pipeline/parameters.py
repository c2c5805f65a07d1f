"""Parameters of the pipeline report."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Prefecture
from core.models.territory import Region
from core.naming import label
from core.text import Text
from finance.rules.industries import INDUSTRIES
from listings.models import Board
from listings.queries.pipeline import Where, Window
from reports.forms import ParametersForm

YES, NO = "yes", "no"
ALL = ("", _("全部"))


@dataclass(frozen=True, slots=True)
class PipelineParameters:
    """What is asked: the two days, the grouping, and which enterprises."""

    as_of: datetime.date
    since: datetime.date
    by: str
    where: Where

    def window(self, known_at: datetime.datetime | None) -> Window:
        return Window(self.since, self.as_of, known_at)


class PipelineForm(ParametersForm):
    """Two days, the grouping and filters. Without ``since`` the year counts from its first day."""

    since = forms.DateField(
        label=_("起算（不含当日）"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    by = forms.ChoiceField(
        label=_("分组"),
        initial="prefecture",
        choices=[
            ("prefecture", _("地市")),
            ("region", _("区域")),
            ("industry", _("行业")),
            ("board", _("拟上市板块")),
        ],
    )
    prefecture = forms.CharField(label=_("地市代码"), required=False, max_length=6)
    region = forms.ChoiceField(label=_("区域"), required=False, choices=[ALL, *Region.choices])
    industry = forms.ChoiceField(
        label=_("行业"),
        required=False,
        choices=[
            ALL,
            *((k, label(Text(f"{k} {v.zh}", f"{k} {v.en}"))) for k, v in INDUSTRIES.items()),
        ],
    )
    board = forms.ChoiceField(label=_("板块"), required=False, choices=[ALL, *Board.choices])
    shenzhen = forms.ChoiceField(
        label=_("深圳"), initial=YES, choices=[(YES, _("含深圳")), (NO, _("不含深圳"))]
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("prefecture")
        if code and not Prefecture.objects.filter(code=code).exists():
            self.add_error("prefecture", _("没有代码为“%(code)s”的地市。") % {"code": code})
        as_of = cleaned.get("as_of")
        if as_of and not cleaned.get("since") and "since" not in self.errors:
            cleaned["since"] = datetime.date(as_of.year - 1, 12, 31)
        since = cleaned.get("since")
        if as_of and since and since >= as_of:
            self.add_error("since", _("起算日应早于截至日。"))
        return cleaned

    def parameters(self) -> PipelineParameters:
        cleaned = self.cleaned_data
        return PipelineParameters(
            as_of=cleaned["as_of"],
            since=cleaned["since"],
            by=cleaned["by"],
            where=Where(
                prefecture=cleaned["prefecture"],
                region=cleaned["region"],
                industry=cleaned["industry"],
                board=cleaned["board"],
                include_shenzhen=cleaned["shenzhen"] == YES,
            ),
        )
