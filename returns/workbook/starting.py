"""What a return starts from: the keys of last period's lines, and figures carried over."""

import numpy as np

from returns.checking.columns import combine
from returns.checking.context import Context
from returns.forms.declaration import Table


def starting_keys(table: Table, context: Context) -> list[np.ndarray]:
    """Return the codes' places of each row to fill in, a column per dimension.

    A table of items has them all, in order. Otherwise last period's lines if there were any,
    else every combination of the institution's own prefectures with all other codes.
    """
    prior, codes = context.prior.previous, context.codes
    dimensions = [dimension.name for dimension in table.dimensions]
    if prior and len(prior[table.name]) and not table.fixed:
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


def carried(table: Table, context: Context, places: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Return the measures that earlier figures begin, beside those keys, as scaled integers.

    A measure names them as ``starts_from``: ``december.balance``, ``previous.closing``.
    """
    sizes = [len(context.codes[dimension.name]) for dimension in table.dimensions]
    keys = combine(places, sizes)
    found = {}
    for measure in table.measures:
        when, _dot, source = measure.starts_from.partition(".")
        prior = getattr(context.prior, when) if when else None
        if prior and len(prior[table.name]):
            found[measure.name] = prior[table.name].aligned(keys, int(np.prod(sizes)), source)
    return found
