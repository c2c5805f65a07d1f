"""Invented loan figures that hold every identity of the form, month after month."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from finance.rules.industries import INDUSTRIES, SIZES

# How much of a bank's lending goes to each size and industry, roughly.
SIZE_WEIGHTS = {"L": 3.0, "M": 2.2, "S": 1.8, "X": 0.5, "I": 0.4, "O": 0.35}
INDUSTRY_WEIGHTS = dict(
    zip(INDUSTRIES, (7, 2, 30, 5, 8, 18, 6, 4, 3, 0, 6, 5, 2, 3, 2, 1, 1, 1, 0, 0), strict=True)
)
TICKET = {"L": 9000, "M": 1800, "S": 420, "X": 90, "I": 40, "O": 55}  # 万元 a borrower


@dataclass(frozen=True, slots=True)
class Book:
    """One bank's loan book: keys, and monthly figures in 0.01 万元 (interest in 0.0001)."""

    keys: list[tuple[str, str, str]]
    balances: np.ndarray  # months × lines; month 0 is a December
    all_loans: dict[str, np.ndarray]  # prefecture → months
    rng: np.random.Generator
    rates: np.ndarray
    bad: np.ndarray


def make_book(
    *, seed: int, prefectures: Sequence[str], lines_each: int, size: float, months: int
) -> Book:
    """Invent a book of about ``size`` 万元 in each of ``prefectures``, for ``months`` months."""
    rng = np.random.default_rng(seed)
    pairs = [(s, i) for s in SIZES for i in INDUSTRIES if INDUSTRY_WEIGHTS[i]]
    weights = np.array([SIZE_WEIGHTS[s] * INDUSTRY_WEIGHTS[i] for s, i in pairs])
    keys: list[tuple[str, str, str]] = []
    base: list[float] = []
    for prefecture in prefectures:
        chosen = rng.choice(
            len(pairs), size=min(lines_each, len(pairs)), replace=False, p=weights / weights.sum()
        )
        share = weights[chosen] * rng.lognormal(0, 0.4, len(chosen))
        total = size * rng.uniform(0.6, 1.4)
        keys += [(prefecture, *pairs[place]) for place in sorted(chosen)]
        order = np.argsort(chosen)
        base += list(total * share[order] / share.sum())
    start = np.array(base)
    drift = rng.normal(0.011, 0.004, len(keys))
    steps = 1 + drift + rng.normal(0, 0.012, (months, len(keys)))
    path = start * np.cumprod(np.clip(steps, 0.9, 1.12), axis=0)
    balances = np.maximum(np.rint(path * 100).astype(np.int64), 100)
    places = np.array([key[0] for key in keys])
    all_loans = {}
    for prefecture in prefectures:
        sums = balances[:, places == prefecture].sum(axis=1)
        factor = rng.uniform(1.5, 2.1) * np.cumprod(1 + rng.normal(-0.0025, 0.001, months))
        all_loans[prefecture] = np.maximum(np.rint(sums * factor).astype(np.int64), sums)
    return Book(
        keys, balances, all_loans, rng, rng.uniform(0.042, 0.072, len(keys)),
        rng.uniform(0.003, 0.022, len(keys)),
    )  # fmt: skip


def _parts(
    rng: np.random.Generator, whole: np.ndarray, weights: Sequence[float]
) -> list[np.ndarray]:
    """Split whole amounts into parts that sum exactly."""
    shares = rng.dirichlet(np.array(weights) * 12, len(whole))
    parts = [np.floor(whole * shares[:, place]).astype(np.int64) for place in range(len(weights))]
    parts[0] = whole - sum(parts[1:], np.zeros_like(whole))
    return parts


def month_of(
    book: Book, month: int, december: int, granted_before: np.ndarray
) -> dict[str, np.ndarray]:
    """The lines of one month. ``december`` is the month's year start, ``granted_before`` what
    was granted earlier in the year."""
    rng, balance = book.rng, book.balances[month]
    bad = np.floor(balance * book.bad * rng.uniform(0.9, 1.1, len(balance))).astype(np.int64)
    classes = _parts(rng, bad, (5, 3, 1))
    watch = np.floor(balance * rng.uniform(0.01, 0.03, len(balance))).astype(np.int64)
    guarantee = _parts(rng, balance, (4, 2.2, 2.5, 1.0))
    term = _parts(rng, balance, (6, 4))
    granted = np.floor(balance * rng.uniform(0.05, 0.12, len(balance))).astype(np.int64)
    rate = book.rates * rng.uniform(0.97, 1.03, len(balance))
    tickets = np.array([TICKET[size] for _, size, _ in book.keys])
    borrowers = np.maximum(1, np.rint(balance / 100 / tickets)).astype(np.int64)
    applicants = np.maximum(1, np.rint(borrowers * rng.uniform(0.08, 0.16, len(balance))))
    return {
        "balance": balance,
        "year_start": book.balances[december],
        "unsecured": guarantee[3], "guaranteed": guarantee[1], "mortgaged": guarantee[0],
        "pledged": guarantee[2],
        "short_term": term[0], "long_term": term[1],
        "normal": balance - watch - bad, "special_mention": watch,
        "substandard": classes[0], "doubtful": classes[1], "loss": classes[2], "npl": bad,
        "granted_period": granted,
        "granted_year": granted_before + granted,
        "interest": np.rint(granted * rate * 100).astype(np.int64),
        "borrowers": borrowers,
        "applicants": applicants.astype(np.int64),
        "approved": np.floor(applicants * rng.uniform(0.6, 0.9, len(balance))).astype(np.int64),
    }  # fmt: skip


def totals_of(
    book: Book, lines: dict[str, np.ndarray], month: int, december: int
) -> list[dict[str, object]]:
    """The totals beside the lines, by prefecture. Amounts in 0.01 万元."""
    places = np.array([key[0] for key in book.keys])
    enterprise = np.array([key[1] in "LMSX" for key in book.keys])
    rows = []
    for prefecture, path in book.all_loans.items():
        here = places == prefecture
        bad = int(lines["npl"][here].sum())
        rows.append(
            {
                "prefecture": prefecture,
                "all_loans": int(path[month]),
                "all_year_start": int(path[december]),
                "all_npl": bad + int(path[month] * 0.004),
                "enterprise_loans": int(lines["balance"][here & enterprise].sum()),
            }
        )
    return rows


def as_csv(
    form: object,
    keys: list[tuple[str, str, str]],
    lines: dict[str, np.ndarray],
    totals: list[dict[str, object]],
) -> bytes:
    """The return as the CSV file that a bank's system would send."""
    tables = {table.name: table for table in form.tables}
    names = list(dict.fromkeys([*tables["lines"].columns, *tables["totals"].columns]))
    scales = {m.name: m.scale for table in form.tables for m in table.measures}
    rows = [",".join(["table", *names])]
    columns = {name: _texts(values, scales[name]) for name, values in lines.items()}
    for place, key in enumerate(keys):
        cells = dict(zip(("prefecture", "size", "industry"), key, strict=True))
        cells |= {name: texts[place] for name, texts in columns.items()}
        rows.append("lines," + ",".join(cells.get(name, "") for name in names))
    for total in totals:
        cells = {n: v if n == "prefecture" else _text(v, scales[n]) for n, v in total.items()}
        rows.append("totals," + ",".join(str(cells.get(name, "")) for name in names))
    return ("\n".join(rows) + "\n").encode()


def _texts(values: np.ndarray, scale: int) -> list[str]:
    return [_text(value, scale) for value in values.tolist()]


def _text(value: int, scale: int) -> str:
    if not scale:
        return str(value)
    whole, rest = divmod(value, 10**scale)
    return f"{whole}.{rest:0{scale}d}"
