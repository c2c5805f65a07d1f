"""Territory, institutions, approvals and rules as resources."""

import datetime
from typing import Any

from django.db.models import Model, QuerySet

from api.declaration import Field, Resource
from core.filters import CountyFilter, FactFilter, InstitutionFilter, PrefectureFilter, RuleFilter
from core.models import County, Fact, Prefecture, RuleParameter
from core.models.facts import Authority, DecidingLevel, FactKind
from core.models.institutions import BANK_KINDS, InstitutionKind
from core.models.rules import Certainty, Comparator, RuleScope
from core.models.territory import CountyKind, Region
from core.permissions import may, scope_filter
from core.queries.institutions import STATES, institutions_on
from core.text import Text

REGIONS = dict(Region.choices)
KINDS = dict(InstitutionKind.choices)


def reference(model: type[Model]) -> Any:
    """Rows of a reference table: all for whoever is signed in, none for others."""

    def rows(*, user: Any) -> QuerySet:
        table = model._default_manager.all()
        return table if may(user, "reference.view") else table.none()

    return rows


PREFECTURES = Resource(
    name="prefectures",
    title=Text("地级以上市", "prefecture"),
    action="reference.view",
    rows=reference(Prefecture),
    key="code",
    ordering="display_order",
    orderings=("code", "display_order"),
    filterset=PrefectureFilter,
    fields=(
        Field("code", "code"),
        Field("name", "name", label=Text("名称", "Name")),
        Field("name_en", "name_en"),
        Field("pinyin_initials", "pinyin_initials"),
        Field("region", "region", labels=REGIONS, label=Text("区域", "Region")),
        Field("display_order", "display_order", "integer"),
        Field("underdeveloped", "underdeveloped", "bool", Text("欠发达地区", "Underdeveloped")),
    ),
)

COUNTIES = Resource(
    name="counties",
    title=Text("县（市、区）", "county"),
    action="reference.view",
    rows=reference(County),
    key="code",
    ordering="code",
    orderings=("code", "name"),
    filterset=CountyFilter,
    fields=(
        Field("code", "code"),
        Field("name", "name", label=Text("名称", "Name")),
        Field("kind", "kind", labels=dict(CountyKind.choices)),
        Field("prefecture", "prefecture__code", label=Text("地市代码", "Prefecture")),
        Field("prefecture_name", "prefecture__name"),
        Field("valid_from", "valid_from", "date", nullable=True),
        Field("valid_to", "valid_to", "date", Text("存在的最后一日", "Last day"), nullable=True),
        Field("successor_code", "successor_code"),
        Field("underdeveloped", "underdeveloped", "bool"),
        Field("underdeveloped_from", "underdeveloped_from", "date", nullable=True),
        Field("underdeveloped_to", "underdeveloped_to", "date", nullable=True),
        Field("version", "version", "integer"),
    ),
)

INSTITUTION_FIELDS = (
    Field("id", "pk", "integer"),
    Field("code", "code", label=Text("机构编码", "Institution code")),
    Field("kind", "kind", labels=KINDS, label=Text("类别", "Kind")),
    Field("name", "name", label=Text("名称", "Name")),
    Field("short_name", "short_name"),
    Field("prefecture", "prefecture__code", label=Text("所在地市", "Prefecture")),
    Field("prefecture_name", "prefecture__name"),
    Field("county", "county__code", nullable=True),
    Field("county_name", "county__name", nullable=True),
    Field("state", "state", labels=STATES, label=Text("截至日状态", "State on the day")),
    Field("opened_on", "opened_on", "date", nullable=True),
    Field("address", "address"),
    Field("credit_code", "credit_code", label=Text("统一社会信用代码", "Credit code")),
    Field("organisation_code", "organisation_code"),
    Field("registration_number", "registration_number"),
    Field("licence_number", "licence_number"),
    Field("parent", "parent__code", nullable=True),
    Field("note", "note"),
    Field("updated_at", "updated_at", "datetime"),
    Field("version", "version", "integer"),
)

INSTITUTIONS = Resource(
    name="institutions",
    title=Text("机构", "institution"),
    action="institution.view",
    rows=institutions_on,
    dated=True,
    key="code",
    ordering="code",
    orderings=("code", "name", "updated_at"),
    filterset=InstitutionFilter,
    fields=INSTITUTION_FIELDS,
)


def banks_on(*, user: Any, as_of: datetime.date) -> QuerySet:
    return institutions_on(user=user, as_of=as_of).filter(kind__in=BANK_KINDS)


BANKS = Resource(
    name="banks",
    title=Text("银行", "bank"),
    action="institution.view",
    rows=banks_on,
    dated=True,
    key="code",
    ordering="code",
    orderings=("code", "name", "updated_at"),
    filterset=InstitutionFilter,
    fields=INSTITUTION_FIELDS,
)


def visible_facts(*, user: Any) -> QuerySet:
    """Facts of the institutions that ``user`` sees, voided ones among them."""
    return Fact.objects.filter(
        scope_filter(user, "institution.view", prefecture="institution__prefecture_id")
    )


APPROVALS = Resource(
    name="approvals",
    title=Text("批复与事项", "approval or dated fact"),
    action="institution.view",
    rows=visible_facts,
    ordering="pk",
    orderings=("happened_on", "recorded_at"),
    filterset=FactFilter,
    fields=(
        Field("id", "pk", "integer"),
        Field("institution", "institution__code", label=Text("机构编码", "Institution code")),
        Field("institution_name", "institution__name"),
        Field("kind", "kind", labels=dict(FactKind.choices), label=Text("事项", "Fact")),
        Field("happened_on", "happened_on", "date", Text("日期", "Date")),
        Field("document_number", "document_number", label=Text("文号", "Document number")),
        Field("decided_by", "decided_by", label=Text("批准机关", "Decided by")),
        Field("level", "level", labels=dict(DecidingLevel.choices)),
        Field("authority", "authority", labels=dict(Authority.choices)),
        Field("delegation", "delegation__code", nullable=True),
        Field("filed_on", "filed_on", "date", Text("报省备案日期", "Filed on"), nullable=True),
        Field("prefecture", "prefecture__code", nullable=True),
        Field("county", "county__code", nullable=True),
        Field("subject", "subject"),
        Field("counterparty", "counterparty", label=Text("主发起行或相对方", "Counterparty")),
        Field("capital", "capital", "money", Text("注册资本", "Capital"), nullable=True),
        Field("stake", "stake", "percent", Text("持股比例", "Stake"), nullable=True),
        Field("old_name", "old_name"),
        Field("new_name", "new_name"),
        Field("reason", "reason"),
        Field("note", "note"),
        Field("recorded_at", "recorded_at", "datetime"),
        Field("voided_at", "voided_at", "datetime", nullable=True),
        Field("void_reason", "void_reason"),
    ),
)


def visible_rules(*, user: Any) -> QuerySet:
    return RuleParameter.objects.filter(scope_filter(user, "rule.view"))


RULES = Resource(
    name="rules",
    title=Text("规则参数", "rule"),
    action="rule.view",
    rows=visible_rules,
    ordering="code",
    orderings=("code", "valid_from"),
    filterset=RuleFilter,
    fields=(
        Field("id", "pk", "integer"),
        Field("code", "code"),
        Field("title", "title"),
        Field("title_en", "title_en"),
        Field("value", "value", "rate"),
        Field("unit", "unit"),
        Field("comparator", "comparator", labels=dict(Comparator.choices)),
        Field("scope", "scope", labels=dict(RuleScope.choices)),
        Field("valid_from", "valid_from", "date"),
        Field("valid_to", "valid_to", "date", nullable=True),
        Field("source", "source", label=Text("依据文件", "Source")),
        Field("article", "article"),
        Field("certainty", "certainty", labels=dict(Certainty.choices)),
        Field("note", "note"),
        Field("version", "version", "integer"),
    ),
)
