"""Compensation cases: what each participant bears, gets back and loses, kept exact.

Lines are written anew from a case's standing movements whenever one is recorded or voided.
The scheme is frozen at the first payment: changing it later touches no case.
"""

import datetime
from decimal import Decimal

from core.errors import DomainError
from core.models import User
from core.text import Text
from guarantees.models import CaseLine, CaseMovement, CompensationCase, LossShareScheme
from guarantees.models.loss_sharing import Base, MovementKind
from guarantees.rules.loss_schemes import Order, Participant, Scheme
from guarantees.rules.loss_sharing import Account, Movement, TooMuch, lines_of
from guarantees.rules.scheme_terms import frozen, thawed


def scheme_of(scheme: LossShareScheme) -> Scheme:
    """A scheme as the rules read it."""
    rows = list(scheme.participants.select_related("institution").order_by("order", "pk"))
    return Scheme(
        participants=tuple(
            Participant(
                row.party,
                row.share,
                row.cap,
                row.name or (row.institution.name if row.institution else ""),
            )
            for row in rows
        ),
        order=Order(scheme.order),
        excess=next(
            (place for place, row in enumerate(rows) if row.party == scheme.excess_party), 0
        ),
        case_cap=scheme.case_cap,
        fuse=scheme.fuse_rate,
        interest=scheme.base == Base.PRINCIPAL_AND_INTEREST,
    )


def split_case(movement: CaseMovement, *, actor: User, now: datetime.datetime) -> None:
    """Write the lines of the movement's whole case anew; called when one was saved or voided.

    Raises DomainError "invalid-record" where more would come back than was paid.
    """
    case = CompensationCase.objects.select_for_update().get(pk=movement.case_id)
    standing = list(CaseMovement.objects.standing().filter(case=case).order_by("happened_on", "pk"))
    scheme = _terms(case, standing)
    account = Account(scheme, fused=case.fused)
    lines: list[CaseLine] = []
    for each in standing:
        try:
            parts = account.tell(Movement(each.kind, each.amount, each.principal))
        except TooMuch as error:
            raise _too_much(each, error) from error
        lines += _lines(each, scheme, parts)
    CaseLine.objects.filter(movement__case=case).delete()
    CaseLine.objects.bulk_create(lines)


def _terms(case: CompensationCase, standing: list[CaseMovement]) -> Scheme:
    if case.terms:
        return thawed(case.terms)
    scheme = scheme_of(case.scheme)
    if any(each.kind == MovementKind.COMPENSATION for each in standing):
        case.terms = frozen(scheme)
        case._change_reason = "分担条款冻结 Terms of sharing frozen"
        case.save(update_fields=["terms", "updated_at"])
    return scheme


def _lines(movement: CaseMovement, scheme: Scheme, parts: list[Decimal]) -> list[CaseLine]:
    """The participants' lines, and the one that nobody shares."""
    return [
        CaseLine(movement=movement, place=place, party=party, name=name, amount=amount)
        for place, (party, name, amount) in enumerate(
            lines_of(scheme, parts, amount=movement.amount)
        )
    ]


def _too_much(movement: CaseMovement, error: TooMuch) -> DomainError:
    """Names what was tried, what stands, and the part of it that the amounts are of."""
    what = Text("收回", "recovered") if movement.kind == "recovery" else Text("核销", "written off")
    part = Text("", "") if error.shared else Text("利息等", " of interest and costs")
    message = Text(
        f"{movement.happened_on} {what.zh}{part.zh} {error.amount} 万元，超过当日尚未收回的代偿余额"
        f" {error.left} 万元；请核对金额与日期。",
        f"{error.amount} (10,000 yuan){part.en} {what.en} on {movement.happened_on} is more than "
        f"the compensation still outstanding, {error.left}; check amount and date.",
    )
    field = "principal" if error.shared else "interest"
    return DomainError("recovered-too-much", message, fields={field: message})


def movement_problems(movement: CaseMovement) -> dict[str, Text]:
    """What of a movement does not fit its case."""
    problems: dict[str, Text] = {}
    if movement.amount <= 0:
        problems["principal"] = Text(
            "金额合计应大于 0。", "The amounts must add up to more than 0."
        )
    case = movement.case
    if movement.happened_on < case.defaulted_on:
        problems["happened_on"] = Text(
            f"早于逾期日 {case.defaulted_on}。", f"Before the default of {case.defaulted_on}."
        )
    return problems
