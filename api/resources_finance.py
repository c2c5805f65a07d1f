"""Village banks and loan figures as resources."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from api.declaration import Field, Resource
from api.resources_core import KINDS, REGIONS
from core.models.facts import BlockingReason
from core.naming import both
from core.queries.periods import period_code
from core.text import Text
from finance.filters import LoanFigureFilter, VillageBankFilter
from finance.models import LoanLine
from finance.models.measures import LINE_MEASURES
from finance.models.village_banks import CapitalLevel
from finance.queries.village_banks import village_banks_on
from finance.rules.industries import INDUSTRIES, SIZES
from finance.rules.village_banks import STAGES
from returns.models import Return, ReturnState

VILLAGE_BANKS = Resource(
    name="village-banks",
    title=Text("村镇银行", "village bank"),
    action="institution.view",
    rows=village_banks_on,
    dated=True,
    key="code",
    ordering="institution__code",
    orderings=("code", "opened_on"),
    filterset=VillageBankFilter,
    fields=(
        Field("id", "pk", "integer"),
        Field("code", "institution__code", label=Text("机构编码", "Institution code")),
        Field("name", "institution__name", label=Text("名称", "Name")),
        Field("prefecture", "institution__prefecture__code"),
        Field("prefecture_name", "institution__prefecture__name"),
        Field("region", "institution__prefecture__region", labels=REGIONS),
        Field("county", "institution__county__code", nullable=True),
        Field("county_name", "institution__county__name", nullable=True),
        Field("stage", "stage", labels=STAGES, label=Text("阶段", "Stage on the day")),
        Field("blocked", "blocked", labels=dict(BlockingReason.choices)),
        Field("sponsor", "sponsor", label=Text("主发起行", "Main sponsor"), nullable=True),
        Field("stake", "stake_now", "percent", Text("持股比例", "Stake"), nullable=True),
        Field("capital", "capital_now", "money", Text("注册资本", "Capital"), nullable=True),
        Field("opened_on", "opened_on", "date", nullable=True),
        Field("private_share", "private_share", "percent", nullable=True),
        Field("capital_level", "capital_level", labels=dict(CapitalLevel.choices)),
        Field("quota_batch", "quota_batch"),
        Field("linked_west_project", "linked_west_project"),
        Field("version", "version", "integer"),
    ),
)


def figures_in_force(*, user: Any) -> QuerySet:
    """Lines of accepted returns that ``user`` may see, by the prefecture of the figure."""
    accepted = Return.objects.filter(
        document=OuterRef("document"),
        period=OuterRef("period"),
        institution=OuterRef("institution"),
        state=ReturnState.ACCEPTED,
    )
    lines = LoanLine.objects.visible_to(user).annotate(period_code=period_code("period__"))
    return lines.filter(Exists(accepted))


COUNTS = ("borrowers", "applicants", "approved")
PLACES = {"interest": "rate"}


def _measure(name: str) -> Field:
    label = LoanLine._meta.get_field(name).verbose_name
    kind = "integer" if name in COUNTS else PLACES.get(name, "money")
    return Field(name, name, kind, both(label))


LOAN_FIGURES = Resource(
    name="loan-figures",
    title=Text("小微贷款数字", "loan figure"),
    action="figure.view",
    rows=figures_in_force,
    filterset=LoanFigureFilter,
    fast=True,
    fields=(
        Field("id", "pk", "integer"),
        Field("period", "period_code", label=Text("报告期", "Period")),
        Field("institution", "institution__code", label=Text("机构编码", "Institution code")),
        Field("institution_name", "institution__name"),
        Field("kind", "institution__kind", labels=KINDS),
        Field("prefecture", "prefecture__code", label=Text("地市代码", "Prefecture")),
        Field("prefecture_name", "prefecture__name"),
        Field("region", "prefecture__region", labels=REGIONS),
        Field("size", "size", labels=SIZES, label=Text("企业规模", "Enterprise size")),
        Field("industry", "industry", labels=INDUSTRIES, label=Text("行业门类", "Industry")),
        *(_measure(name) for name in LINE_MEASURES),
        Field("document", "document_id", "integer"),
        Field("row", "row", "integer", Text("来源文件的行", "Row of the source document")),
    ),
)
