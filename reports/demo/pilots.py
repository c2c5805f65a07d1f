"""Invented pilots of micro-loan guarantee insurance and their half-yearly figures."""

import datetime
from decimal import Decimal

from core.models import Institution
from guarantees.models import InsurancePilot, LossShareScheme, PilotFigure
from reports.demo.keeping import Desk

# prefecture, name, begun and ended days ago, yearly growth, what is paid of each premium (%)
# and overdue (%) at the start and at the end, its own lines: overdue (%), loss ratio (%)
PILOTS = (
    ("440100", "演示广州市小额贷款保证保险试点", 1100, -300, 1.25, (35, 62), (1.2, 2.1), 5, 150),
    ("440600", "演示佛山市小额贷款保证保险试点", 900, -120, 1.10, (60, 230), (2.5, 6.4), 6, 150),
    ("441300", "演示惠州市小额贷款保证保险试点", 760, -200, 1.05, (50, 200), (2.0, 4.6), 8, 150),
    ("440800", "演示湛江市小额贷款保证保险试点", 1600, -420, 1.02, (20, 45), (1.0, 1.4), 5, 120),
)  # fmt: skip


def keep_pilots(
    desk: Desk, insurers: list[Institution], banks: list[Institution], scheme: LossShareScheme
) -> None:
    """Two run freely, one is past its own line, one is near it."""
    for place, row in enumerate(PILOTS):
        code, name, begun, ended, _growth, _paid, _overdue, overdue_line, loss_line = row
        started = desk.ago(begun)
        pilot = desk.act(
            InsurancePilot(
                name=name,
                prefecture=desk.prefectures[code],
                document_number=desk.document("粤金", started),
                started_on=started,
                ended_on=desk.ago(ended),
                eligible_borrowers="演示：在本市注册满一年的小微企业和个体工商户",
                borrower_cap=Decimal(300),
                max_term_months=12,
                interest_cap=Decimal("9.00"),
                premium_rate=Decimal("2.50"),
                scheme=scheme,
                fund_size=Decimal(800),
                stop_overdue_rate=Decimal(overdue_line),
                stop_loss_ratio=Decimal(loss_line),
            ),
            participants=[
                {"role": "insurer", "institution": insurers[place % len(insurers)].code},
                {"role": "bank", "institution": banks[place % len(banks)].code},
                {"role": "bank", "institution": banks[(place + 3) % len(banks)].code},
            ],
        )
        for each in _figures(desk, pilot, row):
            desk.act(each)


def _figures(desk: Desk, pilot: InsurancePilot, row: tuple) -> list[PilotFigure]:
    _code, _name, _begun, _ended, growth, paid_at, overdue_at, _line, _loss = row
    ends = _half_years(pilot.started_on, min(desk.today, pilot.ended_on))
    found = []
    for place, end in enumerate(ends):
        way = place / max(1, len(ends) - 1)
        loans = 4000 * growth**place
        premium = loans * 0.025
        balance = loans * 1.4
        paid = premium * (paid_at[0] + (paid_at[1] - paid_at[0]) * way) / 100
        overdue = balance * (overdue_at[0] + (overdue_at[1] - overdue_at[0]) * way) / 100
        found.append(
            PilotFigure(
                pilot=pilot,
                period_end=end,
                policies=int(loans / 60),
                premium=_cents(premium),
                insured_loans=_cents(loans),
                borrowers=int(balance / 62),
                balance=_cents(balance),
                overdue=_cents(overdue),
                claims=int(paid / 25) + 1,
                paid=_cents(paid),
                recovered=_cents(paid * 0.18),
                fiscal_compensation=_cents(max(0.0, paid - premium) * 0.5),
            )
        )
    return found


def _half_years(since: datetime.date, until: datetime.date) -> list[datetime.date]:
    """The ends of June and December after ``since``, up to ``until``."""
    days = [
        datetime.date(year, *end)
        for year in range(since.year, until.year + 1)
        for end in ((6, 30), (12, 31))
    ]
    return [day for day in days if since < day <= until]


def _cents(amount: float) -> Decimal:
    return Decimal(round(amount * 100)) / 100
