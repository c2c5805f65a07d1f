"""What a return starts from: the keys of last period's lines, and December's balances."""

import numpy as np

from returns.checking.columns import combine
from returns.checking.context import Context
from returns.forms.declaration import MeasureKind, Table

YEAR_STARTS = {"year_start": "balance", "all_year_start": "all_loans"}


def starting_keys(table: Table, context: Context) -> list[np.ndarray]:
    """Return the codes' places of each row to fill in, a column per dimension.

    Last period's lines if there were any, else every combination of the institution's own
    prefectures with all other codes.
    """
    prior, codes = context.prior.previous, context.codes
    dimensions = [dimension.name for dimension in table.dimensions]
    if prior and len(prior[table.name]):
        found = prior[table.name]
        order = np.argsort(found.keys, kind="stable")
        return [found.columns[name][order] for name in dimensions]
    choices = [
        [
            place
            for place, code in enumerate(codes[name])
            if name != "prefecture" or code in context.active_prefectures
        ]
        for name in dimensions
    ]
    return [grid.ravel() for grid in np.meshgrid(*choices, indexing="ij")]


def year_starts(table: Table, context: Context, places: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Return the year-start measures beside those keys, as scaled whole numbers."""
    prior = context.prior.december
    if not prior or not len(prior[table.name]):
        return {}
    december = prior[table.name]
    sizes = [len(context.codes[dimension.name]) for dimension in table.dimensions]
    keys = combine(places, sizes)
    return {
        measure.name: december.aligned(keys, int(np.prod(sizes)), YEAR_STARTS[measure.name])
        for measure in table.measures
        if measure.name in YEAR_STARTS and measure.kind is MeasureKind.STOCK
    }
