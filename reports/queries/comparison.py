"""A published report against its own recomputation, and against what is known today."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from reports.declaration import Evidence
from reports.models import PublishedReport
from reports.plain import fingerprint, flat
from reports.registry import Computed, compute


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what it was; ``causes`` is what was learnt since, where known."""

    path: str
    published: Any
    found: Any
    causes: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Published figures beside recomputed ones; equal fingerprints mean equal figures."""

    sha256: str
    differences: tuple[Difference, ...]

    @property
    def equal(self) -> bool:
        return not self.differences


def recomputed(published: PublishedReport) -> Comparison:
    """Compute again with what was known when it was published: must be equal."""
    return _compare(published, _again(published, published.known_at), ())


def compared_with_today(published: PublishedReport) -> Comparison:
    """Compute with today's knowledge; each difference names what was learnt since."""
    computed = _again(published, None)
    learnt: tuple[Evidence, ...] = ()
    if computed.report.learnt_since:
        learnt = tuple(computed.report.learnt_since(computed.parameters, published.known_at))
    return _compare(published, computed, learnt)


def _again(published: PublishedReport, known_at: datetime.datetime | None) -> Computed:
    return compute(
        published.report,
        published.parameters,
        user=None,
        today=published.as_of,
        known_at=known_at,
    )


def _compare(
    published: PublishedReport, computed: Computed, learnt: tuple[Evidence, ...]
) -> Comparison:
    before, after = dict(flat(published.figures)), dict(flat(computed.figures))
    paths = [path for path in before if before[path] != after.get(path)]
    paths += [path for path in after if path not in before]
    return Comparison(
        sha256=fingerprint(computed.figures),
        differences=tuple(
            Difference(path, before.get(path), after.get(path), causes_of(path, learnt))
            for path in paths
        ),
    )


def causes_of(path: str, learnt: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return what may have moved a figure: what touches the place that its path names.

    A figure of the whole province names no place, so that everything learnt may have moved it.
    """
    every = tuple(learnt)
    parts = set(path.split("."))
    places = {key for each in every for key in each.keys}
    named = parts & places
    if not named and any(part.isdigit() and len(part) == 6 for part in parts):
        return ()
    return tuple(each for each in every if not named or named & set(each.keys))
