"""Pages of village banks: list, record, edit, import."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.filters import as_of_day
from core.forms.institutions import InstitutionForm
from core.lists import list_page
from core.models import Institution
from core.naming import here
from core.permissions import requires
from core.queries.history import history_of
from core.queries.institutions import institutions_on
from core.tabular import formats
from core.text import Text
from core.views.imports import check_page, template_file, upload_page
from core.views.institutions import record_context
from core.views.shared import editable_institution, saved
from finance.forms import VillageBankForm
from finance.models import VillageBank
from finance.operations.village_banks import IMPORT, save_village_bank
from finance.queries.village_banks import remarks_on, village_banks_on
from finance.rules.pipeline import BLOCKING, WAY
from finance.tables import TONES, VILLAGE_BANKS, stage_text

NEEDED = {"get": "institution.import", "post": "institution.import"}


@requires(get="institution.view")
def index(request: HttpRequest) -> HttpResponse:
    return list_page(request, VILLAGE_BANKS)


@requires(get="institution.view")
def record(request: HttpRequest, code: str) -> HttpResponse:
    day = as_of_day(request.GET, timezone.localdate())
    banks = village_banks_on(user=request.user, as_of=day).filter(institution__code=code)
    bank = banks.first()
    if bank is None:
        raise NotFound(Text("这家村镇银行", "village bank"))
    institution = institutions_on(user=request.user, as_of=day).get(pk=bank.pk)
    context = record_context(request, institution, day)
    context |= {
        "bank": bank,
        "bank_facts": _facts(bank),
        "remarks": remarks_on(banks=banks, as_of=day)[bank.pk],
        "steps": _steps(context["events"], bank.stage, day),
        "history": history_of(institution, bank),
    }
    return render(request, "finance/village_bank.html", context)


def _facts(bank: Any) -> list[dict[str, Any]]:
    blocked = BLOCKING.get(bank.blocked)
    sponsor = {"label": _("主发起行"), "text": bank.sponsor or "—"}
    if bank.main_sponsor:
        sponsor["url"] = reverse("core:institution", args=[bank.main_sponsor.code])
    return [
        {
            "label": _("阶段"),
            "text": stage_text(bank.stage),
            "badge": TONES.get(bank.stage, "info"),
        },
        {
            "label": _("受阻原因"),
            "text": here(blocked) if blocked else "—",
            "badge": "warn" if blocked else "",
        },
        sponsor,
        {"label": _("主发起行持股"), "text": formats.percent_value(bank.stake_now)},
        {"label": _("民营资本占比"), "text": formats.percent_value(bank.private_share)},
        {"label": _("注册资本（万元）"), "text": formats.money(bank.capital_now)},
        {"label": _("设立层级"), "text": _(bank.get_capital_level_display())},
        {"label": _("规划批次"), "text": bank.quota_batch or "—"},
        {"label": _("挂钩西部项目"), "text": bank.linked_west_project or "—"},
        *(_converted(company) for company in _companies(bank)),
    ]


def _companies(bank: Any) -> Any:
    """The microloan companies that turned into this bank."""
    return bank.institution.converted_companies.select_related("institution")


def _converted(company: Any) -> dict[str, Any]:
    url = reverse("finance:microloan-companies-record", args=[company.institution.code])
    return {"label": _("改制前的小额贷款公司"), "text": company.institution.name, "url": url}


def _steps(events: list[dict[str, Any]], stage: str, day: Any) -> list[dict[str, Any]]:
    """The way to opening with the dates reached; events come newest first."""
    dates = {e["kind"]: e["on"] for e in events if not e["voided"] and e["on"] <= day}
    steps = []
    for kind in (*WAY, "opened"):
        state = "now" if kind == stage else "done" if kind in dates else "next"
        note = f"{dates[kind]:%Y-%m-%d}" if kind in dates else ""
        steps.append({"label": stage_text(kind), "state": state, "note": note})
    if stage in ("exited", "suspended", "abandoned"):
        steps.append({"label": stage_text(stage), "state": "now"})
    return steps


@requires(get="institution.edit", post="institution.edit")
def create(request: HttpRequest) -> HttpResponse:
    back = reverse("finance:village-banks")
    return _edit(request, Institution(kind="village_bank"), VillageBank(), _("登记发起意向"), back)


@requires(get="institution.edit", post="institution.edit")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    institution = editable_institution(request, code)
    detail = VillageBank.objects.filter(pk=institution.pk).first()
    if detail is None:
        raise NotFound(Text("这家村镇银行", "village bank"))
    back = reverse("finance:village-bank", args=[code])
    return _edit(request, institution, detail, _("修改：%s") % institution.name, back)


def _edit(
    request: HttpRequest, institution: Institution, detail: VillageBank, title: str, back: str
) -> HttpResponse:
    data, new = request.POST or None, institution.pk is None
    form = InstitutionForm(data, instance=institution, actor=request.user)
    del form.fields["kind"]
    more = VillageBankForm(data, instance=detail, actor=request.user, new=new)
    if request.method == "POST" and form.is_valid() and more.is_valid():
        try:
            save_village_bank(
                form.instance,
                more.instance,
                actor=request.user,
                now=timezone.now(),
                confirmed=form.cleaned_data.get("confirmed", False),
                expected_detail_version=more.cleaned_data.get("expected_detail_version"),
                intended_on=more.cleaned_data.get("intended_on"),
                **form.act(),
            )
            return saved(request, reverse("finance:village-bank", args=[form.instance.code]))
        except DomainError as error:
            form.refused(error)
    context = {"title": title, "form": form, "more": more, "cancel_url": back}
    status = 422 if form.errors or more.errors else 200
    return render(request, "finance/village_bank_form.html", context, status=status)


@requires(**NEEDED)
def upload(request: HttpRequest) -> HttpResponse:
    return upload_page(
        request,
        IMPORT,
        check="finance:village-bank-import-check",
        template="finance:village-bank-import-template",
        back="finance:village-banks",
    )


@requires(**NEEDED)
def dry_run(request: HttpRequest, pk: int) -> HttpResponse:
    return check_page(
        request, IMPORT, pk, upload="finance:village-bank-import", back="finance:village-banks"
    )


@requires(get="institution.import")
def template(request: HttpRequest) -> FileResponse:
    return template_file(IMPORT)
