"""Finance's lists, each declared once for page and export."""

from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.fact_kinds import reason_label
from core.filters import as_of_day
from core.lists import ListAction, ListColumn, ListDefinition
from finance.filters import VillageBankFilter
from finance.models import VillageBank
from finance.queries.village_banks import village_banks_on
from finance.rules.village_banks import STAGES

TONES = {
    "opened": "good",
    "exited": "bad",
    "abandoned": "bad",
    "suspended": "warn",
    "none": "plain",
}


def stage_text(stage: str) -> str:
    """A stage in the reader's language."""
    return STAGES[stage].in_language(get_language() or "zh-hans")


def record_url(bank: VillageBank) -> str:
    return reverse("finance:village-bank", args=[bank.institution.code])


VILLAGE_BANKS = ListDefinition(
    key="village-banks",
    title=pgettext_lazy("list", "村镇银行"),
    rows=lambda request: village_banks_on(
        user=request.user, as_of=as_of_day(request.GET, timezone.localdate())
    ),
    filterset=VillageBankFilter,
    default_sort="institution__code",
    record_url=record_url,
    columns=(
        ListColumn("code", _("机构编码"), lambda b: b.institution.code, sort="institution__code"),
        ListColumn(
            "name",
            _("名称"),
            lambda b: b.institution.name,
            sort="institution__pinyin",
            url=record_url,
        ),
        ListColumn(
            "prefecture",
            _("地市"),
            lambda b: str(b.institution.prefecture),
            sort="institution__prefecture__display_order",
        ),
        ListColumn(
            "county",
            _("县（市、区）"),
            lambda b: b.institution.county.name if b.institution.county else "",
            sort="institution__county__code",
        ),
        ListColumn(
            "stage",
            _("阶段"),
            lambda b: stage_text(b.stage),
            sort="stage",
            badge=lambda b: TONES.get(b.stage, "info"),
        ),
        ListColumn(
            "blocked",
            _("受阻原因"),
            lambda b: now_(reason_label("blocked", b.blocked)) if b.blocked else "",
            sort="blocked",
        ),
        ListColumn("sponsor", _("主发起行"), lambda b: b.sponsor or "", sort="sponsor"),
        ListColumn("stake", _("持股比例"), lambda b: b.stake_now, "percent", "stake_now"),
        ListColumn(
            "capital", _("注册资本（万元）"), lambda b: b.capital_now, "money", "capital_now"
        ),
        ListColumn("opened_on", _("开业日期"), lambda b: b.opened_on, "date", "opened_on"),
        ListColumn(
            "private_share",
            _("民营资本占比"),
            lambda b: b.private_share,
            "percent",
            "private_share",
            default=False,
        ),
        ListColumn(
            "capital_level",
            _("设立层级"),
            lambda b: now_(b.get_capital_level_display()),
            default=False,
        ),
        ListColumn("quota_batch", _("规划批次"), lambda b: b.quota_batch, default=False),
        ListColumn(
            "linked_west_project", _("挂钩西部项目"), lambda b: b.linked_west_project, default=False
        ),
    ),
    actions=(
        ListAction(
            _("导入"), reverse_lazy("finance:village-bank-import"), "upload", "institution.import"
        ),
        ListAction(
            _("登记发起意向"),
            reverse_lazy("finance:village-bank-new"),
            permission="institution.edit",
            primary=True,
        ),
    ),
)
