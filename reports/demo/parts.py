"""Splitting whole amounts for invented figures, so that parts always add up."""

from collections.abc import Mapping, Sequence
from random import Random


def shares(rng: Random, names: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    """Weights with some chance in them."""
    return {
        name: weight * rng.uniform(0.6, 1.5) for name, weight in zip(names, weights, strict=True)
    }


def parts(whole: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Split a whole number by weights; what rounding leaves goes to the largest."""
    total = sum(weights.values())
    found = {name: int(whole * weight / total) for name, weight in weights.items()}
    largest = max(weights, key=lambda name: weights[name])
    found[largest] += whole - sum(found.values())
    return found


def counted(number: int, money: Mapping[str, int], least: Mapping[str, int]) -> dict[str, int]:
    """Split a number of loans beside their money: each part that holds any has one at least.

    ``least`` asks for more of some parts. ``number`` must suffice for all of them.
    """
    floor = {name: max(1, least.get(name, 0)) if cents else 0 for name, cents in money.items()}
    rest = parts(number - sum(floor.values()), dict(money))
    return {name: floor[name] + rest[name] for name in money}


def text(cents: int, places: int = 2) -> str:
    """A whole number of the last place as a plain decimal."""
    sign, cents = ("-", -cents) if cents < 0 else ("", cents)
    whole, rest = divmod(cents, 10**places)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"
