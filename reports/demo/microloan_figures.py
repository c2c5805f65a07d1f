"""Invented months of one microloan company that hold every identity of its form."""

from dataclasses import dataclass, field
from random import Random

from finance.rules.microloan_items import (
    AGRICULTURE,
    CUSTOMERS,
    METHODS,
    SIZES,
    TERMS,
    USES,
)
from reports.demo.parts import counted, parts, shares, text

FLOW_GROUPS = (CUSTOMERS, METHODS, USES, SIZES)


@dataclass
class MicroloanBook:
    """A company's books, month after month; money in 0.01 万元.

    The shares decide which limits are near or broken: ``borrowing`` and ``single`` are of net
    capital (0.48 is near a limit of half), ``provision`` is what is held of what is required,
    ``rate`` the average annual rate in % (the highest is 1.3 of it, the lowest 0.6), ``banks``
    how many lend, ``bad`` the share of bad loans, ``written_off`` what is written off a month.
    """

    seed: int
    capital: int  # 万元
    borrowing: float = 0.3
    single: float = 0.04
    rate: float = 15.0
    banks: int = 2
    bad: float = 0.015
    provision: float = 1.15
    written_off: float = 0.0
    balance: int = 0
    granted_ever: int = 0
    collected_ever: int = 0
    loans_ever: int = 0
    income: int = 0
    profit: int = 0
    retained: int = 0
    year: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        rng = self.rng
        self.weights = {
            METHODS: shares(rng, METHODS, (2, 5, 2, 1)),
            USES: shares(rng, USES, (4, 5, 1)),
            SIZES: shares(rng, SIZES, (2, 2, 3, 3)),
            TERMS: shares(rng, TERMS, (2, 3, 4, 0.5)),
            AGRICULTURE: shares(rng, AGRICULTURE, (5, 2, 2, 1)),
            CUSTOMERS: shares(rng, CUSTOMERS, (3, 4, 1, 2)),
        }

    def month(self, number: int) -> dict[str, list[dict[str, object]]]:
        """The tables of the next month; ``number`` is the month of the year."""
        rng = self.rng
        if number == 1:
            self.year, self.retained = {}, self.retained + self.profit
            self.income = self.profit = 0
        net = self.capital * 100 + self.retained + self.profit
        borrowings = int(net * self.borrowing * rng.uniform(0.97, 1.0))
        wanted = int((net + borrowings) * rng.uniform(0.82, 0.9))
        collected = int(self.balance * rng.uniform(0.08, 0.14))
        written_off = int(self.balance * self.written_off)
        granted = max(0, wanted - self.balance + collected + written_off)
        interest = int(self.balance * self.rate / 1200 * 0.7)
        self.balance += granted - collected - written_off
        self.granted_ever += granted
        self.collected_ever += collected
        self.income += interest
        self.profit += interest // 3
        return {
            "balances": self._balances(),
            "flows": self._flows(granted, collected),
            "amounts": self._amounts(net, borrowings, written_off),
            "indicators": self._indicators(granted),
        }

    @property
    def loans(self) -> int:
        """How many loans have a balance: of 60 万元 on the average."""
        return max(20, self.balance // 100 // 60)

    def _flows(self, granted: int, collected: int) -> list[dict[str, object]]:
        rows: dict[str, tuple[int, int]] = {"total": (granted, collected)}
        for group in FLOW_GROUPS:
            out, back = parts(granted, self.weights[group]), parts(collected, self.weights[group])
            rows |= {item: (out[item], back[item]) for item in group}
        found = []
        for item, (out, back) in rows.items():
            kept = self.year.setdefault(item, {"granted": 0, "collected": 0})
            kept["granted"] += out
            kept["collected"] += back
            found.append(
                {
                    "flow_item": item,
                    "granted": text(out),
                    "collected": text(back),
                    "granted_year": text(kept["granted"]),
                    "collected_year": text(kept["collected"]),
                }
            )
        return found

    def _balances(self) -> list[dict[str, object]]:
        bad = int(self.balance * self.bad)
        classes = parts(self.balance - bad, {"normal": 90.0, "special_mention": 4.0})
        classes |= parts(bad, {"substandard": 5.0, "doubtful": 3.0, "loss": 1.0})
        groups = [parts(self.balance, self.weights[each]) for each in (METHODS, USES, SIZES, TERMS)]
        farm = parts(groups[1]["agricultural"], self.weights[AGRICULTURE])
        least = {"agricultural": len(farm)}
        values = {"total": (self.balance, self.loans)}
        for money in (*groups, classes):
            loans = counted(self.loans, money, least)
            values |= {item: (money[item], loans[item]) for item in money}
        loans = counted(values["agricultural"][1], farm, {})
        values |= {item: (farm[item], loans[item]) for item in farm}
        for item, whole, share in (
            ("group_guaranteed", "guaranteed", 3),
            ("industrial_enterprises", "industrial_commercial", 2),
            ("sole_traders", "industrial_commercial", 4),
        ):
            number = values[whole][1] // share
            values[item] = (values[whole][0] // share if number else 0, number)
        return [
            {"balance_item": item, "balance": text(cents), "number": count}
            for item, (cents, count) in values.items()
        ]

    def _amounts(self, net: int, borrowings: int, written_off: int) -> list[dict[str, object]]:
        required = max(1, int(self.balance * (0.01 + self.bad * 0.6)))
        liabilities = borrowings + int(net * 0.02)
        largest = min(int(net * self.single), self.balance)
        values = {
            "paid_in_capital": self.capital * 100,
            "net_capital": net,
            "bank_borrowings": borrowings,
            "other_funds": 0,
            "total_assets": liabilities + net,
            "liabilities": liabilities,
            "equity": net,
            "net_interest_income": self.income,
            "other_income": self.income // 40,
            "net_profit": self.profit,
            "taxes": self.profit // 4,
            "provisions_held": int(required * self.provision),
            "provisions_required": required,
            "largest_borrower": largest,
            "largest_group": min(int(largest * 1.2), self.balance),
            "written_off": written_off,
            "granted_since_opening": self.granted_ever,
            "collected_since_opening": self.collected_ever,
        }
        return [{"amount_item": item, "amount": text(cents)} for item, cents in values.items()]

    def _indicators(self, granted: int) -> list[dict[str, object]]:
        loans = -(-granted // 6000)
        self.loans_ever += loans
        average = self.rate * self.rng.uniform(0.9, 1.1)
        lent = 1 if granted else 0  # without a new loan there is no rate
        values = {
            "highest_rate": round(self.rate * 1.3, 2) * lent,
            "lowest_rate": round(self.rate * 0.6, 2) * lent,
            "new_loan_interest": granted * average / 10**4,
            "lending_banks": self.banks,
            "borrowers": min(self.loans, max(7, self.balance // 100 // 70)),
            "loans_granted": loans,
            "loans_granted_since_opening": self.loans_ever,
            "employees": 12 + self.capital // 2500,
        }
        return [
            {"indicator_item": item, "value": text(round(value * 10**4), 4)}
            for item, value in values.items()
        ]
