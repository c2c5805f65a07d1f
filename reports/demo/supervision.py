"""Invented supervision: delegations and what cities decided, licences, officers, penalties."""

import datetime
from decimal import Decimal

from core.models import Delegation, Licence, Officer, Penalty
from core.models.facts import Authority, DecidingLevel, FactKind
from core.models.supervision import OfficerPost, PenaltyMeasure
from reports.demo.keeping import DAY, Desk, Firm

YEAR = 365
MATTERS = ["capital", "shares", "managers"]
POSTS = (OfficerPost.CHAIR, OfficerPost.GENERAL_MANAGER, OfficerPost.RISK)
# story of the firm, measure, ground, fine (万元), days ago, whether it was carried out
PENALTIES = (
    ("borrowing-broken", PenaltyMeasure.TALK, "融入资金比例持续上升", None, 20, False),
    ("amount-broken", PenaltyMeasure.ORDER, "单一借款人贷款余额超过规定", None, 75, False),
    ("provision-broken", PenaltyMeasure.FINE, "未按规定计提贷款损失准备", 5, 130, True),
    ("bad", PenaltyMeasure.WARNING, "月报多次逾期报送", None, 210, True),
    ("leverage-broken", PenaltyMeasure.TALK, "融资性担保放大倍数接近上限", None, 60, True),
    ("relatives", PenaltyMeasure.ORDER, "为母公司提供担保，责令限期解除", None, 35, False),
    ("compensation-high", PenaltyMeasure.FINE, "超范围办理业务", 10, 500, True),
)


def keep_supervision(desk: Desk, companies: list[Firm], agencies: list[Firm]) -> None:
    """Keep everything of supervision; ``agencies`` are guarantors and re-guarantors."""
    _decide(desk, companies)
    firms = [*companies, *agencies]
    desk.keep([each for place, firm in enumerate(firms) for each in _licences(desk, firm, place)])
    desk.keep([each for firm in firms for each in _officers(desk, firm)])
    desk.keep(_penalties(desk, firms))


def _decide(desk: Desk, companies: list[Firm]) -> None:
    """Two prefectures may decide: one decision was filed in time, one late, one not at all.

    Huizhou decided once more when its power had lapsed, Zhanjiang never had any: the office
    finds all but the first.
    """
    foshan, huizhou = _delegations(desk)
    at_foshan = [each for each in companies if _city(each) == "440600"]
    at_huizhou = [each for each in companies if _city(each) == "441300"]
    at_zhanjiang = [each for each in companies if _city(each) == "440800"]
    in_time = next(each for each in at_foshan if each.story == "city-raise")
    late, unfiled = [each for each in at_foshan if each is not in_time][:2]
    _city_raises(desk, in_time, 120, foshan, filed_after=6)
    _city_decides(desk, late, FactKind.SHAREHOLDING_CHANGED, 160, foshan, filed_after=40,
                  stake=Decimal(20), counterparty="演示佛山物流有限公司")  # fmt: skip
    _city_decides(desk, unfiled, FactKind.MANAGER_CHANGED, 45, foshan,
                  subject=f"总经理 {desk.person()}")  # fmt: skip
    _city_decides(desk, at_huizhou[0], FactKind.MANAGER_CHANGED, 15, huizhou, filed_after=5,
                  subject=f"董事长 {desk.person()}")  # fmt: skip
    raises = next(each for each in at_zhanjiang if each.story == "city-raise")
    _city_raises(desk, raises, 70, None)


def _city(firm: Firm) -> str:
    return firm.institution.prefecture.code if firm.is_open else ""


def _delegations(desk: Desk) -> tuple[Delegation, Delegation]:
    """Foshan's runs out soon, Huizhou's has lapsed; both followed one of the pilot."""
    kept = []
    for code, since, until, ceiling in (
        ("440600", 700, -45, 30000),
        ("441300", 760, 20, 20000),
    ):
        given = desk.ago(since)
        first = Delegation(
            prefecture=desk.prefectures[code],
            matters=MATTERS,
            grantor="演示省金融办",
            document_number=desk.document("粤金", datetime.date(2012, 5, 14)),
            valid_from=datetime.date(2012, 5, 14),
            valid_to=given - DAY,
            capital_ceiling=Decimal(20000),
        )
        second = Delegation(
            prefecture=desk.prefectures[code],
            matters=MATTERS,
            grantor="演示省金融办",
            document_number=desk.document("粤金", given),
            valid_from=given,
            valid_to=desk.ago(until),
            capital_ceiling=Decimal(ceiling),
            conditions="演示：仅限在本市设立并正常报送报表的公司",
        )
        if first.valid_to > first.valid_from:
            desk.act(first)
        kept.append(desk.act(second))
    return kept[0], kept[1]


def _city_raises(
    desk: Desk,
    firm: Firm,
    age: int,
    delegation: Delegation | None,
    *,
    filed_after: int | None = None,
) -> None:
    """Let a company grow to the capital it has now."""
    firm.raised = desk.ago(age), firm.capital * 3 // 4
    _city_decides(desk, firm, FactKind.CAPITAL_CHANGED, age, delegation, filed_after=filed_after,
                  capital=Decimal(firm.capital))  # fmt: skip


def _city_decides(
    desk: Desk,
    firm: Firm,
    kind: str,
    age: int,
    delegation: Delegation | None,
    *,
    filed_after: int | None = None,
    **columns: object,
) -> None:
    on = desk.ago(age)
    desk.record(
        firm.institution,
        kind,
        on,
        document_number=desk.document("市金", on),
        decided_by=f"演示{firm.institution.prefecture.name}金融局",
        level=DecidingLevel.PREFECTURE,
        authority=Authority.DELEGATED if delegation else "",
        delegation=delegation,
        filed_on=None if filed_after is None else on + filed_after * DAY,
        **columns,
    )


def _licences(desk: Desk, firm: Firm, place: int) -> list[Licence]:
    """The first licence and the one that follows it; some run out soon, one has lapsed."""
    if firm.opened is None:
        return []
    short = "粤贷" if firm.institution.kind == "microloan_company" else "粤担"
    left = {3: 18, 9: 41, 14: -16, 47: 25, 55: -6}.get(place, desk.rng.randint(120, 1500))
    until = desk.ago(-left)
    issued = [until - (5 * YEAR - 1) * DAY]
    if issued[0] > firm.opened:
        issued.insert(0, firm.opened)
    else:
        issued[0] = firm.opened
    found = []
    for number, day in enumerate(issued):
        last = number == len(issued) - 1
        found.append(
            Licence(
                institution=firm.institution,
                number=f"演示{short}{place + 1:04d}{'' if number == 0 else f'-{number}'}",
                scope="按批准的业务范围",
                issued_by="演示省金融办",
                issued_on=day,
                valid_until=until if last else issued[number + 1] - DAY,
            )
        )
    return found


def _officers(desk: Desk, firm: Firm) -> list[Officer]:
    """Three officers each; now and then a general manager who left before the present one."""
    since = firm.opened or desk.ago(30)
    found = []
    for post in POSTS:
        officer = Officer(
            institution=firm.institution,
            name=desk.person(),
            post=post,
            appointed_on=since,
            document_number=desk.document("粤金", since),
            experience_years=desk.rng.randint(5, 25),
        )
        changed = desk.ago(desk.rng.randint(60, 900))
        if post == OfficerPost.GENERAL_MANAGER and changed > since and desk.rng.random() < 0.3:
            officer.left_on = changed
            found.append(
                Officer(
                    institution=firm.institution,
                    name=desk.person(),
                    post=post,
                    appointed_on=changed + DAY,
                    document_number=desk.document("粤金", changed),
                    experience_years=desk.rng.randint(5, 25),
                )
            )
        found.append(officer)
    return found


def _penalties(desk: Desk, firms: list[Firm]) -> list[Penalty]:
    """Measures that fit what the figures of the firms tell."""
    told = {each.story: each for each in firms if each.is_open}
    found = []
    for story, measure, ground, fine, age, done in PENALTIES:
        firm = told[story]
        decided = desk.ago(age)
        found.append(
            Penalty(
                institution=firm.institution,
                decided_on=decided,
                decided_by="演示省金融办",
                document_number=desk.document("粤金监", decided),
                measure=measure,
                ground=f"演示：{ground}",
                amount=None if fine is None else Decimal(fine),
                carried_out_on=decided + 25 * DAY if done else None,
            )
        )
    return found
