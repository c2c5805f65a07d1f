"""Which columns each kind of dated fact uses and needs, and who may be told what by it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.models.facts import BlockingReason, ExitReason, FactKind
from core.models.institutions import BANK_KINDS, InstitutionKind
from core.rules.delegations import MATTER_OF_FACT

APPROVAL = ("document_number", "decided_by", "authority")
DELEGABLE = ("level", "delegation", "filed_on")  # beside an approval that may be delegated
PLACE = ("prefecture", "county")
STAKES = ("counterparty", "stake", "capital")
VILLAGE_BANKS = frozenset({InstitutionKind.VILLAGE_BANK.value})
BANKS = frozenset(BANK_KINDS)
# A microloan company that turns into a village bank exits by an act of its own.
NOT_MICROLOAN = frozenset(InstitutionKind.values) - {InstitutionKind.MICROLOAN_COMPANY.value}


@dataclass(frozen=True, slots=True)
class FactForm:
    """The columns that a kind of fact uses beside its date and note; ``needs`` are a part.

    ``only`` names the kinds of institution that have it; None is all.
    """

    uses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    only: frozenset[str] | None = None
    seats: bool = False  # it fixes the seat: an empty place means the present one


def _way(*uses: str, seats: bool = False) -> FactForm:
    return FactForm(uses=uses, only=VILLAGE_BANKS, seats=seats)


FACT_FORMS: Mapping[str, FactForm] = {
    FactKind.INTENTION: _way("counterparty", *PLACE),
    FactKind.PLAN_APPROVED: _way(*APPROVAL, *PLACE),
    FactKind.PREPARATION_ACCEPTED: _way("decided_by", *PLACE),
    FactKind.PREPARATION_APPROVED: _way(*APPROVAL, *PLACE, *STAKES, seats=True),
    FactKind.PREPARATION_LAPSED: _way(*APPROVAL),
    FactKind.OPENING_ACCEPTED: _way("decided_by"),
    FactKind.OPENING_APPROVED: FactForm(uses=(*APPROVAL, *PLACE, *STAKES), seats=True),
    FactKind.LICENCE_GRANTED: FactForm(uses=("document_number", "decided_by"), only=BANKS),
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
    FactKind.MANAGER_CHANGED: FactForm(uses=("subject", *APPROVAL), needs=("subject",)),
    FactKind.SCOPE_CHANGED: FactForm(uses=("subject", *APPROVAL), needs=("subject",)),
    FactKind.CONVERTED: FactForm(uses=("subject", *APPROVAL), only=NOT_MICROLOAN),
    FactKind.BLOCKED: FactForm(
        uses=("reason",),
        needs=("reason",),
        reasons=tuple(BlockingReason.choices),
        only=VILLAGE_BANKS,
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


def columns_of(kind: str, institution_kind: str) -> tuple[str, ...]:
    """The columns that a kind of fact uses for an institution of this kind."""
    form = FACT_FORMS.get(kind)
    if form is None:
        return ()
    return (*form.uses, *DELEGABLE) if delegable(kind, institution_kind) else form.uses


def delegable(kind: str, institution_kind: str) -> bool:
    """Whether the province may let a prefecture decide it: matters of microloan companies."""
    return kind in MATTER_OF_FACT and institution_kind == InstitutionKind.MICROLOAN_COMPANY


def kinds_for(institution_kind: str) -> list[tuple[str, str]]:
    """The kinds of fact that an institution of this kind may have, for a drop-down."""
    return [
        (kind.value, kind.label)
        for kind in FactKind
        if FACT_FORMS[kind].only is None or institution_kind in FACT_FORMS[kind].only
    ]


def reason_label(kind: str, reason: str) -> str:
    """The words of a fact's reason; the reason itself if it is not one of the list."""
    return dict(FACT_FORMS[kind].reasons).get(reason, reason) if kind in FACT_FORMS else reason
