"""The registers of compensation: cases, and what happened to them until they are closed."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from core.registers import Extra, Panel, Register, Shown
from core.rules.remarks import Remark
from core.tabular import formats
from core.text import Text
from guarantees import filters
from guarantees.models import (
    CaseLine,
    CaseMovement,
    CompensationCase,
)
from guarantees.models.loss_sharing import MovementKind
from guarantees.operations.cases import movement_problems, split_case
from guarantees.queries.cases import cases_on
from guarantees.rules.loss_schemes import (
    PARTY_WORDS,
)
from guarantees.rules.loss_sharing import UNSHARED, UNSHARED_WORDS

CASE_TONES = {"defaulted": "warn", "compensated": "bad", "recovering": "info", "closed": "good"}
CASE_WORDS = {
    "defaulted": Text("已逾期未代偿", "In default"),
    "compensated": Text("已代偿", "Compensated"),
    "recovering": Text("追偿中", "Being recovered"),
    "closed": Text("已结清", "Closed"),
}
NOTHING = Decimal(0)


def case_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    return cases_on(user=user, as_of=as_of)


def case_check(case: CompensationCase) -> dict[str, Text]:
    """An agreement of the same two, a scheme with participants."""
    problems: dict[str, Text] = {}
    agreement = case.agreement
    if agreement is not None and (
        agreement.institution_id != case.institution_id or agreement.bank_id != case.bank_id
    ):
        problems["agreement"] = Text(
            "所选协议不是这家担保机构与这家银行之间的。",
            "The agreement is not between this agency and this bank.",
        )
    if not case.scheme.participants.exists():
        problems["scheme"] = Text("该方案没有分担方。", "The scheme has no participants.")
    if case.terms and case.pk:
        before = CompensationCase.objects.get(pk=case.pk)
        if before.scheme_id != case.scheme_id:
            problems["scheme"] = Text(
                "已代偿的案件条款已冻结，不能改换方案。",
                "The case is compensated and its terms are frozen; the scheme cannot change.",
            )
    return problems


def case_remarks(case: Any, day: datetime.date) -> list[Remark]:
    """Compensated more than was guaranteed; a scheme not in force at the default."""
    found = []
    if case.compensated > case.guaranteed_amount:
        found.append(
            Remark(
                "case.more-than-guaranteed",
                Text(
                    f"累计代偿 {case.compensated} 万元超过担保金额 {case.guaranteed_amount} 万元。",
                    f"Compensated {case.compensated}, more than was guaranteed, "
                    f"{case.guaranteed_amount} (10,000 yuan).",
                ),
            )
        )
    scheme = case.scheme
    late = scheme.valid_to is not None and scheme.valid_to < case.defaulted_on
    if late or scheme.valid_from > case.defaulted_on:
        found.append(
            Remark(
                "case.scheme-not-in-force",
                Text(
                    f"逾期日 {case.defaulted_on} 不在方案“{scheme.name}”的有效期内。",
                    f"The default of {case.defaulted_on} lies outside the scheme's validity.",
                ),
                scheme.document_number,
            )
        )
    return found


def case_panels(case: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The case's sums, and who bears what up to the day."""
    lines = CaseLine.objects.filter(
        movement__case=case, movement__voided_at=None, movement__happened_on__lte=as_of
    ).values_list("place", "party", "name", "movement__kind", "amount")
    sums: dict[tuple[int, str, str], dict[str, Decimal]] = {}
    for place, party, name, kind, amount in lines:
        kept = sums.setdefault((place, party, name), {})
        kept[kind] = kept.get(kind, NOTHING) + amount
    rows = []
    for (_place, party, name), kept in sorted(sums.items()):
        borne = kept.get(MovementKind.COMPENSATION, NOTHING)
        back = kept.get(MovementKind.RECOVERY, NOTHING)
        rows.append(
            [
                Shown(PARTY_WORDS[party]),
                _name(name),
                *_numbers(borne, back, borne - back),
            ]
        )
    total = [case.compensated, case.recovered, case.compensated - case.recovered]
    if rows:
        rows.append([Shown(Text("合计", "Total")), Shown(""), *_numbers(*total)])
    return [
        Panel(
            key="borne",
            title=Text("各方承担（万元）", "Who bears what (10,000 yuan)"),
            headings=[
                Text("分担方", "Participant"),
                Text("名称", "Name"),
                Text("承担代偿", "Borne"),
                Text("收回归还", "Returned"),
                Text("净承担", "Net"),
            ],
            rows=rows,
            note=Text(
                "按最大余数法分到分，合计与代偿、收回逐分相等。",
                "Split by largest remainder; the lines add up to the cent.",
            ),
            empty=Text("尚未代偿。", "Nothing was paid yet."),
        )
    ]


def _name(name: str) -> Shown:
    """A participant's name; what nobody shares is no name, and is said in both languages."""
    return Shown(UNSHARED_WORDS if name == UNSHARED else name or "—")


def _numbers(*values: Decimal) -> list[Shown]:
    return [Shown(formats.money(value), numeric=True) for value in values]


CASES = Register(
    key="compensation-cases",
    app="guarantees",
    title=Text("代偿案件", "Compensation cases"),
    one=Text("代偿案件", "compensation case"),
    model=CompensationCase,
    fields=(
        "institution",
        "bank",
        "scheme",
        "agreement",
        "borrower",
        "borrower_credit_code",
        "industry",
        "size",
        "contract_number",
        "loan_amount",
        "guaranteed_amount",
        "defaulted_on",
        "fused",
    ),
    columns=(
        "code",
        "borrower",
        "institution",
        "bank",
        "defaulted_on",
        "guaranteed_amount",
        "?scheme",
        "?institution.prefecture",
    ),
    default_sort="-defaulted_on",
    filterset=filters.CaseFilter,
    rows=case_rows,
    extras=(
        Extra("compensated", Text("代偿", "Compensated"), "money"),
        Extra("recovered", Text("收回", "Recovered"), "money"),
        Extra("written_off", Text("核销", "Written off"), "money", in_list=False),
        Extra("balance", Text("代偿余额", "Balance"), "money"),
        Extra(
            "state",
            Text("状态", "State"),
            labels=CASE_WORDS,
            badge=lambda state: CASE_TONES[state],
        ),
    ),
    parents=("institution", "bank", "scheme", "agreement"),
    check=case_check,
    remarks=case_remarks,
    panels=case_panels,
    icon="file-diff",
    examples={"borrower": "示例企业", "loan_amount": "500", "guaranteed_amount": "400"},
)


def movement_check(movement: CaseMovement) -> dict[str, Text]:
    """A movement belongs to its case's agency; what does not fit is told."""
    movement.institution_id = movement.case.institution_id
    return movement_problems(movement)


def movement_rows(*, user: Any, as_of: datetime.date | None = None) -> QuerySet:
    return CaseMovement.objects.visible_to(user).select_related(
        "case__institution", "institution__prefecture", "file"
    )


def movement_panels(movement: Any, *, user: Any, as_of: datetime.date) -> list[Panel]:
    """The lines into which it was split."""
    return [
        Panel(
            key="lines",
            title=Text("分担明细", "Lines"),
            headings=[
                Text("分担方", "Participant"),
                Text("名称", "Name"),
                Text("金额（万元）", "Amount"),
            ],
            rows=[
                [
                    Shown(PARTY_WORDS[line.party]),
                    _name(line.name),
                    Shown(formats.money(line.amount), numeric=True),
                ]
                for line in movement.lines.all()
            ],
        )
    ]


MOVEMENTS = Register(
    key="case-movements",
    app="guarantees",
    title=Text("代偿与追偿", "Payments and recoveries"),
    one=Text("案件收付", "case movement"),
    model=CaseMovement,
    fields=(
        "case",
        "kind",
        "happened_on",
        "principal",
        "interest",
        "penalty_interest",
        "other",
        "asset",
    ),
    columns=(
        "code",
        "case",
        "kind",
        "happened_on",
        "principal",
        "interest",
        "penalty_interest",
        "?other",
        "?asset",
        "?institution",
    ),
    default_sort="-happened_on",
    filterset=filters.MovementFilter,
    rows=movement_rows,
    parents=("case",),
    check=movement_check,
    saved=split_case,
    panels=movement_panels,
    icon="receipt",
    examples={"kind": "代偿", "happened_on": "2012-08-15", "principal": "400"},
)
