"""Splitting an amount to the cent by largest remainder. Pure.

Amounts are 万元 with two decimals; weights are shares in percent or amounts.
"""

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")
_FINE = 10**6  # weights are read to six decimals


class CannotSplit(ValueError):
    """Carries what was wrong: the amount, the weights, or what was given already."""


def split(
    amount: Decimal, weights: Sequence[Decimal], already: Sequence[Decimal] = ()
) -> list[Decimal]:
    """Split ``amount`` by ``weights`` to 0.01 by largest remainder; the parts sum exactly.

    Each part is its exact share rounded down, and the cents left go to those furthest below
    their exact share, the earlier one first among equals. ``already`` is what each has got of
    the amount before: a growing amount is split so that nobody gives anything back. Where that
    binds, a part may differ from the split of the whole amount by a cent, which the next cents
    even out.

    Raises CannotSplit for an amount that is negative, finer than a cent or less than what was
    given already, and for weights that are negative or sum to nothing.
    """
    given = [int(each.scaleb(2)) for each in already] or [0] * len(weights)
    if amount < 0 or amount != amount.quantize(CENT):
        raise CannotSplit(amount)
    if sum(weights) <= 0 or min(weights) < 0:
        raise CannotSplit(weights)
    cents = int(amount.scaleb(2))
    if sum(given) > cents:
        raise CannotSplit(amount, already)
    parts = _apportion(cents, [int(weight * _FINE) for weight in weights], given)
    return [part * CENT for part in parts]


def _apportion(cents: int, weights: Sequence[int], given: Sequence[int]) -> list[int]:
    whole = sum(weights)
    parts = [max(cents * weight // whole, had) for weight, had in zip(weights, given, strict=True)]
    left = cents - sum(parts)
    if left < 0:
        return _beside_those_ahead(cents, weights, given)
    nearest = sorted(
        range(len(parts)), key=lambda place: (parts[place] * whole - cents * weights[place], place)
    )
    for place in nearest[:left]:
        parts[place] += 1
    return parts


def _beside_those_ahead(cents: int, weights: Sequence[int], given: Sequence[int]) -> list[int]:
    """Those who hold more than their share keep it; the others share the rest."""
    whole = sum(weights)
    ahead = [had * whole > cents * weight for weight, had in zip(weights, given, strict=True)]
    kept = [had if far else 0 for had, far in zip(given, ahead, strict=True)]
    rest = _apportion(
        cents - sum(kept),
        [0 if far else weight for weight, far in zip(weights, ahead, strict=True)],
        [0 if far else had for had, far in zip(given, ahead, strict=True)],
    )
    return [mine + more for mine, more in zip(kept, rest, strict=True)]
