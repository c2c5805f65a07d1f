"""The registries' lists, each declared once for page and export."""

from typing import Any

from django.db.models import Count
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filters import (
    CountyFilter,
    InstitutionFilter,
    PrefectureFilter,
    RuleFilter,
    as_of_day,
)
from core.lists import ListAction, ListColumn, ListDefinition
from core.models import County, Prefecture, RuleParameter
from core.naming import here
from core.queries.institutions import STATE_BADGES, STATES, institutions_on


def display(field: str) -> Any:
    """The label of a choice, in the reader's language."""
    return lambda row: now_(str(getattr(row, f"get_{field}_display")()))


def yes_no(field: str) -> Any:
    return lambda row: now_("是") if getattr(row, field) else now_("否")


INSTITUTIONS = ListDefinition(
    key="institutions",
    title=pgettext_lazy("list", "机构"),
    rows=lambda request: institutions_on(
        user=request.user, as_of=as_of_day(request.GET, timezone.localdate())
    ),
    filterset=InstitutionFilter,
    default_sort="code",
    record_url=lambda row: reverse("core:institution", args=[row.code]),
    columns=(
        ListColumn("code", _("机构编码"), lambda row: row.code, sort="code"),
        ListColumn(
            "name",
            _("名称"),
            lambda row: row.name,
            sort="pinyin",
            url=lambda row: reverse("core:institution", args=[row.code]),
        ),
        ListColumn("kind", _("类别"), display("kind"), sort="kind"),
        ListColumn(
            "prefecture",
            _("地市"),
            lambda row: str(row.prefecture),
            sort="prefecture__display_order",
        ),
        ListColumn(
            "region",
            _("区域"),
            lambda row: now_(row.prefecture.get_region_display()),
            default=False,
        ),
        ListColumn(
            "county",
            _("县（市、区）"),
            lambda row: row.county.name if row.county else "",
            sort="county__code",
        ),
        ListColumn(
            "state",
            _("状态"),
            lambda row: str(STATES[row.state]),
            sort="state",
            badge=lambda row: STATE_BADGES[row.state] or "plain",
        ),
        ListColumn("opened_on", _("开业日期"), lambda row: row.opened_on, "date", sort="opened_on"),
        ListColumn(
            "credit_code", _("统一社会信用代码"), lambda row: row.credit_code, default=False
        ),
        ListColumn(
            "organisation_code", _("组织机构代码"), lambda row: row.organisation_code, default=False
        ),
        ListColumn(
            "registration_number",
            _("营业执照注册号"),
            lambda row: row.registration_number,
            default=False,
        ),
        ListColumn(
            "licence_number", _("金融许可证编码"), lambda row: row.licence_number, default=False
        ),
        ListColumn(
            "parent",
            _("上级机构"),
            lambda row: row.parent.name if row.parent else "",
            default=False,
        ),
        ListColumn("address", _("地址"), lambda row: row.address, default=False),
        ListColumn(
            "updated_at",
            _("更新时间"),
            lambda row: row.updated_at,
            "datetime",
            sort="updated_at",
            default=False,
        ),
    ),
    actions=(
        ListAction(
            _("导入"), reverse_lazy("core:institution-import"), "upload", "institution.import"
        ),
        ListAction(
            _("新增机构"),
            reverse_lazy("core:institution-new"),
            permission="institution.edit",
            primary=True,
        ),
    ),
)

PREFECTURES = ListDefinition(
    key="prefectures",
    title=pgettext_lazy("list", "地级以上市"),
    rows=lambda request: Prefecture.objects.annotate(
        county_number=Count("counties", distinct=True),
        institution_number=Count("institutions", distinct=True),
    ),
    filterset=PrefectureFilter,
    default_sort="display_order",
    record_url=lambda row: reverse("core:prefecture", args=[row.code]),
    columns=(
        ListColumn(
            "display_order", _("排序"), lambda row: row.display_order, "integer", "display_order"
        ),
        ListColumn(
            "name",
            _("名称"),
            lambda row: row.name,
            sort="pinyin_initials",
            url=lambda row: reverse("core:prefecture", args=[row.code]),
        ),
        ListColumn("code", _("代码"), lambda row: row.code, sort="code"),
        ListColumn("name_en", _("英文名"), lambda row: row.name_en, sort="name_en"),
        ListColumn("region", _("区域"), display("region"), sort="region"),
        ListColumn("underdeveloped", _("欠发达地区"), yes_no("underdeveloped")),
        ListColumn(
            "counties", _("县级区划"), lambda row: row.county_number, "integer", "county_number"
        ),
        ListColumn(
            "institutions",
            _("机构数"),
            lambda row: row.institution_number,
            "integer",
            "institution_number",
        ),
    ),
    actions=(
        ListAction(pgettext_lazy("list", "县（市、区）"), reverse_lazy("core:counties"), "geo-alt"),
    ),
)

COUNTIES = ListDefinition(
    key="counties",
    title=pgettext_lazy("list", "县（市、区）"),
    rows=lambda request: County.objects.select_related("prefecture"),
    filterset=CountyFilter,
    default_sort="code",
    record_url=lambda row: reverse("core:county", args=[row.code]),
    columns=(
        ListColumn("code", _("代码"), lambda row: row.code, sort="code"),
        ListColumn(
            "name",
            _("名称"),
            lambda row: row.name,
            sort="pinyin_initials",
            url=lambda row: reverse("core:county", args=[row.code]),
        ),
        ListColumn("kind", _("类别"), display("kind"), sort="kind"),
        ListColumn(
            "prefecture",
            _("地市"),
            lambda row: str(row.prefecture),
            sort="prefecture__display_order",
        ),
        ListColumn("valid_from", _("设立"), lambda row: row.valid_from, "date", "valid_from"),
        ListColumn(
            "valid_to",
            pgettext_lazy("county", "撤销"),
            lambda row: row.valid_to,
            "date",
            "valid_to",
        ),
        ListColumn("successor", _("后继代码"), lambda row: row.successor_code),
        ListColumn("underdeveloped", _("欠发达"), yes_no("underdeveloped")),
        ListColumn("change_note", _("变更说明"), lambda row: row.change_note, default=False),
    ),
    actions=(
        ListAction(
            pgettext_lazy("list", "地级以上市"), reverse_lazy("core:prefectures"), "geo-alt"
        ),
    ),
)

RULES = ListDefinition(
    key="rules",
    title=pgettext_lazy("list", "规则参数"),
    intro=_("每条规则按所审日期的有效值执行；标为“本省参数（可配置）”的不是法规规定。"),
    rows=lambda request: RuleParameter.objects.all(),
    filterset=RuleFilter,
    default_sort="code",
    record_url=lambda row: reverse("core:rule", args=[row.pk]),
    columns=(
        ListColumn("code", _("编码"), lambda row: row.code, sort="code"),
        ListColumn("title", _("名称"), lambda row: rule_title(row), sort="title"),
        ListColumn("comparator", _("比较"), lambda row: row.get_comparator_display()),
        ListColumn(
            "value",
            _("值"),
            lambda row: row.value,
            "rate",
            "value",
            shown=lambda row: plain(row.value),
        ),
        ListColumn("unit", _("单位"), lambda row: here(row.unit)),
        ListColumn("scope", _("适用范围"), display("scope"), sort="scope"),
        ListColumn("valid_from", _("生效"), lambda row: row.valid_from, "date", "valid_from"),
        ListColumn("valid_to", _("失效"), lambda row: row.valid_to, "date", "valid_to"),
        ListColumn("source", _("依据"), lambda row: rule_source(row)),
        ListColumn(
            "certainty",
            _("可靠程度"),
            display("certainty"),
            sort="certainty",
            badge=lambda row: {"H": "good", "M": "info", "L": "warn"}[row.certainty],
        ),
    ),
    actions=(
        ListAction(
            _("新增规则"), reverse_lazy("core:rule-new"), permission="rule.edit", primary=True
        ),
    ),
)


def plain(value: Any) -> str:
    """A rule's value without idle zeros: 20.000000 -> 20."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rule_title(rule: RuleParameter) -> str:
    """A rule's title in the reader's language."""
    from django.utils.translation import get_language

    return rule.title_en if (get_language() or "").startswith("en") else rule.title


def rule_source(rule: RuleParameter) -> str:
    """Source and article; what is configurable names no law."""
    if rule.certainty == "L":
        return now_("本省参数（可配置）")
    return " ".join(part for part in (rule.source, rule.article) if part)
