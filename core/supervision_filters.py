"""Filters of what supervision keeps: delegations and decisions, licences, officers, penalties."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import AsOfFilterSet, as_of_day, search_lookups
from core.models import Delegation, Fact, Licence, Officer, Penalty, Prefecture
from core.models.delegations import Matter
from core.models.facts import FactKind
from core.models.institutions import InstitutionKind
from core.models.supervision import LicenceKind, OfficerPost, PenaltyMeasure
from core.models.territory import Region
from core.naming import label
from core.queries.delegations import authority_remarks
from core.queries.validity import VALIDITY
from core.rules.delegations import MATTER_OF_FACT
from core.text import Text


def states_of(words: object) -> list[tuple[str, object]]:
    """Choices of a filter from states in words."""
    return [(key, label(text)) for key, text in dict(words).items()]


class PlacedFilter(AsOfFilterSet):
    """Filters of entries with a prefecture of their own."""

    prefecture = django_filters.ModelChoiceFilter(
        queryset=Prefecture.objects.all(), to_field_name="code", label=_("地市")
    )
    region = django_filters.ChoiceFilter(
        field_name="prefecture__region", choices=Region.choices, label=_("区域")
    )


class OfInstitutionsFilter(AsOfFilterSet):
    """Filters of entries about an institution."""

    institution = django_filters.CharFilter(field_name="institution__code", label=_("机构编码"))
    institution_kind = django_filters.ChoiceFilter(
        field_name="institution__kind", choices=InstitutionKind.choices, label=_("机构类别")
    )
    prefecture = django_filters.ModelChoiceFilter(
        field_name="institution__prefecture",
        queryset=Prefecture.objects.all(),
        to_field_name="code",
        label=_("地市"),
    )
    region = django_filters.ChoiceFilter(
        field_name="institution__prefecture__region", choices=Region.choices, label=_("区域")
    )


AUTHORITY = {
    "any": Text("有核查意见", "With findings"),
    "none": Text("没有核查意见", "Without findings"),
    "delegation.none": Text("没有下放权限", "No delegation"),
    "delegation.other-prefecture": Text("下放给他市", "Delegated to another prefecture"),
    "delegation.other-matter": Text("事项未下放", "Another matter"),
    "delegation.not-in-force": Text("不在有效期内", "Not in force"),
    "delegation.over-ceiling": Text("超过资本上限", "Above the ceiling"),
    "delegation.not-filed": Text("逾期未备案", "Not filed"),
    "delegation.filed-late": Text("备案迟延", "Filed late"),
}


class DecisionFilter(OfInstitutionsFilter):
    """Filters of what prefectures decided; ``findings`` is judged on the day."""

    search_fields = ("document_number__icontains", *search_lookups(prefix="institution__"))
    kind = django_filters.ChoiceFilter(
        choices=[each for each in FactKind.choices if each[0] in MATTER_OF_FACT], label=_("事项")
    )
    findings = django_filters.ChoiceFilter(
        method="with_findings", choices=states_of(AUTHORITY), label=_("核查意见")
    )

    class Meta:
        model = Fact
        fields: list[str] = []

    def with_findings(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        day = as_of_day(self.data, timezone.localdate())
        judged = authority_remarks(decisions=queryset, as_of=day)
        codes = {key: {each.code for each in found} for key, found in judged.items()}
        if value in ("any", "none"):
            keys = [key for key, found in codes.items() if bool(found) == (value == "any")]
        else:
            keys = [key for key, found in codes.items() if value in found]
        return queryset.filter(pk__in=keys)


class DelegationFilter(PlacedFilter):
    search_fields = (
        "code__istartswith",
        "document_number__icontains",
        "grantor__icontains",
        "prefecture__name__icontains",
        "prefecture__pinyin_initials__istartswith",
    )
    matter = django_filters.ChoiceFilter(
        method="with_matter", choices=Matter.choices, label=_("下放事项")
    )
    state = django_filters.ChoiceFilter(choices=states_of(VALIDITY), label=_("状态"))

    class Meta:
        model = Delegation
        fields: list[str] = []

    def with_matter(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """SQLite cannot look into a JSON list; the codes are no parts of one another."""
        return queryset.filter(matters__icontains=f'"{value}"')


class LicenceFilter(OfInstitutionsFilter):
    search_fields = (
        "code__istartswith",
        "number__icontains",
        *search_lookups(prefix="institution__"),
    )
    kind = django_filters.ChoiceFilter(choices=LicenceKind.choices, label=_("证照"))
    state = django_filters.ChoiceFilter(choices=states_of(VALIDITY), label=_("状态"))
    valid_until = django_filters.DateFromToRangeFilter(label=_("有效期至"))

    class Meta:
        model = Licence
        fields: list[str] = []


class OfficerFilter(OfInstitutionsFilter):
    search_fields = (
        "code__istartswith",
        "name__icontains",
        *search_lookups(prefix="institution__"),
    )
    post = django_filters.ChoiceFilter(choices=OfficerPost.choices, label=_("职务"))
    state = django_filters.ChoiceFilter(choices=states_of(VALIDITY), label=_("状态"))

    class Meta:
        model = Officer
        fields: list[str] = []


class PenaltyFilter(OfInstitutionsFilter):
    search_fields = (
        "code__istartswith",
        "document_number__icontains",
        "ground__icontains",
        *search_lookups(prefix="institution__"),
    )
    measure = django_filters.ChoiceFilter(choices=PenaltyMeasure.choices, label=_("措施"))
    state = django_filters.ChoiceFilter(choices=states_of(VALIDITY), label=_("状态"))
    decided_on = django_filters.DateFromToRangeFilter(label=_("决定日期"))

    class Meta:
        model = Penalty
        fields: list[str] = []
