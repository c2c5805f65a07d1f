"""Invented support of guarantee agencies: programmes, applications, payments, the fund, courses."""

import datetime
from decimal import Decimal
from typing import Any

from core.models import Institution
from core.models.supervision import OfficerPost
from guarantees.models import (
    Attendance,
    FundEntry,
    GuaranteeFund,
    SupportApplication,
    SupportPayment,
    SupportProgramme,
    TrainingCourse,
)
from reports.demo.keeping import DAY, Desk, Firm

# agency, programme, asked, decision, granted, what it lacks (of the test), paid so far
APPLICATIONS = (
    (0, 0, 120, "approved", 90, "", (60, 30)), (1, 0, 300, "approved", 240, "", (240,)),
    (4, 0, 260, "approved", 180, "", (100,)), (9, 0, 150, "approved", 100, "multiple", ()),
    (12, 0, 90, "refused", None, "compensation", ()), (15, 0, 140, "pending", None, "", ()),
    (2, 0, 110, "withdrawn", None, "", ()), (17, 1, 60, "approved", 50, "", (50,)),
    (19, 1, 60, "approved", 42, "", ()), (3, 2, 35, "approved", 35, "", (35,)),
)  # fmt: skip
# days ago, direction, kind, promised, paid (万元), who pays; a use goes to an agency
FUND = (
    (1500, "source", "province", 30000, 30000, "演示省财政厅"),
    (1490, "source", "prefecture", 10000, 6000, "演示市级财政（合计）"),
    (1480, "source", "social", 5000, 2000, "演示工商业联合会"),
    (700, "source", "income", 0, 860, ""), (650, "use", "risk", 2000, 1500, 0),
    (520, "use", "compensation", 0, 640.25, 4), (400, "use", "equity", 8000, 5000, 9),
    (300, "source", "returned", 0, 128.05, ""), (240, "use", "premium", 600, 420, 12),
    (120, "source", "income", 0, 910, ""), (90, "use", "compensation", 0, 315.5, 14),
    (60, "use", "cost", 0, 85, None),
)  # fmt: skip


def keep_support(desk: Desk, agencies: list[Firm], companies: list[Firm]) -> None:
    """Keep programmes with their applications, the provincial fund and training."""
    programmes = _programmes(desk)
    for row in APPLICATIONS:
        _apply(desk, agencies[row[0]], programmes[row[1]], row)
    _fund(desk, [each.institution for each in agencies])
    _training(desk, [each for each in [*agencies, *companies] if each.is_open])


def _programmes(desk: Desk) -> list[SupportProgramme]:
    year = desk.today.year
    rows: tuple[dict[str, Any], ...] = (
        {"name": "演示中央中小企业信用担保资金", "level": "nation", "budget": Decimal(900),
         "test": "subsidy_2012", "valid_to": desk.ago(-400)},
        {"name": "演示省级融资担保风险补偿资金", "level": "province", "budget": Decimal(98),
         "valid_to": desk.ago(-50)},
        {"name": "演示广州市担保机构税收减免", "level": "prefecture", "kind": "tax_relief",
         "prefecture": desk.prefectures["440100"]},
    )  # fmt: skip
    since = desk.ago(330)
    return [
        desk.act(
            SupportProgramme(document_number=desk.document("财企", since), valid_from=since, **row)
        )
        for row in rows
    ] + [
        desk.act(
            SupportProgramme(
                name="演示中央中小企业信用担保资金",
                level="nation",
                document_number=desk.document("财企", datetime.date(2012, 5, 25)),
                valid_from=datetime.date(2012, 5, 25),
                valid_to=datetime.date(2012, 12, 31),
                budget=Decimal(3000),
                test="subsidy_2012",
                note=f"演示：历史政策，{year} 年仅供查询",
            )
        )
    ]


def _apply(desk: Desk, firm: Firm, programme: SupportProgramme, row: tuple) -> None:
    _agency, _programme, asked, decision, granted, lacks, payments = row
    applied = desk.ago(250 - desk.rng.randint(0, 30))
    decided = applied + 60 * DAY
    application = desk.act(
        SupportApplication(
            institution=firm.institution,
            programme=programme,
            year=applied.year - 1,
            applied_on=applied,
            requested=Decimal(asked),
            decision=decision,
            decided_on=None if decision == "pending" else decided,
            granted=None if granted is None else Decimal(granted),
            **_tested(firm, lacks),
        )
    )
    for place, amount in enumerate(payments):
        paid = decided + (20 + 45 * place) * DAY
        desk.act(
            SupportPayment(
                application=application,
                paid_on=paid,
                amount=Decimal(amount),
                document_number=desk.document("财企", paid),
            )
        )


def _tested(firm: Firm, lacks: str) -> dict[str, Any]:
    """The figures that the test reads: enough of each but what is lacking."""
    net = Decimal(firm.capital) * Decimal("1.05")
    business = net * (Decimal("2.8") if lacks == "multiple" else Decimal("4.2"))
    released = business * Decimal("0.9")
    share = Decimal("0.034" if lacks == "compensation" else "0.008")
    cent = Decimal("0.01")
    return {
        "licensed_on": firm.opened,
        "new_business": business.quantize(cent),
        "new_sme_business": (business * Decimal("0.82")).quantize(cent),
        "opening_net_assets": Decimal(firm.capital),
        "closing_net_assets": net.quantize(cent),
        "released": released.quantize(cent),
        "compensated": (released * share).quantize(cent),
        "premium_rate": Decimal("1.70"),
    }


def _fund(desk: Desk, agencies: list[Institution]) -> None:
    """The province's fund with sources and uses, and one that a prefecture only plans."""
    founded = desk.ago(1510)
    fund = desk.act(
        GuaranteeFund(
            name="演示广东省中小企业信用担保基金",
            founded=True,
            founded_on=founded,
            document_number=desk.document("粤府", founded),
            manager="演示粤财基金管理有限公司",
        )
    )
    for age, direction, kind, committed, paid, who in FUND:
        source = direction == "source"
        desk.act(
            FundEntry(
                fund=fund,
                happened_on=desk.ago(age),
                direction=direction,
                kind=kind,
                committed=Decimal(str(committed)),
                paid=Decimal(str(paid)),
                payer=who if source else "",
                beneficiary=None if source or who is None else agencies[who],
            )
        )
    desk.act(
        GuaranteeFund(
            name="演示梅州市中小企业信用担保基金",
            prefecture=desk.prefectures["441400"],
            manager="演示梅州市财政局",
        )
    )


def _training(desk: Desk, firms: list[Firm]) -> None:
    """A course that is over and full, a smaller one, and one of which nobody was recorded."""
    rows = (
        ("演示融资担保机构高管培训班（第一期）", "risk", 200, 3, 24, 24, None),
        ("演示小额贷款公司合规培训班", "law", 95, 2, 16, 40, None),
        ("演示韶关市担保业务培训班", "business", 40, 1, 8, 30, "440200"),
    )
    courses = [
        desk.act(
            TrainingCourse(
                name=name,
                topic=topic,
                prefecture=desk.prefectures.get(place),
                organiser="演示省金融办" if place is None else "演示韶关市金融局",
                venue="演示干部培训中心",
                started_on=desk.ago(age),
                ended_on=desk.ago(age - days + 1),
                hours=hours,
                places=places,
            )
        )
        for name, topic, age, days, hours, places, place in rows
    ]
    guarantors = [each for each in firms if each.institution.kind == "guarantee_agency"]
    lenders = [each for each in firms if each.institution.kind == "microloan_company"]
    attended = [(courses[0], each) for each in guarantors] + [
        (courses[1], each) for each in lenders[:22]
    ]
    desk.keep(
        [
            Attendance(
                course=course,
                institution=firm.institution,
                person=desk.person(),
                post=OfficerPost.GENERAL_MANAGER if place % 2 else OfficerPost.RISK,
                completed=place % 9 != 4,
                certificate_number=f"演示培{place + 1:03d}" if place % 9 != 4 else "",
            )
            for place, (course, firm) in enumerate(attended)
        ]
    )
