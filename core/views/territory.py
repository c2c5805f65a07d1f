"""Pages of prefectures and counties."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.errors import DomainError, NotFound
from core.forms.reference import CountyForm
from core.lists import list_page
from core.models import County, Prefecture
from core.operations.rules import save_county
from core.permissions import may, requires
from core.queries.history import history_of
from core.queries.institutions import STATES, institutions_on
from core.tables import COUNTIES, PREFECTURES
from core.text import Text
from core.views.shared import form_page, saved


@requires(get="reference.view")
def prefectures(request: HttpRequest) -> HttpResponse:
    return list_page(request, PREFECTURES)


@requires(get="reference.view")
def counties(request: HttpRequest) -> HttpResponse:
    return list_page(request, COUNTIES)


@requires(get="reference.view")
def prefecture(request: HttpRequest, code: str) -> HttpResponse:
    found = Prefecture.objects.filter(code=code).first()
    if found is None:
        raise NotFound(Text("这个地市", "prefecture"))
    visible = institutions_on(user=request.user, as_of=timezone.localdate())
    context = {
        "title": found.name,
        "prefecture": found,
        "facts": [
            {"label": _("代码"), "text": found.code},
            {"label": _("英文名"), "text": found.name_en},
            {"label": _("区域"), "text": _(found.get_region_display())},
            {"label": _("欠发达地区"), "text": _("是") if found.underdeveloped else _("否")},
        ],
        "counties": found.counties.order_by("code"),
        "institutions": [
            {"institution": each, "state": STATES[each.state]}
            for each in visible.filter(prefecture=found)[:200]
        ],
        "may_see": may(request.user, "institution.view"),
    }
    return render(request, "core/prefecture.html", context)


@requires(get="reference.view")
def county(request: HttpRequest, code: str) -> HttpResponse:
    found = _county(code)
    successor = County.objects.filter(code=found.successor_code).first()
    context = {
        "title": f"{found.prefecture} {found.name}",
        "county": found,
        "facts": [
            {"label": _("代码"), "text": found.code},
            {"label": _("类别"), "text": _(found.get_kind_display())},
            {
                "label": _("地市"),
                "text": str(found.prefecture),
                "url": reverse("core:prefecture", args=[found.prefecture.code]),
            },
            {"label": _("设立"), "text": found.valid_from or _("2012年10月前")},
            {"label": pgettext("county", "撤销"), "text": found.valid_to or "—"},
            {
                "label": _("后继"),
                "text": successor.name if successor else found.successor_code or "—",
                "url": reverse("core:county", args=[successor.code]) if successor else "",
                "note": found.change_note,
            },
            {"label": _("欠发达"), "text": _underdeveloped(found)},
        ],
        "history": history_of(found),
        "editable": may(request.user, "territory.edit"),
    }
    return render(request, "core/county.html", context)


def _underdeveloped(county: County) -> str:
    if not county.underdeveloped:
        return _("否")
    start, end = county.underdeveloped_from or "", county.underdeveloped_to or _("今")
    return f"{_('是')}{_('（')}{start} — {end}{_('）')}"


def _county(code: str) -> County:
    found = County.objects.select_related("prefecture").filter(code=code).first()
    if found is None:
        raise NotFound(Text("这个县（市、区）", "county"))
    return found


@requires(get="territory.edit", post="territory.edit")
def edit_county(request: HttpRequest, code: str) -> HttpResponse:
    found = _county(code)
    back = reverse("core:county", args=[code])
    form = CountyForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            save_county(form.instance, actor=request.user, **form.act())
            return saved(request, back)
        except DomainError as error:
            form.refused(error)
    return form_page(request, _("修改：%s") % found.name, form, back)
