"""Invented months of one guarantee agency that hold every identity of its forms."""

from dataclasses import dataclass, field
from random import Random

from reports.demo.parts import parts, shares, text
from returns.forms.guarantee_items import BANK_TYPES, COUNTED, FINANCING, NON_FINANCING

# How many banks of each type an agency works with.
PARTNERS = dict(zip(BANK_TYPES, (1, 3, 3, 2, 2, 0, 1, 0), strict=True))
KINDS = (*FINANCING, *NON_FINANCING, "reguarantee")
CASE_COLUMNS = ("compensated", "recovered", "written_off")


@dataclass
class GuaranteeBook:
    """An agency's books, month after month; money in 0.01 万元.

    ``leverage`` is the liability wanted, in times of net assets; ``single``, ``affiliates``
    and ``investments`` are shares of net assets, ``compensation`` the share of released
    guarantees that had to be paid, ``premium_reserve`` of the year's premium, ``reserve`` of the
    liability, ``relatives`` an amount for parent or subsidiaries.
    """

    seed: int
    capital: int  # 万元
    state: float = 0.3
    leverage: float = 4.0
    single: float = 0.06
    affiliates: float = 0.09
    investments: float = 0.1
    compensation: float = 0.012
    premium_reserve: float = 0.6
    reserve: float = 0.013
    relatives: int = 0
    force: dict[str, int] = field(default_factory=dict)
    year: dict[str, dict[str, int]] = field(default_factory=dict)
    balance: int = 0
    year_start: int = 0
    ever: dict[str, int] = field(default_factory=lambda: {"compensated": 0, "released": 0})
    cases_year: dict[str, int] = field(default_factory=dict)
    premium: int = 0
    profit: int = 0
    retained: int = 0
    december: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.mix = shares(self.rng, KINDS, (60, 8, 3, 5, 1, 2, 2, 4, 5, 4, 1, 3))
        self.force = dict.fromkeys(KINDS, 0)

    def month(self, number: int) -> dict[str, list[dict[str, object]]]:
        """The tables of the next month; ``number`` is the month of the year."""
        rng = self.rng
        if number == 1:
            self.december = self._half_year_closing() if self.ever["released"] else {}
            self.year, self.cases_year, self.premium = {}, {}, 0
            self.year_start = self.balance
            self.retained, self.profit = self.retained + self.profit, 0
        net = self.capital * 100 + self.retained + self.profit
        target = parts(self._wanted(net), self.mix)
        rows, released = {}, 0
        for kind in KINDS:
            opening = self.force[kind]
            out = int(opening * rng.uniform(0.05, 0.1))
            new = max(0, target[kind] - opening + out)
            self.force[kind] = opening + new - out
            rows[kind] = (opening, new, out)
            released += out
        fresh = sum(new for _opening, new, _out in rows.values())
        business = self._business(rows)
        compensation = self._compensation(released)
        self.premium += int(fresh * 0.02)
        self.profit += int(fresh * 0.008)
        return {
            "business": business,
            "compensation": compensation,
            "amounts": self._amounts(net),
            "banks": self._banks(),
        }

    def _wanted(self, net: int) -> int:
        """All guarantees that bring the financing liability to what is wanted."""
        financing = sum(self.mix[kind] for kind in FINANCING) / sum(self.mix.values())
        liability = net * self.leverage * self.rng.uniform(0.97, 1.0)
        return int(liability * 10 / 9 / financing)

    def _business(self, rows: dict[str, tuple[int, int, int]]) -> list[dict[str, object]]:
        sums = {
            "financing": FINANCING,
            "non_financing": NON_FINANCING,
            "total": KINDS,
        }
        for item, kinds in sums.items():
            rows[item] = tuple(sum(rows[kind][place] for kind in kinds) for place in range(3))
        rows["sme"] = self._part("sme", rows["financing"], 0.8)
        rows["micro"] = self._part("micro", rows["sme"], 0.5)
        found = []
        for item, (opening, new, out) in rows.items():
            kept = self.year.setdefault(item, {"new": 0, "released": 0})
            kept["new"] += new
            kept["released"] += out
            closing = opening + new - out
            found.append(
                {
                    "business_item": item,
                    "opening": text(opening),
                    "new": text(new),
                    "released": text(out),
                    "closing": text(closing),
                    "liability": text(self._liability(item, closing)),
                    "new_year": text(kept["new"]),
                    "released_year": text(kept["released"]),
                    "parties": closing // 100 // 300,
                }
            )
        return found

    def _part(self, name: str, whole: tuple[int, ...], share: float) -> tuple[int, int, int]:
        """A part that rolls forward by itself and stays within the whole."""
        opening = self.force.get(name, 0)
        new, out = int(whole[1] * share), min(opening, int(whole[2] * share))
        self.force[name] = opening + new - out
        return opening, new, out

    def _liability(self, item: str, closing: int) -> int:
        """What the agency bears after the banks' shares."""
        if item == "financing":
            return sum(self.force[kind] * 9 // 10 for kind in FINANCING)
        return closing * 9 // 10

    def _compensation(self, released: int) -> list[dict[str, object]]:
        rng = self.rng
        opening = self.balance
        paid = int(released * self.compensation * rng.uniform(0.2, 1.8))
        back = int(opening * rng.uniform(0.02, 0.08))
        off = int(opening * 0.005)
        self.balance = opening + paid - back - off
        self.ever["compensated"] += paid
        self.ever["released"] += released
        for name, value in zip(CASE_COLUMNS, (paid, back, off), strict=True):
            self.cases_year[name] = self.cases_year.get(name, 0) + value
        cases = max(1, paid // 100 // 150) if paid else 0
        return [
            {
                "compensation_item": item,
                "opening": text(opening),
                "compensated": text(paid),
                "recovered": text(back),
                "written_off": text(off),
                "closing": text(self.balance),
                "year_start": text(self.year_start),
                **{f"{name}_year": text(self.cases_year[name]) for name in CASE_COLUMNS},
                "compensated_ever": text(self.ever["compensated"]),
                "released_ever": text(self.ever["released"]),
                "cases": cases,
            }
            for item in ("total", "financing", "sme")
        ]

    def _amounts(self, net: int) -> list[dict[str, object]]:
        liability = self._liability("financing", 0)
        liabilities = int(net * 0.25)
        single = int(net * self.single)
        values = {
            "paid_in_capital": self.capital * 100,
            "state_capital": int(self.capital * 100 * self.state),
            "total_assets": liabilities + net,
            "liabilities": liabilities,
            "net_assets": net,
            "long_term_equity": int(net * 0.05),
            "other_investments": int(net * self.investments),
            "unearned_premium_reserve": int(self.premium * self.premium_reserve) + 1,
            "compensation_reserve": int(liability * self.reserve) + 1,
            "general_risk_reserve": int(net * 0.01),
            "premium_income": self.premium,
            "net_profit": self.profit,
            "taxes": self.profit // 4,
            "largest_party": single,
            "largest_with_affiliates": max(single, int(net * self.affiliates)),
            "largest_bond_party": int(net * 0.08),
            "ten_largest": single * 6,
            "parent_subsidiary": self.relatives * 100,
        }
        return [{"amount_item": item, "amount": text(cents)} for item, cents in values.items()]

    def _banks(self) -> list[dict[str, object]]:
        held = {kind: number for kind, number in PARTNERS.items() if number}
        liability = parts(self._liability("financing", 0), held)
        return [
            {"bank_type": kind, "number": number, "liability": text(liability.get(kind, 0))}
            for kind, number in PARTNERS.items()
        ]

    def half_year(self) -> dict[str, list[dict[str, object]]]:
        """The half-yearly form as the books stand; a year begins as December ended."""
        closing = self._half_year_closing()
        began = self.december or {item: whole * 9 // 10 for item, whole in closing.items()}
        this_year = {
            "loans": closing["loans"] // 3,
            "borrowers": closing["borrowers"] // 3 // 100 * 100,
            "guaranteed_parties": closing["guaranteed_parties"] // 3 // 100 * 100,
            "guaranteed_loans": self.year["loans"]["new"],
            "compensated_parties": closing["compensated_parties"],
            "compensated": self.cases_year.get("compensated", 0),
        }
        rows = []
        for item, end in closing.items():
            start = began[item] // 100 * 100 if item in COUNTED else began[item]
            rows.append(self._half_year_row(item, (start, this_year.get(item, 0), end)))
        return {"half_year": rows}

    def _half_year_closing(self) -> dict[str, int]:
        """What stands at the end, in 0.01 of each item's own unit."""
        guaranteed = self.force["loans"]
        parties = max(1, guaranteed // 100 // 300) * 100
        cases = max(1, self.balance // 100 // 150) * 100 if self.balance else 0
        return {
            "loans": guaranteed * 2,
            "npl": guaranteed // 90,
            "borrowers": parties * 3,
            "guaranteed_parties": parties,
            "guaranteed_loans": guaranteed,
            "guaranteed_npl": guaranteed // 100,
            "compensated_parties": cases,
            "compensated": self.balance,
            "to_be_compensated": self.balance // 4,
            **{f"banks_{kind}": number * 100 for kind, number in PARTNERS.items()},
            "corporate_guarantors": 100,
            "other_guarantors": 0,
        }

    def _half_year_row(self, item: str, figures: tuple[int, int, int]) -> dict[str, object]:
        """A row with its part of small firms: seven tenths, whole where things are counted."""
        small = [each * 7 // 10 for each in figures]
        if item in COUNTED:
            small = [each // 100 * 100 for each in small]
        row: dict[str, object] = {"half_year_item": item}
        names = ("year_start", "this_year", "closing")
        row |= {name: text(cents) for name, cents in zip(names, figures, strict=True)}
        row |= {f"sme_{name}": text(cents) for name, cents in zip(names, small, strict=True)}
        return row
