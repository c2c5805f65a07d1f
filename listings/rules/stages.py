"""Batches by the day: what they are called and in what order they stand. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from core.text import Text


@dataclass(frozen=True, slots=True)
class Term:
    """What a batch is called from a day on. ``prefecture`` None is the province's scheme."""

    stage: int
    code: str
    valid_from: datetime.date
    name: Text
    order: int
    in_use: bool = True
    listing: bool = False
    prefecture: int | None = None
    maps_to: int | None = None


@dataclass(frozen=True)
class Scheme:
    """The batches of one scheme on a day, in order; ``retired`` are no longer in use."""

    day: datetime.date
    terms: tuple[Term, ...]
    retired: tuple[Term, ...] = ()

    @property
    def stages(self) -> tuple[int, ...]:
        return tuple(each.stage for each in self.terms)

    def term(self, stage: int | None) -> Term | None:
        """The term of a batch, in use or retired; None if it was not known on the day."""
        return next((t for t in (*self.terms, *self.retired) if t.stage == stage), None)

    def place(self, stage: int | None) -> int | None:
        """The place of a batch in use, from 1; None of another."""
        return self.stages.index(stage) + 1 if stage in self.stages else None

    @property
    def listing(self) -> Term | None:
        """The batch whose entry is the listing."""
        return next((each for each in self.terms if each.listing), None)


def terms_on(terms: Iterable[Term], day: datetime.date) -> dict[int, Term]:
    """The term in force of each batch: the last that began by ``day``.

    ``terms`` come in the order of their recording, so that of two of one day the later holds.
    """
    found: dict[int, Term] = {}
    for each in sorted(terms, key=lambda term: term.valid_from):
        if each.valid_from <= day:
            found[each.stage] = each
    return found


def scheme_on(
    terms: Iterable[Term], day: datetime.date, *, prefecture: int | None = None
) -> Scheme:
    """A scheme as it stood on ``day``: the province's, or a city's own."""
    mine = [t for t in terms_on(terms, day).values() if t.prefecture == prefecture]
    mine.sort(key=lambda term: (term.order, term.code))
    return Scheme(
        day,
        tuple(each for each in mine if each.in_use),
        tuple(each for each in mine if not each.in_use),
    )


class Move:
    """Which way a change of batch goes."""

    NEW, FORWARD, SKIP, BACK, AGAIN = "new", "forward", "skip", "back", "again"


def move(scheme: Scheme, before: int | None, after: int | None) -> str:
    """How going from one batch to another stands to the order of the day.

    A batch that is no longer in use has no place: leaving it goes forward.
    """
    if before is None:
        return Move.NEW
    if before == after:
        return Move.AGAIN
    old, new = scheme.place(before), scheme.place(after)
    if old is None or new is None:
        return Move.FORWARD
    if new < old:
        return Move.BACK
    return Move.SKIP if new > old + 1 else Move.FORWARD
