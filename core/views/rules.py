"""Pages of dated rules."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError, NotFound
from core.forms.reference import RuleForm
from core.lists import list_page
from core.models import RuleParameter
from core.naming import here
from core.operations.rules import save_rule
from core.permissions import may, requires
from core.queries.history import history_of
from core.tables import RULES, plain, rule_source, rule_title
from core.text import Text
from core.views.shared import form_page, saved


@requires(get="rule.view")
def index(request: HttpRequest) -> HttpResponse:
    return list_page(request, RULES)


@requires(get="rule.view")
def record(request: HttpRequest, pk: int) -> HttpResponse:
    rule = _rule(pk)
    versions = RuleParameter.objects.filter(code=rule.code, scope=rule.scope)
    context = {
        "title": rule_title(rule),
        "rule": rule,
        "facts": [
            {"label": _("编码"), "text": rule.code},
            {
                "label": _("值"),
                "text": f"{rule.get_comparator_display()} {plain(rule.value)} {here(rule.unit)}",
            },
            {"label": _("适用范围"), "text": _(rule.get_scope_display())},
            {"label": _("有效期"), "text": f"{rule.valid_from} — {rule.valid_to or _('今')}"},
            {"label": _("依据"), "text": rule_source(rule)},
            {
                "label": _("可靠程度"),
                "text": _(rule.get_certainty_display()),
                "badge": {"H": "good", "M": "info", "L": "warn"}[rule.certainty],
            },
            {"label": _("说明"), "text": rule.note or "—"},
        ],
        "versions": [
            {
                "rule": each,
                "text": f"{each.get_comparator_display()} {plain(each.value)} {here(each.unit)}",
            }
            for each in versions.order_by("-valid_from")
        ],
        "history": history_of(rule),
        "editable": may(request.user, "rule.edit"),
    }
    return render(request, "core/rule.html", context)


@requires(get="rule.edit", post="rule.edit")
def create(request: HttpRequest) -> HttpResponse:
    return _edit(request, RuleParameter(), _("新增规则"), reverse("core:rules"))


@requires(get="rule.edit", post="rule.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    rule = _rule(pk)
    return _edit(request, rule, _("修改：%s") % rule_title(rule), reverse("core:rule", args=[pk]))


def _rule(pk: int) -> RuleParameter:
    rule = RuleParameter.objects.filter(pk=pk).first()
    if rule is None:
        raise NotFound(Text("这条规则", "rule"))
    return rule


def _edit(request: HttpRequest, rule: RuleParameter, title: str, back: str) -> HttpResponse:
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            save_rule(form.instance, actor=request.user, now=timezone.now(), **form.act())
            return saved(request, reverse("core:rule", args=[form.instance.pk]))
        except DomainError as error:
            form.refused(error)
    return form_page(request, title, form, back)
