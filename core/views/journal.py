"""The journal, for those who audit."""

import django_filters
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_filters.widgets import RangeWidget

from core.filters import StrictFilterSet
from core.journal_words import act_words
from core.lists import ListColumn, ListDefinition, list_page
from core.models import JournalEntry
from core.operations.jobs import start_job
from core.permissions import requires
from core.tasks import verify_journal


class JournalFilter(StrictFilterSet):
    search_fields = ("actor_name__icontains", "action__icontains", "object_id__iexact")
    action = django_filters.CharFilter(lookup_expr="startswith", label=gettext_lazy("动作"))
    object_type = django_filters.CharFilter(label=gettext_lazy("对象类型"))
    object_id = django_filters.CharFilter(label=gettext_lazy("对象编号"))
    at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("日期"),
        widget=RangeWidget(attrs={"type": "date"}),
    )

    class Meta:
        model = JournalEntry
        fields: tuple[str, ...] = ()


def _detail(entry: JournalEntry) -> str:
    return _("；").join(f"{name}={value}" for name, value in entry.detail.items())[:200]


JOURNAL = ListDefinition(
    key="journal",
    title=gettext_lazy("操作日志"),
    rows=lambda request: JournalEntry.objects.all(),
    filterset=JournalFilter,
    columns=(
        ListColumn("sequence", gettext_lazy("序号"), lambda e: e.sequence, kind="integer",
                   sort="sequence"),
        ListColumn("at", gettext_lazy("时间"), lambda e: e.at, kind="datetime", sort="at"),
        ListColumn("actor", gettext_lazy("操作人"), lambda e: e.actor_name),
        ListColumn("action", gettext_lazy("动作"), lambda e: e.action, sort="action",
                   shown=lambda e: act_words(e.action).in_language(get_language() or "")),
        ListColumn("object", gettext_lazy("对象"), lambda e: f"{e.object_type} {e.object_id}"),
        ListColumn("detail", gettext_lazy("内容"), _detail),
        ListColumn("hash", gettext_lazy("哈希"), lambda e: e.hash, default=False),
    ),
    default_sort="-sequence",
    intro=gettext_lazy("日志只增不改，每条都含前一条的哈希；任何改动都会使其后的链条失效。"),
)  # fmt: skip


@requires(get="journal.view", post="journal.view")
def journal(request: HttpRequest) -> HttpResponse:
    """The list of acts; posting has the worker verify the whole chain."""
    if request.method == "POST":
        job = start_job(
            actor=request.user, task=verify_journal, title=_("校验日志链"), now=timezone.now()
        )
        return redirect("core:job", job.pk)
    return list_page(request, JOURNAL, template="core/journal.html")
