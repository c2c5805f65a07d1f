"""Filters of notes and their events, on page and API alike."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import AnyYesNo, AsOfFilterSet
from core.naming import label
from listings.filters import of_prefecture, of_region
from listings.models import CollectiveNote, NoteEvent
from listings.models.notes import NoteEventKind, NoteKind
from listings.rules.note_life import STATE_WORDS


class NoteFilter(AsOfFilterSet):
    """Filters of notes; rows carry their state (queries)."""

    search_fields = (
        "name__icontains",
        "short_name__icontains",
        "code__istartswith",
        "issuers__enterprise__name__icontains",
        "issuers__name__icontains",
        "events__registration_number__icontains",
    )
    kind = django_filters.ChoiceFilter(choices=NoteKind.choices, label=_("品种"))
    state = django_filters.ChoiceFilter(
        choices=[(key, label(text)) for key, text in STATE_WORDS.items()], label=_("状态")
    )
    region = of_region("prefecture")
    prefecture = of_prefecture("prefecture")
    year = django_filters.NumberFilter(label=_("年度"))
    regional = django_filters.BooleanFilter(label=_("区域集优"), widget=AnyYesNo)
    enterprise = django_filters.CharFilter(
        field_name="issuers__enterprise__code", label=_("发行人企业编号"), distinct=True
    )
    institution = django_filters.CharFilter(
        field_name="role_holders__institution__code", label=_("参与机构编码"), distinct=True
    )

    def search(self, queryset, name, value):
        """Names of issuers are rows of their own: each note is found once."""
        return super().search(queryset, name, value).distinct()

    class Meta:
        model = CollectiveNote
        fields: list[str] = []


class NoteEventFilter(AsOfFilterSet):
    search_fields = (
        "tranche__name__icontains",
        "tranche__code__istartswith",
        "registration_number__icontains",
    )
    tranche = django_filters.CharFilter(field_name="tranche__code", label=_("集合票据编号"))
    kind = django_filters.ChoiceFilter(
        choices=NoteEventKind.choices, label=pgettext_lazy("event", "事项")
    )
    prefecture = of_prefecture("tranche__prefecture")
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = NoteEvent
        fields: list[str] = []
