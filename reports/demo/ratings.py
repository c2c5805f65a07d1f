"""Invented credit ratings of guarantee agencies, and the supervisor's own grades."""

import datetime

from core.models import Institution
from guarantees.models import CreditRating, RatingGrade, SupervisoryGrade
from reports.demo.keeping import DAY, Desk, Firm

YEAR = 365
# An agency's place in the list → its grades, oldest first, and how long ago the last was given.
# None has never been rated; more than a year ago has lapsed.
GRADES = (
    (("A+", "AA-"), 120), (("AA", "AA", "AA+"), 200), (("AA-", "AA"), 90), (("A", "A"), 345),
    (("AA", "AA+"), 150), (("AA", "AA"), 260), (("A+", "A"), 130), (("A", "A+"), 80),
    (("A-",), 410), (("AA-", "A+"), 60), ((), 0), (("A-", "A-"), 170), (("BBB+", "BBB"), 210),
    (("A", "A"), 140), (("A-", "BBB+"), 100), (("AA-", "AA-"), 350), (("A", "A+"), 70),
    (("A", "A"), 230), (("BBB",), 450), (("A", "A"), 190), (("A-", "A-"), 110), (("A", "A+"), 40),
    ((), 0), (("BBB+",), 600), (("A-", "A-"), 160), ((), 0),
)  # fmt: skip
SUPERVISED = "ABBACBBBABBCBCB"  # supervisory grades, in turn


def keep_ratings(
    desk: Desk,
    agencies: list[Firm],
    reguarantors: list[Firm],
    companies: list[Firm],
    agents: list[Institution],
) -> None:
    """Yearly ratings of every agency by one of the rating agencies, and grades of two years.

    Microloan companies have the supervisor's grades alone.
    """
    scale = {each.code: each for each in RatingGrade.objects.all()}
    found = []
    for place, (firm, (grades, age)) in enumerate(zip(agencies, GRADES, strict=True)):
        found += _ratings(desk, firm, agents[place % len(agents)], scale, grades, age)
    for firm in reguarantors[:2]:
        found += _ratings(desk, firm, agents[0], scale, ("AA", "AA+"), 180)
    desk.keep(found)
    desk.keep(_supervisory(desk, [*agencies, *reguarantors[:1]], "融资担保机构"))
    desk.keep(_supervisory(desk, companies, "小额贷款公司"))


def _ratings(
    desk: Desk,
    firm: Firm,
    agent: Institution,
    scale: dict[str, RatingGrade],
    grades: tuple[str, ...],
    age: int,
) -> list[CreditRating]:
    found = []
    for back, grade in enumerate(reversed(grades)):
        rated = desk.ago(age + back * (YEAR + 20))
        down = back + 1 < len(grades) and scale[grade].rank > scale[grades[-2 - back]].rank
        found.append(
            CreditRating(
                institution=firm.institution,
                rating_agency=agent,
                rating_agency_name=agent.name,
                grade=scale[grade],
                outlook="negative" if down else "stable",
                rated_on=rated,
                valid_until=rated + (YEAR - 1) * DAY,
                report_number=f"演示评字{rated.year}-{desk.rng.randint(100, 999)}",
            )
        )
    there = [each for each in found if firm.opened and each.rated_on >= firm.opened]
    return there[::-1]


def _supervisory(desk: Desk, firms: list[Firm], whose: str) -> list[SupervisoryGrade]:
    found = []
    for place, firm in enumerate(firms):
        for year in (desk.today.year - 2, desk.today.year - 1):
            decided = min(datetime.date(year + 1, 4, 18), desk.ago(12))
            if not firm.is_open or firm.opened.year > year:
                continue
            found.append(
                SupervisoryGrade(
                    institution=firm.institution,
                    year=year,
                    scheme=f"演示{whose}监管评级办法",
                    grade=SUPERVISED[(place + year) % len(SUPERVISED)],
                    decided_on=decided,
                    decided_by="演示省金融办",
                    document_number=desk.document("粤金监", decided),
                )
            )
    return found
