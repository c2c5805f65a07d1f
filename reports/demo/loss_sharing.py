"""Invented agreements of agencies with banks, schemes of sharing losses, compensation cases."""

import datetime
from decimal import Decimal
from typing import Any

from core.models import Institution, Prefecture
from guarantees.models import (
    CaseMovement,
    CompensationCase,
    CooperationAgreement,
    LossShareScheme,
)
from reports.demo.keeping import DAY, Desk, Firm

EXAMPLE = "演示：示例案件，金额仅用于说明按 40:30:20:10 拆分和归还到分"
# name, the shares (%) or layers (万元), more of the scheme's own fields
SCHEMES: tuple[tuple[str, tuple[dict[str, Any], ...], dict[str, Any]], ...] = (
    ("演示四三二一分担方案（示例）", (
        {"party": "guarantor", "share": "40"}, {"party": "reguarantor", "share": "30"},
        {"party": "bank", "share": "20"}, {"party": "government", "share": "10"}), {}),
    ("演示银担二八分担方案", (
        {"party": "bank", "share": "20"}, {"party": "guarantor", "share": "80"}), {}),
    ("演示基金参与分担方案", (
        {"party": "guarantor", "share": "50"}, {"party": "provincial_fund", "share": "20"},
        {"party": "bank", "share": "20"}, {"party": "government", "share": "10"}),
     {"case_cap": Decimal(500), "fuse_rate": Decimal(5), "base": "principal"}),
    ("演示政府首损分担方案", (
        {"party": "government", "share": "0", "cap": "50"},
        {"party": "guarantor", "share": "0"}), {"order": "first_loss"}),
    ("演示担保机构全额承担方案", ({"party": "guarantor", "share": "100"},), {}),
    ("演示小额贷款保证保险分担方案", (
        {"party": "bank", "share": "20"}, {"party": "insurer", "share": "80"}),
     {"excess_party": "insurer", "base": "principal"}),
)  # fmt: skip
FOUR_PARTIES, EIGHTY, WITH_FUND, FIRST_LOSS, ALONE, INSURED = range(len(SCHEMES))
# agency, scheme, guaranteed (万元), defaulted days ago, then what was recovered (%) and lost (%)
CASES = (
    (0, EIGHTY, "380.00", 420, (25, 20), 0), (0, FOUR_PARTIES, "150.00", 95, (), 0),
    (1, FOUR_PARTIES, "620.50", 600, (30, 30, 40), 0), (2, EIGHTY, "900.00", 300, (10,), 0),
    (4, FOUR_PARTIES, "1280.00", 510, (35, 15), 20), (5, ALONE, "450.00", 700, (20, 20), 60),
    (9, WITH_FUND, "760.33", 260, (15,), 0), (9, EIGHTY, "330.00", 45, None, 0),
    (12, ALONE, "520.00", 380, (5,), 30), (14, ALONE, "410.10", 200, (8,), 0),
    (14, FIRST_LOSS, "260.00", 350, (12,), 10), (15, EIGHTY, "680.00", 150, (), 0),
    (17, FOUR_PARTIES, "95.55", 240, (50,), 0), (19, FIRST_LOSS, "210.00", 330, (20, 10), 0),
    (21, EIGHTY, "180.00", 30, None, 0),
)  # fmt: skip
TRADES = ("五金制品", "塑料", "服装", "食品", "家具", "电器")


def keep_loss_sharing(
    desk: Desk, agencies: list[Firm], banks: list[Institution]
) -> list[LossShareScheme]:
    """Keep schemes, agreements and cases; return the schemes in the order of the table."""
    schemes = [_scheme(desk, row) for row in SCHEMES]
    agreements = _agreements(desk, agencies, banks, schemes)
    desk.keep(agreements)
    by_agency: dict[int, list[CooperationAgreement]] = {}
    for each in agreements:
        by_agency.setdefault(each.institution_id, []).append(each)
    for place, scheme, amount, age, recovered, lost in CASES:
        own = by_agency[agencies[place].institution.pk][0]
        case = _case(desk, own, schemes[scheme], Decimal(amount), desk.ago(age))
        if recovered is not None:
            _run(desk, case, age, recovered, lost)
    example = next(each for each in agencies if _of_shenzhen(each))
    _example(desk, by_agency[example.institution.pk][0], schemes[FOUR_PARTIES])
    return schemes


def _of_shenzhen(firm: Firm) -> bool:
    return firm.institution.prefecture.code == Prefecture.SHENZHEN


def _scheme(
    desk: Desk, row: tuple[str, tuple[dict[str, Any], ...], dict[str, Any]]
) -> LossShareScheme:
    name, participants, more = row
    since = datetime.date(2012, 5, 1)
    scheme = LossShareScheme(
        name=name, document_number=desk.document("粤金", since), valid_from=since, **more
    )
    return desk.act(scheme, participants=participants)


def _agreements(
    desk: Desk, agencies: list[Firm], banks: list[Institution], schemes: list[LossShareScheme]
) -> list[CooperationAgreement]:
    """Two to five banks an agency; one agreement runs out soon, one has, one ended early."""
    rng, found = desk.rng, []
    for place, firm in enumerate(agencies):
        if firm.opened is None:
            continue
        for bank in rng.sample(banks, min(len(banks), 2 + rng.randint(0, 3))):
            signed = desk.ago(rng.randint(80, 600))
            found.append(
                CooperationAgreement(
                    institution=firm.institution,
                    bank=bank,
                    scheme=schemes[(EIGHTY, FOUR_PARTIES, ALONE)[place % 3]],
                    signed_on=signed,
                    valid_until=signed + (730 if place % 4 else 1095) * DAY,
                    credit_line=Decimal(firm.capital * rng.randint(1, 4)),
                    multiple=Decimal(rng.randint(5, 10)),
                    deposit_ratio=Decimal(rng.choice((0, 5, 10))),
                )
            )
    for each, left in ((found[0], 24), (found[7], -9)):
        each.signed_on, each.valid_until = desk.ago(730 - left), desk.ago(-left)
    found[11].ended_on = desk.ago(30)
    return found


def _case(
    desk: Desk,
    agreement: CooperationAgreement,
    scheme: LossShareScheme,
    amount: Decimal,
    defaulted: datetime.date,
    **more: Any,
) -> CompensationCase:
    rng = desk.rng
    where = agreement.institution.prefecture.name.rstrip("市")
    fields = {
        "borrower": f"演示{where}{rng.choice(TRADES)}有限公司",
        "industry": rng.choice("CCFE"),
        "size": rng.choice("SX"),
        "contract_number": f"演示保字{defaulted.year}-{rng.randint(100, 999)}",
        "loan_amount": amount + Decimal(rng.randint(0, 4) * 10),
        **more,
    }
    return desk.act(
        CompensationCase(
            institution=agreement.institution,
            bank=agreement.bank,
            scheme=scheme,
            agreement=agreement,
            guaranteed_amount=amount,
            defaulted_on=defaulted,
            **fields,
        )
    )


def _run(
    desk: Desk, case: CompensationCase, age: int, recovered: tuple[int, ...], lost: int
) -> None:
    """Pay the principal and some interest, recover part by part, write off what is lost."""
    principal = (case.guaranteed_amount * Decimal("0.96")).quantize(Decimal("0.01"))
    interest = case.guaranteed_amount - principal
    paid = age - 25
    _move(desk, case, "compensation", desk.ago(paid), principal, interest=interest)
    days = [paid - (paid - 3) * step // (len(recovered) + 2) for step in range(1, 9)]
    shared = principal if case.scheme.base == "principal" else case.guaranteed_amount
    for share, when in zip(recovered, days, strict=False):
        part = (shared * share / 100).quantize(Decimal("0.01"))
        _move(desk, case, "recovery", desk.ago(when), part)
    if lost:
        part = (shared * lost / 100).quantize(Decimal("0.01"))
        _move(desk, case, "write_off", desk.ago(days[len(recovered)]), part)


def _move(
    desk: Desk,
    case: CompensationCase,
    kind: str,
    on: datetime.date,
    principal: Decimal,
    **more: Decimal,
) -> None:
    desk.act(CaseMovement(case=case, kind=kind, happened_on=on, principal=principal, **more))


def _example(desk: Desk, agreement: CooperationAgreement, scheme: LossShareScheme) -> None:
    """The example that divides badly: every line adds up to the cent, and all but little returns.

    So, and since reports leave Shenzhen out at first, their sums stay those of ordinary cases.
    """
    case = _case(
        desk,
        agreement,
        scheme,
        Decimal("1234567.89"),
        desk.ago(900),
        borrower="演示示例企业（示例案件）",
        loan_amount=Decimal("1300000.00"),
        note=EXAMPLE,
    )
    _move(desk, case, "compensation", desk.ago(870), Decimal("1234567.89"))
    for age, amount in ((600, "234567.89"), (420, "333333.33"), (200, "666333.33")):
        _move(desk, case, "recovery", desk.ago(age), Decimal(amount))
    _move(desk, case, "write_off", desk.ago(100), Decimal("100.01"))
