"""The register of microloan companies: who they are, who holds them, on whose authority."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.naming import here
from core.permissions import may
from core.registers import Detail, Extra, Panel, Shown
from core.tabular import formats
from core.text import Text
from finance.filters_microloan import MicroloanCompanyFilter
from finance.models import MicroloanCompany
from finance.queries.microloan_companies import STATES, microloan_companies_on
from finance.queries.microloan_remarks import remarks_on
from finance.registers.microloan_panels import authority_panel, capital_panel, holders_panels
from finance.rules.microloan_companies import IN_BUSINESS

TONES = {
    "open": "good",
    "suspended": "warn",
    "preparing": "info",
    "exited": "bad",
    "converted": "plain",
    "none": "plain",
}
YES, NO = Text("是", "Yes"), Text("否", "No")


def yes(value: Any) -> str:
    return here(YES if value else NO)


def facts(company: Any) -> list[dict[str, Any]]:
    """The record page's own facts, as of its day."""
    seat = company.county_then_name or "—"
    return [
        {
            "label": _("状态"),
            "text": here(STATES[company.state]),
            "badge": TONES[company.state],
        },
        {"label": _("组织形式"), "text": _(company.get_legal_form_display())},
        {"label": _("注册资本（万元）"), "text": formats.money(company.capital_now)},
        {"label": _("设立时注册资本（万元）"), "text": formats.money(company.capital)},
        {"label": _("所在县（市、区）"), "text": seat},
        {
            "label": _("欠发达地区"),
            "text": yes(company.underdeveloped),
            "badge": "info" if company.underdeveloped else "",
        },
        {"label": _("主发起人"), "text": company.sponsors or "—"},
        {"label": _("主发起人来自"), "text": company.sponsor_homes or "—"},
        {"label": _("股东（户）"), "text": formats.count(company.holders)},
        {"label": _("证照有效期至"), "text": company.licence_until or "—"},
        {"label": _("批准开业日期"), "text": company.approved_on or "—"},
        {"label": _("所依下放权限"), "text": company.approved_under or "—"},
        {"label": _("设立时属下放审批权限试点"), "text": yes(company.in_pilot)},
        {
            "label": _("特色小额贷款公司"),
            "text": yes(company.is_featured),
            "note": company.feature,
        },
        {"label": _("业务范围"), "text": company.business_scope or "—"},
        *_conversion(company),
    ]


def _conversion(company: Any) -> list[dict[str, Any]]:
    bank = company.converted_into
    if bank is None:
        return []
    return [
        {
            "label": _("改制后的村镇银行"),
            "text": bank.name,
            "url": reverse("finance:village-bank", args=[bank.code]),
        }
    ]


def panels(company: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """Holders with their sum, capital over time, what the prefecture decided."""
    return [
        *holders_panels(company, user=user, as_of=as_of),
        capital_panel(company, as_of=as_of),
        *authority_panel(company, as_of=as_of),
    ]


def acts(company: Any, *, user: Any) -> Sequence[Shown]:
    """Its conversion into a village bank, while it is in business."""
    if company.state not in IN_BUSINESS or not may(user, "institution.edit", company):
        return ()
    url = reverse("finance:microloan-company-convert", args=[company.institution.code])
    return (Shown(Text("改制为村镇银行", "Convert into a village bank"), url=url),)


MICROLOAN_COMPANIES = Detail(
    key="microloan-companies",
    app="finance",
    kind="microloan_company",
    title=Text("小额贷款公司", "Microloan companies"),
    one=Text("小额贷款公司", "microloan company"),
    model=MicroloanCompany,
    fields=("legal_form", "capital", "business_scope", "in_pilot", "is_featured", "feature"),
    rows=microloan_companies_on,
    columns=(
        "institution.code",
        "institution",
        "institution.prefecture",
        "?legal_form",
        "?is_featured",
        "?feature",
        "?in_pilot",
    ),
    extras=(
        Extra("county_then_name", Text("县（市、区）", "County")),
        Extra(
            "underdeveloped",
            Text("欠发达地区", "Underdeveloped"),
            "bool",
            labels={True: YES, False: NO},
        ),
        Extra("state", Text("状态", "State"), labels=STATES, badge=TONES.get),
        Extra("opened_on", Text("开业日期", "Opened on"), "date"),
        Extra("capital_now", Text("注册资本（万元）", "Capital"), "money"),
        Extra("sponsors", Text("主发起人", "Main sponsors")),
        Extra("sponsor_homes", Text("主发起人来自", "Sponsors come from"), in_list=False),
        Extra("holders", Text("股东（户）", "Holders"), "integer"),
        Extra("licence_until", Text("证照有效期至", "Licence valid until"), "date"),
        Extra("approved_on", Text("批准开业日期", "Approved on"), "date", in_list=False),
        Extra("approved_under", Text("所依下放权限", "Delegation"), in_list=False),
        Extra(
            "converted_into",
            Text("改制后的村镇银行", "Converted into"),
            source="converted_into__code",
            in_list=False,
        ),
    ),
    filterset=MicroloanCompanyFilter,
    detail_title=Text("资本与业务", "Capital and business"),
    remarks=remarks_on,
    panels=panels,
    facts=facts,
    acts=acts,
    icon="receipt",
    intro=Text(
        "状态、资本、股东和所在县按截至日计算；改制为村镇银行在公司档案上办理。",
        "State, capital, holders and seat are those of the day asked about; the conversion into "
        "a village bank is an act on the company's page.",
    ),
    examples={"legal_form": "有限责任公司", "capital": "10000", "in_pilot": "是"},
)
