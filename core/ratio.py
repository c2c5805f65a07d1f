"""A ratio keeps its numerator and denominator: percentages are derived, never averaged."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Ratio:
    """``numerator / denominator``; without a denominator it has no value ("—").

    A denominator of None means that the benchmark is not known at all.
    """

    numerator: Decimal | int | None
    denominator: Decimal | int | None

    @property
    def value(self) -> Decimal | None:
        """The exact quotient (28 digits), or None where division says nothing."""
        if self.numerator is None or not self.denominator:
            return None
        return Decimal(self.numerator) / Decimal(self.denominator)

    @property
    def percent(self) -> Decimal | None:
        """The quotient in percent, two decimals, rounded half up."""
        if self.value is None:
            return None
        return (self.value * 100).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)

    def points_since(self, earlier: "Ratio") -> Decimal | None:
        """Change against ``earlier`` in percentage points 个百分点, two decimals."""
        if self.value is None or earlier.value is None:
            return None
        change = (self.value - earlier.value) * 100
        return change.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
