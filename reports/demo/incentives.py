"""Invented incentive policies of the plan's year, with reports, awards and payments."""

import datetime
from decimal import Decimal
from typing import Any

from core.models import Prefecture, User
from core.registers.catalogue import REGISTERS
from core.registers.forms import part_formset
from core.registers.saving import save_entry
from listings.models import Enterprise, IncentiveAward, IncentivePolicy
from reports.demo.green_channel import enterprise_of

TRANCHES = (
    {"topic": "restructured", "basis": "fixed", "amount": "50"},
    {"topic": "tutoring", "basis": "costs", "percent": "50", "cap": "80"},
    {"topic": "accepted", "basis": "fixed", "amount": "100"},
    {"topic": "listed", "basis": "fixed", "amount": "200"},
)
# place, document number, last day, budget of 2012
POLICIES = (
    ("", "粤府办〔2010〕60号", "", "500"),
    ("440600", "佛府办〔2009〕88号", "", "400"),
    ("441900", "东府〔2011〕15号", "", "300"),
    ("440200", "韶府〔2011〕20号", "", "120"),
    ("440700", "江府〔2008〕12号", "2011-12-31", "100"),
)
WAY = (("intermediaries", "2011-03-10"), ("restructured", "2011-09-20"), ("tutoring", "2012-02-15"),
       ("accepted", "2012-06-29"))  # fmt: skip
# place, what was applied for, its base, what was paid; nothing granted where pay is empty
AWARDS = (
    ("440600", "restructured", "", "50"),
    ("440600", "tutoring", "130", "65"),
    ("440600", "accepted", "", ""),
    ("441900", "restructured", "", "50"),
    ("441900", "tutoring", "200", "60"),
    ("440200", "restructured", "", "50"),
    ("440200", "tutoring", "120", "60"),
)


def make_incentives(*, actor: User, now: datetime.datetime) -> int:
    """Register policies and what they paid, as the province's clerk would; return how many."""
    maker = _Maker(actor, now)
    policies = {row[0]: maker.policy(*row) for row in POLICIES}
    for place in dict.fromkeys(row[0] for row in AWARDS):
        enterprise = enterprise_of(place, actor=actor, now=now)
        for topic, on in WAY:
            maker.report(enterprise, topic, on)
    for place, topic, base, pay in AWARDS:
        enterprise = enterprise_of(place, actor=actor, now=now)
        award = maker.award(enterprise, policies[place], topic, base, pay)
        if pay:
            maker.pay(award, pay)
    return len(POLICIES)


class _Maker:
    """Registers through the registers' own door."""

    def __init__(self, actor: User, now: datetime.datetime) -> None:
        self.actor, self.now = actor, now

    def policy(self, place: str, number: str, last: str, budget: str) -> IncentivePolicy:
        prefecture = Prefecture.objects.filter(code=place).first()
        entry = IncentivePolicy(
            name=f"演示{prefecture or '广东省'}鼓励企业改制上市办法",
            level="prefecture" if prefecture else "province",
            prefecture=prefecture,
            document_number=number,
            valid_from=datetime.date(2011, 1, 1) if not last else datetime.date(2008, 1, 1),
            valid_to=datetime.date.fromisoformat(last) if last else None,
            duty=["intermediaries", "restructured", "tutoring"],
            duty_days=15,
        )
        budgets = [{"year": 2012, "amount": budget}]
        return self._save("incentive-policies", entry, tranches=TRANCHES, budgets=budgets)

    def report(self, enterprise: Enterprise, topic: str, on: str) -> None:
        day = datetime.date.fromisoformat(on)
        register = REGISTERS["event-reports"]
        told = day + datetime.timedelta(days=6)
        entry = register.model(
            enterprise=enterprise, topic=topic, happened_on=day, reported_on=told
        )
        self._save(register.key, entry)

    def award(
        self, enterprise: Enterprise, policy: IncentivePolicy, topic: str, base: str, granted: str
    ) -> IncentiveAward:
        entry = IncentiveAward(
            enterprise=enterprise,
            policy=policy,
            topic=topic,
            applied_on=datetime.date(2012, 8, 1),
            base=Decimal(base) if base else None,
        )
        if granted:
            entry.decision, entry.decided_on = "approved", datetime.date(2012, 10, 15)
            entry.granted = Decimal(granted)
        return self._save("incentive-awards", entry)

    def pay(self, award: IncentiveAward, amount: str) -> None:
        register = REGISTERS["incentive-payments"]
        entry = register.model(
            award=award, paid_on=datetime.date(2012, 12, 20), amount=Decimal(amount)
        )
        self._save(register.key, entry)

    def _save(self, key: str, entry: Any, **rows: Any) -> Any:
        register = REGISTERS[key]
        parts = [
            (part, part_formset(part, actor=self.actor, record=entry, rows=rows[part.key]))
            for part in register.parts
            if part.key in rows
        ]
        for _part, formset in parts:
            formset.is_valid()
        return save_entry(register, entry, actor=self.actor, now=self.now, parts=parts)
