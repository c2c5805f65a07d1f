"""Which columns each kind of dated fact uses and needs, and who may be told what by it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.models.facts import BlockingReason, ExitReason, FactKind

APPROVAL = ("document_number", "decided_by", "authority")
PLACE = ("prefecture", "county")
STAKES = ("counterparty", "stake", "capital")


@dataclass(frozen=True, slots=True)
class FactForm:
    """The columns that a kind of fact uses beside its date and note; ``needs`` are a part."""

    uses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    village_banks_only: bool = False
    seats: bool = False  # it fixes the seat: an empty place means the present one


def _way(*uses: str, seats: bool = False) -> FactForm:
    return FactForm(uses=uses, village_banks_only=True, seats=seats)


FACT_FORMS: Mapping[str, FactForm] = {
    FactKind.INTENTION: _way("counterparty", *PLACE),
    FactKind.PLAN_APPROVED: _way(*APPROVAL, *PLACE),
    FactKind.PREPARATION_ACCEPTED: _way("decided_by", *PLACE),
    FactKind.PREPARATION_APPROVED: _way(*APPROVAL, *PLACE, *STAKES, seats=True),
    FactKind.PREPARATION_LAPSED: _way(*APPROVAL),
    FactKind.OPENING_ACCEPTED: _way("decided_by"),
    FactKind.OPENING_APPROVED: FactForm(uses=(*APPROVAL, *PLACE, *STAKES), seats=True),
    FactKind.LICENCE_GRANTED: FactForm(uses=("document_number", "decided_by")),
    FactKind.REGISTERED: FactForm(uses=("document_number", "decided_by", "capital")),
    FactKind.OPENED: FactForm(uses=PLACE, seats=True),
    FactKind.BRANCH_OPENED: FactForm(uses=("subject", *PLACE, *APPROVAL), needs=("subject",)),
    FactKind.BRANCH_CLOSED: FactForm(uses=("subject", *PLACE, *APPROVAL), needs=("subject",)),
    FactKind.RENAMED: FactForm(uses=("new_name", *APPROVAL), needs=("new_name",)),
    FactKind.CAPITAL_CHANGED: FactForm(uses=("capital", *APPROVAL), needs=("capital",)),
    FactKind.SHAREHOLDING_CHANGED: FactForm(
        uses=("counterparty", "stake", *APPROVAL), needs=("stake",)
    ),
    FactKind.RELOCATED: FactForm(uses=(*PLACE, *APPROVAL), needs=("prefecture",)),
    FactKind.CONVERTED: FactForm(uses=("subject", *APPROVAL)),
    FactKind.BLOCKED: FactForm(
        uses=("reason",),
        needs=("reason",),
        reasons=tuple(BlockingReason.choices),
        village_banks_only=True,
    ),
    FactKind.UNBLOCKED: _way(),
    FactKind.ABANDONED: _way(),
    FactKind.SUSPENDED: FactForm(uses=APPROVAL),
    FactKind.RESUMED: FactForm(uses=APPROVAL),
    FactKind.EXITED: FactForm(
        uses=("reason", "counterparty", *APPROVAL),
        needs=("reason",),
        reasons=tuple(ExitReason.choices),
    ),
}


def kinds_for(institution_kind: str) -> list[tuple[str, str]]:
    """The kinds of fact that an institution of this kind may have, for a drop-down."""
    village = institution_kind == "village_bank"
    return [
        (kind.value, kind.label)
        for kind in FactKind
        if village or not FACT_FORMS[kind].village_banks_only
    ]


def reason_label(kind: str, reason: str) -> str:
    """The words of a fact's reason; the reason itself if it is not one of the list."""
    return dict(FACT_FORMS[kind].reasons).get(reason, reason) if kind in FACT_FORMS else reason
