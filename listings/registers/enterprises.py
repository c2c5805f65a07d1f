"""The register of enterprises."""

from core.registers import Extra, Register
from core.text import Text
from listings import filters
from listings.models import Enterprise, SpanState
from listings.operations.enterprises import follow_enterprise, identifier_doubts, prepared
from listings.queries.enterprises import enterprise_rows
from listings.registers.assessed import STATE_TONES, enterprise_panels, enterprise_remarks
from listings.rules.sizes import SIZE_WORDS

ENTERPRISES = Register(
    key="enterprises",
    app="listings",
    title=Text("企业库", "Enterprises"),
    one=Text("企业", "enterprise"),
    model=Enterprise,
    fields=(
        "name",
        "short_name",
        "former_names",
        "credit_code",
        "organisation_code",
        "registration_number",
        "prefecture",
        "county",
        "address",
        "established_on",
        "industry",
        "main_products",
        "technology",
        "strategic_industry",
        "intended_board",
        "sponsor",
        "accountant",
        "lawyer",
        "status",
    ),
    columns=(
        "code",
        "name",
        "prefecture",
        "?county",
        "?industry",
        "intended_board",
        "?technology",
        "?strategic_industry",
        "?sponsor",
        "?credit_code",
        "status",
    ),
    filterset=filters.EnterpriseFilter,
    rows=enterprise_rows,
    extras=(
        Extra("stage", Text("批次代码", "Batch code"), in_list=False),
        Extra("stage_name", Text("所在批次", "Batch")),
        Extra(
            "state",
            Text("批次状态", "State"),
            labels={each.value: each.label for each in SpanState},
            badge=lambda state: STATE_TONES.get(state, "plain"),
        ),
        Extra("since", Text("进入日期", "Since"), "date"),
        Extra("size", Text("规模", "Size"), labels=SIZE_WORDS),
    ),
    remarks=enterprise_remarks,
    panels=enterprise_panels,
    check=prepared,
    saved=follow_enterprise,
    doubts=identifier_doubts,
    icon="building",
    examples={"name": "演示科技股份有限公司", "industry": "3911", "intended_board": "创业板"},
)

REGISTERS = (ENTERPRISES,)
