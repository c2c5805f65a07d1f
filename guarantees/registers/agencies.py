"""The register of guarantee agencies, and their ratings."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Lead
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Institution, Licence
from core.naming import here, listed
from core.queries.institutions import STATE_BADGES, STATES
from core.queries.rules import remark_rules
from core.registers import Detail, Expiry, Extra, Panel, Register, Shown
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from guarantees import filters
from guarantees.models import CreditRating, GuaranteeAgency, RatingGrade, SupervisoryGrade
from guarantees.queries.agencies import banks_by_type, guarantee_agencies_on
from guarantees.rules.agency import AgencyFacts, agency_remarks
from guarantees.rules.ratings import MOVEMENTS, RATING_STATES, RATING_TONES, movement

MOVE_TONES = {"up": "good", "down": "bad", "same": "plain", "first": "info"}
BANK_TYPE_WORDS = {
    "policy_postal": Text("政策性银行及邮储银行", "Policy banks and the postal bank"),
    "state": Text("国有商业银行", "State-owned banks"),
    "joint_stock": Text("股份制商业银行", "Joint-stock banks"),
    "city": Text("城市商业银行", "City banks"),
    "rural": Text("农村合作金融机构", "Rural cooperative institutions"),
    "foreign": Text("外资银行", "Foreign banks"),
    "other": Text("其他", "Other"),
}


def remarks(rows: QuerySet, as_of: datetime.date) -> Mapping[int, Sequence[Remark]]:
    """What is odd about each agency of ``rows``. Three queries."""
    agencies = list(rows)
    rules = remark_rules("guarantee.")
    licensed = set(
        Licence.objects.standing()
        .filter(institution__in=[each.pk for each in agencies], issued_on__lte=as_of)
        .filter(kind="operating")
        .values_list("institution_id", flat=True)
    )
    return {
        each.pk: agency_remarks(
            AgencyFacts(
                name=each.institution.name,
                prefecture=each.institution.prefecture.code,
                state=each.state,
                capital=each.capital_now,
                opened_on=each.opened_on,
                licence_until=each.licence_until,
                has_licence=each.pk in licensed,
                rating_state=each.rating_state,
                rating_until=each.rating_until,
                reguarantees="reguarantee" in each.business,
            ),
            rules=rules,
            as_of=as_of,
        )
        for each in agencies
    }


def panels(agency: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Cooperating banks by type, on the day."""
    found = banks_by_type(institution=agency.pk, as_of=as_of)
    return [
        Panel(
            key="banks-by-type",
            title=Text("合作银行家数", "Cooperating banks"),
            headings=[Text("类型", "Type"), Text("家数", "Number")],
            rows=[
                [Shown(BANK_TYPE_WORDS[name]), Shown(found[name], numeric=True)]
                for name in BANK_TYPE_WORDS
                if name in found
            ],
            note=Text("按当日有效的银担合作协议统计。", "By the agreements in force on the day."),
        )
    ]


def facts(agency: Any) -> list[dict[str, Any]]:
    """The record page's own facts."""
    rating = here(RATING_STATES[agency.rating_state])
    moved = here(MOVEMENTS.get(agency.rating_moved))
    return [
        {"label": _("性质"), "text": _(agency.get_agency_type_display())},
        {"label": _("组织形式"), "text": _(agency.get_legal_form_display())},
        {"label": _("注册资本（万元）"), "text": formats.money(agency.capital_now)},
        {"label": _("实收资本（万元）"), "text": formats.money(agency.paid_in)},
        {"label": _("国有资本占比"), "text": formats.percent_value(agency.state_share)},
        {"label": _("许可证有效期至"), "text": agency.licence_until or "—"},
        {
            "label": _("信用评级"),
            "text": f"{agency.rating or ''} {rating}".strip(),
            "badge": RATING_TONES[agency.rating_state],
            "note": f"{agency.rating_before or ''} → {agency.rating}{_('（')}{moved}{_('）')}"
            if agency.rating_moved in ("up", "down")
            else "",
        },
        {"label": _("监管评级"), "text": agency.supervisory or "—"},
        {
            "label": _("业务范围"),
            "text": listed(
                _(str(dict(GuaranteeAgency._meta.get_field("business").options)[code]))
                for code in agency.business
            )
            or "—",
        },
    ]


AGENCIES = Detail(
    key="guarantee-agencies",
    app="guarantees",
    kind="guarantee_agency",
    title=Text("融资性担保机构", "Guarantee agencies"),
    one=Text("融资性担保机构", "guarantee agency"),
    model=GuaranteeAgency,
    fields=("legal_form", "agency_type", "capital", "paid_in", "state_share", "business"),
    rows=guarantee_agencies_on,
    columns=(
        "institution.code",
        "institution",
        "institution.prefecture",
        "agency_type",
        "?legal_form",
        "?state_share",
    ),
    extras=(
        Extra(
            "state",
            Text("状态", "State"),
            labels=STATES,
            badge=lambda state: STATE_BADGES[state],
        ),
        Extra("capital_now", Text("注册资本（万元）", "Capital"), "money"),
        Extra("rating", Text("信用等级", "Rating")),
        Extra(
            "rating_state",
            Text("评级状态", "Rating on the day"),
            labels={key.value: text for key, text in RATING_STATES.items()},
            badge=lambda state: RATING_TONES[state],
        ),
        Extra("rating_until", Text("评级有效期至", "Rating valid until"), "date", in_list=False),
        Extra(
            "rating_moved",
            Text("评级变动", "Rating moved"),
            labels={key.value: text for key, text in MOVEMENTS.items()},
            badge=lambda moved: MOVE_TONES.get(moved, "plain"),
            in_list=False,
        ),
        Extra("supervisory", Text("监管评级", "Supervisory grade"), in_list=False),
        Extra("licence_until", Text("许可证有效期至", "Licence valid until"), "date"),
        Extra("banks", Text("合作银行（家）", "Banks"), "integer"),
    ),
    filterset=filters.AgencyFilter,
    detail_title=Text("资本与业务", "Capital and business"),
    remarks=remarks,
    panels=panels,
    facts=facts,
    icon="shield-check",
    examples={"capital": "10000", "agency_type": "商业性"},
)


def rated(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    """Ratings with the grade before each, by one window."""
    before = Window(
        Lead("grade__rank"),
        partition_by=[F("institution"), F("subject")],
        order_by=[F("rated_on").desc(), F("pk").desc()],
    )
    return (
        CreditRating.objects.visible_to(user)
        .select_related("institution__prefecture", "grade", "rating_agency", "file")
        .annotate(rank_before=before)
    )


def rating_check(rating: CreditRating) -> dict[str, Text]:
    """A grade in use, by somebody named, that has happened."""
    problems: dict[str, Text] = {}
    if not rating.grade.active:
        problems["grade"] = Text(
            f"等级 {rating.grade.code} 未启用。", f"The grade {rating.grade.code} is not in use."
        )
    if rating.rating_agency is None and not rating.rating_agency_name:
        problems["rating_agency_name"] = Text("请填评级机构。", "Name the rating agency.")
    if rating.rated_on > timezone.localdate():
        problems["rated_on"] = Text("晚于今天。", "After today.")
    return problems


def moved_words(rating: Any) -> Text:
    """How the grade moved against the one before it."""
    return MOVEMENTS[movement(rating.grade.rank, rating.rank_before)]


CREDIT_RATINGS = Register(
    key="credit-ratings",
    app="guarantees",
    title=Text("信用评级", "Credit ratings"),
    one=Text("信用评级", "credit rating"),
    model=CreditRating,
    fields=(
        "institution",
        "rating_agency",
        "rating_agency_name",
        "subject",
        "grade",
        "outlook",
        "rated_on",
        "valid_until",
        "report_number",
    ),
    columns=(
        "code",
        "institution",
        "institution.prefecture",
        "grade",
        "outlook",
        "rated_on",
        "valid_until",
        "rating_agency_name",
        "?subject",
        "?report_number",
    ),
    default_sort="-rated_on",
    filterset=filters.CreditRatingFilter,
    parents=("institution",),
    check=rating_check,
    limit_choices={
        "rating_agency": lambda actor: _rating_agencies(actor),
        "grade": lambda actor: _grades(),
    },
    expiry=Expiry(
        "valid_until",
        Text("信用评级到期", "Credit rating lapses"),
        "rated_on",
        ("institution", "subject"),
    ),
    icon="graph-up",
    examples={"grade": "AA-", "rated_on": "2012-05-01", "valid_until": "2013-04-30"},
)


def _rating_agencies(actor: Any) -> QuerySet:
    return Institution.objects.visible_to(actor).filter(kind="rating_agency")


def _grades() -> QuerySet:
    return RatingGrade.objects.filter(active=True)


SUPERVISORY_GRADES = Register(
    key="supervisory-grades",
    app="guarantees",
    title=Text("监管评级", "Supervisory grades"),
    one=Text("监管评级", "supervisory grade"),
    model=SupervisoryGrade,
    fields=(
        "institution",
        "year",
        "scheme",
        "grade",
        "decided_on",
        "decided_by",
        "document_number",
    ),
    columns=("code", "institution", "institution.prefecture", "year", "grade", "decided_on"),
    default_sort="-decided_on",
    filterset=filters.SupervisoryGradeFilter,
    parents=("institution",),
    intro=Text(
        "监管部门对机构的分类评级，与信用评级机构的评级是两回事。",
        "The supervisor's own classes: another thing than a rating agency's credit rating.",
    ),
    icon="clipboard-check",
    examples={"year": "2011", "grade": "B", "decided_on": "2012-04-30"},
)
