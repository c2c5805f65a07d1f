"""A scheme's terms as a case keeps them from its first payment on. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guarantees.rules.loss_schemes import Order, Participant, Scheme


def frozen(scheme: Scheme) -> dict[str, Any]:
    """A scheme's terms as plain data; amounts as text."""
    return {
        "order": scheme.order.value,
        "excess": scheme.excess,
        "case_cap": _text(scheme.case_cap),
        "interest": scheme.interest,
        "participants": [
            {"party": each.party, "share": f"{each.share:f}", "cap": _text(each.cap),
             "name": each.name}
            for each in scheme.participants
        ],
    }  # fmt: skip


def thawed(terms: Mapping[str, Any]) -> Scheme:
    """The scheme that a case froze."""
    return Scheme(
        participants=tuple(
            Participant(each["party"], Decimal(each["share"]), _number(each["cap"]), each["name"])
            for each in terms["participants"]
        ),
        order=Order(terms["order"]),
        excess=terms["excess"],
        case_cap=_number(terms["case_cap"]),
        interest=terms["interest"],
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
