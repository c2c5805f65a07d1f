"""The registers of credit information: evaluation schemes, platform, coverage."""

from core.models.institutions import BANK_KINDS
from core.queries.validity import TONES, VALIDITY
from core.registers import Expiry, Extra, Register
from core.text import Text
from guarantees import filters_support as filters
from guarantees.models import CreditCoverage, EvaluationScheme, PlatformParticipant
from guarantees.models.credit_information import ParticipantKind
from guarantees.queries.credit_information import coverage_rows, participant_rows, scheme_rows

STATE = Extra("state", Text("状态", "State"), labels=VALIDITY, badge=lambda state: TONES[state])
KIND_OF_INSTITUTION = {
    **dict.fromkeys(BANK_KINDS, ParticipantKind.BANK),
    "microloan_company": ParticipantKind.MICROLOAN,
    "guarantee_agency": ParticipantKind.GUARANTEE,
    "reguarantee_company": ParticipantKind.GUARANTEE,
}

SCHEMES = Register(
    key="evaluation-schemes",
    app="guarantees",
    title=Text("信用评价办法", "Evaluation schemes"),
    one=Text("信用评价办法", "evaluation scheme"),
    model=EvaluationScheme,
    fields=(
        "name",
        "prefecture",
        "county",
        "document_number",
        "evaluator",
        "grades",
        "started_on",
        "ended_on",
    ),
    columns=("code", "name", "prefecture", "evaluator", "started_on", "?ended_on", "?grades"),
    default_sort="-started_on",
    filterset=filters.EvaluationSchemeFilter,
    rows=scheme_rows,
    extras=(STATE,),
    expiry=Expiry(
        "ended_on", Text("信用评价办法到期", "Evaluation scheme ends"), "started_on", ("name",)
    ),
    icon="list-check",
    examples={"name": "演示市小微企业信用评价办法", "grades": "A、B、C"},
)


def participant_check(participant: PlatformParticipant) -> dict[str, Text]:
    """A registered institution is of its kind, and where it is."""
    institution = participant.institution
    if institution is None:
        return {}
    if participant.prefecture_id is None:
        participant.prefecture_id = institution.prefecture_id
    kind = KIND_OF_INSTITUTION.get(institution.kind)
    if kind is not None and participant.kind != kind:
        return {
            "kind": Text(
                f"{institution.name}应归入“{kind.label}”。",
                f"{institution.name} counts as {kind.value}.",
            )
        }
    return {}


PARTICIPANTS = Register(
    key="platform-participants",
    app="guarantees",
    title=Text("征信平台接入单位", "Platform participants"),
    one=Text("征信平台接入单位", "platform participant"),
    model=PlatformParticipant,
    fields=("institution", "name", "kind", "access", "prefecture", "joined_on", "left_on"),
    columns=(
        "code",
        "institution",
        "name",
        "kind",
        "access",
        "prefecture",
        "joined_on",
        "?left_on",
    ),
    filterset=filters.PlatformParticipantFilter,
    rows=participant_rows,
    extras=(STATE,),
    parents=("institution",),
    check=participant_check,
    intro=Text(
        "统一征信平台的报送和查询单位：政府部门、银行、小额贷款公司、担保机构等。",
        "Who reports to the unified credit platform or reads it: departments, banks, microloan "
        "companies, guarantee agencies and others.",
    ),
    icon="grid-3x3",
    examples={"name": "演示市工商局", "kind": "政府部门", "joined_on": "2012-04-01"},
)

COVERAGES = Register(
    key="credit-coverage",
    app="guarantees",
    title=Text("信用评价覆盖", "Credit coverage"),
    one=Text("信用评价覆盖", "credit coverage"),
    model=CreditCoverage,
    fields=(
        "prefecture",
        "counted_on",
        "scheme",
        "enterprises",
        "filed",
        "evaluated",
        "financed",
    ),
    columns=(
        "code",
        "prefecture",
        "counted_on",
        "enterprises",
        "filed",
        "evaluated",
        "financed",
        "?scheme",
    ),
    default_sort="-counted_on",
    filterset=filters.CreditCoverageFilter,
    rows=coverage_rows,
    extras=(
        Extra("filing", Text("建档率", "With a file"), "percent"),
        Extra("evaluation", Text("评价覆盖率", "Evaluated"), "percent"),
        Extra("financing", Text("评价后获贷率", "Financed after evaluation"), "percent"),
    ),
    parents=("scheme",),
    intro=Text(
        "建档率、评价覆盖率以小微企业户数为分母，评价后获贷率以已评价户数为分母。",
        "Files and evaluations are of all small and micro firms; financed are of those evaluated.",
    ),
    icon="table",
    examples={
        "prefecture": Text("韶关市", "Shaoguan"),
        "counted_on": "2012-06-30",
        "enterprises": "12000",
    },
)

REGISTERS = (SCHEMES, PARTICIPANTS, COVERAGES)
