"""Filters of pilots, re-guarantee, the fund, support, training and credit information."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.filters import AnyYesNo, AsOfFilterSet, StrictFilterSet, search_lookups
from core.models.decisions import Decision, GovernmentLevel
from core.models.supervision import OfficerPost
from core.naming import label
from core.queries.institutions import STATES
from core.queries.validity import VALIDITY
from guarantees.filters import of_institution, of_prefecture, of_region
from guarantees.models import (
    Attendance,
    Contribution,
    CreditCoverage,
    EvaluationScheme,
    FundEntry,
    GuaranteeFund,
    InsurancePilot,
    PilotFigure,
    PlatformParticipant,
    ReguaranteeCompany,
    SupportApplication,
    SupportPayment,
    SupportProgramme,
    TrainingCourse,
)
from guarantees.models.credit_information import ParticipantKind, PlatformAccess
from guarantees.models.fund import Direction, FundKind
from guarantees.models.reguarantee import ContributorKind
from guarantees.models.support import SupportKind
from guarantees.models.training import CourseTopic
from guarantees.rules.pilots import STOP_WORDS

NAMED = ("name__icontains", "code__istartswith")
DOCUMENTED = (*NAMED, "document_number__icontains")
FUND_STATES = [("founded", _("已设立")), ("planned", _("未设立"))]


def of_validity() -> django_filters.ChoiceFilter:
    """The state that the rows carry (``core.queries.validity``)."""
    return django_filters.ChoiceFilter(
        choices=[(key, label(text)) for key, text in VALIDITY.items()], label=_("状态")
    )


def by_code(name: str, words: object) -> django_filters.CharFilter:
    """Entries of one parent, by its code."""
    return django_filters.CharFilter(field_name=f"{name}__code", label=words)


class PilotFilter(AsOfFilterSet):
    """Filters of pilots; rows carry their state and sums (queries)."""

    search_fields = DOCUMENTED
    prefecture = of_prefecture("prefecture")
    region = of_region("prefecture")
    scheme = by_code("scheme", _("损失分担方案"))
    state = of_validity()
    stop_state = django_filters.ChoiceFilter(
        choices=[(key.value, label(text)) for key, text in STOP_WORDS.items()], label=_("停办规则")
    )
    started_on = django_filters.DateFromToRangeFilter(label=_("启动日期"))

    class Meta:
        model = InsurancePilot
        fields: list[str] = []


class PilotFigureFilter(StrictFilterSet):
    search_fields = ("pilot__name__icontains", "pilot__code__istartswith", "code__istartswith")
    pilot = by_code("pilot", _("试点"))
    prefecture = of_prefecture("pilot__prefecture")
    period_end = django_filters.DateFromToRangeFilter(label=_("期末日期"))

    class Meta:
        model = PilotFigure
        fields: list[str] = []


class ReguaranteeFilter(AsOfFilterSet):
    """Filters of re-guarantee companies; rows carry their state (queries)."""

    search_fields = (*search_lookups(prefix="institution__"), "promoter__icontains")
    region = of_region()
    prefecture = of_prefecture()
    state = django_filters.ChoiceFilter(choices=list(STATES.items()), label=_("状态"))

    class Meta:
        model = ReguaranteeCompany
        fields: list[str] = []


class ContributionFilter(StrictFilterSet):
    search_fields = ("contributor__icontains", *search_lookups(prefix="institution__"))
    institution = of_institution()
    prefecture = of_prefecture()
    kind = django_filters.ChoiceFilter(choices=ContributorKind.choices, label=_("出资人类别"))
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = Contribution
        fields: list[str] = []


class FundFilter(AsOfFilterSet):
    """Filters of funds; rows carry whether they were founded by the day (queries)."""

    search_fields = (*DOCUMENTED, "manager__icontains")
    prefecture = of_prefecture("prefecture")
    state = django_filters.ChoiceFilter(choices=FUND_STATES, label=_("状态"))

    class Meta:
        model = GuaranteeFund
        fields: list[str] = []


class FundEntryFilter(StrictFilterSet):
    search_fields = ("code__istartswith", "payer__icontains", "beneficiary__name__icontains")
    fund = by_code("fund", _("基金"))
    direction = django_filters.ChoiceFilter(choices=Direction.choices, label=_("方向"))
    kind = django_filters.ChoiceFilter(choices=FundKind.choices, label=_("类别"))
    beneficiary = of_institution("beneficiary", _("受益机构编码"))
    happened_on = django_filters.DateFromToRangeFilter(label=_("日期"))

    class Meta:
        model = FundEntry
        fields: list[str] = []


class ProgrammeFilter(AsOfFilterSet):
    """Filters of programmes; rows carry their state on the day (queries)."""

    search_fields = DOCUMENTED
    prefecture = of_prefecture("prefecture")
    level = django_filters.ChoiceFilter(choices=GovernmentLevel.choices, label=_("政府层级"))
    kind = django_filters.ChoiceFilter(choices=SupportKind.choices, label=_("方式"))
    state = of_validity()

    class Meta:
        model = SupportProgramme
        fields: list[str] = []


class ApplicationFilter(AsOfFilterSet):
    search_fields = ("code__istartswith", *search_lookups(prefix="institution__"))
    institution = of_institution()
    prefecture = of_prefecture()
    region = of_region()
    programme = by_code("programme", _("扶持政策"))
    year = django_filters.NumberFilter(label=_("业务年度"))
    decision = django_filters.ChoiceFilter(choices=Decision.choices, label=_("审批结果"))
    applied_on = django_filters.DateFromToRangeFilter(label=_("申请日期"))

    class Meta:
        model = SupportApplication
        fields: list[str] = []


class PaymentFilter(StrictFilterSet):
    search_fields = (
        "code__istartswith",
        "document_number__icontains",
        *search_lookups(prefix="application__institution__"),
    )
    application = by_code("application", _("扶持申请"))
    institution = of_institution("application__institution")
    prefecture = of_prefecture("application__institution__prefecture")
    programme = by_code("application__programme", _("扶持政策"))
    paid_on = django_filters.DateFromToRangeFilter(label=_("拨付日期"))

    class Meta:
        model = SupportPayment
        fields: list[str] = []


class CourseFilter(StrictFilterSet):
    search_fields = (*NAMED, "organiser__icontains")
    prefecture = of_prefecture("prefecture")
    topic = django_filters.ChoiceFilter(choices=CourseTopic.choices, label=_("主题"))
    started_on = django_filters.DateFromToRangeFilter(label=_("开班日期"))

    class Meta:
        model = TrainingCourse
        fields: list[str] = []


class AttendanceFilter(StrictFilterSet):
    search_fields = (
        "person__icontains",
        "certificate_number__icontains",
        *search_lookups(prefix="institution__"),
    )
    course = by_code("course", _("培训班"))
    institution = of_institution()
    prefecture = of_prefecture()
    post = django_filters.ChoiceFilter(choices=OfficerPost.choices, label=_("职务"))
    completed = django_filters.BooleanFilter(label=_("结业"), widget=AnyYesNo)

    class Meta:
        model = Attendance
        fields: list[str] = []


class EvaluationSchemeFilter(AsOfFilterSet):
    """Filters of evaluation schemes; rows carry their state on the day (queries)."""

    search_fields = (*DOCUMENTED, "evaluator__icontains")
    prefecture = of_prefecture("prefecture")
    state = of_validity()

    class Meta:
        model = EvaluationScheme
        fields: list[str] = []


class PlatformParticipantFilter(AsOfFilterSet):
    """Filters of participants; rows carry their state on the day (queries)."""

    search_fields = (*NAMED, *search_lookups(prefix="institution__"))
    institution = of_institution()
    prefecture = of_prefecture("prefecture")
    kind = django_filters.ChoiceFilter(choices=ParticipantKind.choices, label=_("单位类别"))
    access = django_filters.ChoiceFilter(choices=PlatformAccess.choices, label=_("接入方式"))
    state = of_validity()

    class Meta:
        model = PlatformParticipant
        fields: list[str] = []


class CreditCoverageFilter(AsOfFilterSet):
    search_fields = ("prefecture__name__icontains", "code__istartswith")
    prefecture = of_prefecture("prefecture")
    region = of_region("prefecture")
    scheme = by_code("scheme", _("信用评价办法"))
    counted_on = django_filters.DateFromToRangeFilter(label=_("统计日期"))

    class Meta:
        model = CreditCoverage
        fields: list[str] = []
