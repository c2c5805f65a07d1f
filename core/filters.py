"""Filters that are strict: a misspelt parameter is an error, never "all rows"."""

import datetime
from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.models import County, Fact, Institution, Prefecture, RuleParameter
from core.models.facts import Authority, FactKind
from core.models.institutions import InstitutionKind
from core.models.rules import Certainty, RuleScope
from core.models.territory import CountyKind, Region
from core.queries.institutions import STATES
from core.text import Text

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AnyYesNo(forms.NullBooleanSelect):
    """A choice of yes, no, or both."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", _("不限")), ("true", _("是")), ("false", _("否"))]


class StrictFilterSet(django_filters.FilterSet):
    """A FilterSet for page, API and export alike.

    ``search_fields`` are searched by ``q``; names match anywhere, codes and pinyin initials
    from their start.
    """

    search_fields: tuple[str, ...] = ()
    q = django_filters.CharFilter(method="search", label=_("搜索"))

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        condition = Q()
        for field in self.search_fields:
            condition |= Q(**{field: value.strip()})
        return queryset.filter(condition)

    def strict_qs(self, *, also_known: Iterable[str] = ()) -> QuerySet:
        """Return the filtered rows. Raises DomainError for unknown names and bad values."""
        known = {*also_known}
        for name, each in self.filters.items():
            ends = getattr(each.field.widget, "suffixes", None)  # a range has two parameters
            known |= {f"{name}_{end}" for end in ends} if ends else {name}
        unknown = sorted(set(self.data) - known)
        if unknown:
            raise unknown_parameters(unknown, known)
        if not self.is_valid():
            raise DomainError(
                "bad-filter",
                Text("筛选条件不正确，请改正后重试。", "A filter is not right; mend it and retry."),
                fields={
                    field: Text(" ".join(map(str, errors)), " ".join(map(str, errors)))
                    for field, errors in self.form.errors.items()
                },
            )
        return self.qs


def unknown_parameters(unknown: Iterable[str], known: Iterable[str]) -> DomainError:
    """The refusal of parameters that mean nothing here, with those that do."""
    names, allowed = ", ".join(unknown), ", ".join(sorted(known))
    return DomainError(
        "unknown-parameter",
        Text(
            f"地址中有不认识的参数：{names}。可用的参数：{allowed}。",
            f"Unknown parameters: {names}. Known are: {allowed}.",
        ),
        fields={name: Text("不认识的参数", "unknown parameter") for name in unknown},
    )


def search_lookups(*names: str, prefix: str = "") -> tuple[str, ...]:
    """Lookups by which an institution-like row is found; ``prefix`` leads to it."""
    plain = ("name__icontains", "pinyin_initials__istartswith", "pinyin__istartswith")
    return tuple(f"{prefix}{name}" for name in (*plain, "code__istartswith", *names))


def values_of(choices: Any) -> list[tuple[str, str]]:
    """Choices of a filter from a TextChoices class."""
    return list(choices.choices)


def as_of_day(data: Any, fallback: datetime.date) -> datetime.date:
    """The day of ``?as_of=``; the fallback if it is absent or no date (the filter says so)."""
    try:
        return datetime.date.fromisoformat(data.get("as_of") or "")
    except ValueError:
        return fallback


def day_asked(data: Any, fallback: datetime.date) -> datetime.date:
    """The day of ``?as_of=``, where no filter reads it. Raises DomainError "bad-filter"."""
    given = data.get("as_of")
    if given and as_of_day(data, datetime.date.min) == datetime.date.min:
        words = Text(
            f"“{given}”不是日期，请写成 2012-06-30。", f"“{given}” is no date; write 2012-06-30."
        )
        raise DomainError("bad-filter", words, fields={"as_of": words})
    return as_of_day(data, fallback)


class AsOfFilterSet(StrictFilterSet):
    """A filter set with the day on which states are judged, read before the rows are."""

    as_of = django_filters.DateFilter(method="known", label=_("截至"), widget=DAY)

    def known(self, queryset: QuerySet, name: str, value: Any) -> QuerySet:
        return queryset


class InstitutionFilter(AsOfFilterSet):
    """Filters of institutions, on page and API alike; rows carry ``state`` (queries)."""

    search_fields = search_lookups(
        "short_name__icontains",
        "credit_code__istartswith",
        "organisation_code__istartswith",
        "registration_number__istartswith",
    )
    kind = django_filters.ChoiceFilter(choices=InstitutionKind.choices, label=_("类别"))
    region = django_filters.ChoiceFilter(
        field_name="prefecture__region", choices=Region.choices, label=_("区域")
    )
    prefecture = django_filters.ModelChoiceFilter(
        queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )
    county = django_filters.CharFilter(field_name="county__code", label=_("县（市、区）代码"))
    state = django_filters.ChoiceFilter(choices=list(STATES.items()), label=_("状态"))

    class Meta:
        model = Institution
        fields: list[str] = []


class CountyFilter(StrictFilterSet):
    """Filters of counties; ``valid_on`` keeps those that existed on a day."""

    search_fields = ("name__icontains", "pinyin_initials__istartswith", "code__istartswith")
    region = django_filters.ChoiceFilter(
        field_name="prefecture__region", choices=Region.choices, label=_("区域")
    )
    prefecture = django_filters.ModelChoiceFilter(
        queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )
    kind = django_filters.ChoiceFilter(choices=CountyKind.choices, label=_("类别"))
    underdeveloped = django_filters.BooleanFilter(label=_("欠发达"), widget=AnyYesNo)
    valid_on = django_filters.DateFilter(method="existing", label=_("存在于"), widget=DAY)

    class Meta:
        model = County
        fields: list[str] = []

    def existing(self, queryset: QuerySet, name: str, value: datetime.date) -> QuerySet:
        return queryset.valid_on(value)


class PrefectureFilter(StrictFilterSet):
    search_fields = (
        "name__icontains",
        "name_en__istartswith",
        "pinyin_initials__istartswith",
        "code__istartswith",
    )
    region = django_filters.ChoiceFilter(choices=Region.choices, label=_("区域"))
    underdeveloped = django_filters.BooleanFilter(label=_("欠发达地区"), widget=AnyYesNo)

    class Meta:
        model = Prefecture
        fields: list[str] = []


class RuleFilter(StrictFilterSet):
    search_fields = (
        "code__icontains",
        "title__icontains",
        "title_en__icontains",
        "source__icontains",
    )
    scope = django_filters.ChoiceFilter(choices=RuleScope.choices, label=_("适用范围"))
    certainty = django_filters.ChoiceFilter(choices=Certainty.choices, label=_("可靠程度"))
    in_force_on = django_filters.DateFilter(method="in_force", label=_("当日有效"), widget=DAY)

    class Meta:
        model = RuleParameter
        fields: list[str] = []

    def in_force(self, queryset: QuerySet, name: str, value: datetime.date) -> QuerySet:
        return queryset.in_force(value)


class FactFilter(StrictFilterSet):
    """Filters of dated facts; ``as_of`` keeps those in force on a day."""

    search_fields = ("document_number__icontains", *search_lookups(prefix="institution__"))
    institution = django_filters.CharFilter(field_name="institution__code", label=_("机构编码"))
    institution_kind = django_filters.ChoiceFilter(
        field_name="institution__kind", choices=InstitutionKind.choices, label=_("机构类别")
    )
    kind = django_filters.ChoiceFilter(choices=FactKind.choices, label=_("事项"))
    authority = django_filters.ChoiceFilter(choices=Authority.choices, label=_("权限依据"))
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))
    voided = django_filters.BooleanFilter(
        field_name="voided_at", lookup_expr="isnull", exclude=True, label=_("已作废")
    )
    as_of = django_filters.DateFilter(method="in_force", label=_("截至"), widget=DAY)

    class Meta:
        model = Fact
        fields: list[str] = []

    def in_force(self, queryset: QuerySet, name: str, value: datetime.date) -> QuerySet:
        return queryset.in_force(as_of=value)
