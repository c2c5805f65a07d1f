"""Milestones by board, regime and day; boards with their lifetimes; papers that are missing."""

import pytest

from core.registers.saving import save_entry
from listings.filters import StageEventFilter
from listings.models import EvidenceRequirement, ListingMilestone, StageEvent, StageEvidence
from listings.queries.evidence import missing_evidence
from listings.queries.milestones import calendar
from listings.registers.assessed import enterprise_remarks
from listings.registers.financials import LISTING_MILESTONES
from listings.registers.stage_events import STAGE_EVIDENCE
from listings.rules.milestones import (
    Reached,
    board_remarks,
    milestone_remarks,
    order_remarks,
    template_on,
)
from tests.listings_enterprises.conftest import day, moment


def codes(found) -> list[str]:
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("board", "on", "template", "order"),
    [
        ("sme", "2012-09-29", "approval-main", ["meeting", "questioning", "feedback"]),
        ("chinext", "2012-09-29", "approval-chinext", ["feedback", "meeting", "questioning"]),
        ("chinext", "2020-08-24", "registration-chinext", ["inquiry", "listing_committee"]),
        ("sse_main", "2023-02-17", "registration-main", ["inquiry", "listing_committee"]),
        ("bse", "2022-01-01", "registration-star", ["inquiry", "listing_committee"]),
        ("neeq", "2014-02-01", "quotation", ["accepted", "quoted"]),
    ],
)
def test_the_order_of_the_steps_is_that_of_board_and_day(board, on, template, order) -> None:
    found = template_on(calendar(), board, day(on))
    assert found.key == template
    assert [each for each in found.steps if each in order] == order


def test_every_step_of_every_regime_has_its_words() -> None:
    for template in calendar().templates:
        assert set(template.steps) <= set(calendar().steps), template.key
        assert set(template.boards) <= set(calendar().boards)


@pytest.mark.parametrize(
    ("board", "on", "told"),
    [
        ("neeq", "2013-11-30", ["milestone.board-not-open"]),  # only Zhongguancun and pilots then
        ("neeq", "2013-12-01", []),
        ("neeq", "2005-12-31", ["milestone.board-not-there"]),
        ("chinext", "2009-10-29", ["milestone.board-not-there"]),
        ("chinext", "2009-10-30", []),
        ("sme", "2021-04-05", []),
        ("sme", "2021-04-06", ["milestone.board-not-there"]),
        ("bse", "2021-11-14", ["milestone.board-not-there"]),
        ("star", "2019-07-22", []),
        ("hk", "1995-01-01", []),
    ],
)
def test_boards_live_from_a_day_to_a_day(board, on, told) -> None:
    assert codes(board_remarks(calendar(), board, day(on))) == told


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        (Reached("chinext", "issued", day("2013-06-01")), ["milestone.suspended"]),
        (Reached("chinext", "issued", day("2014-02-01")), []),
        (Reached("chinext", "feedback", day("2013-06-01")), []),  # review went on
        (Reached("hk", "issued", day("2013-06-01")), []),
        (Reached("sme", "inquiry", day("2012-06-01")), ["milestone.not-of-the-regime"]),
        (Reached("chinext", "committee", day("2021-06-01")), ["milestone.not-of-the-regime"]),
        (Reached("chinext", "listed", day("2012-06-01"), "300999"), []),
        (Reached("chinext", "listed", day("2012-06-01"), "002999"), ["milestone.security-code"]),
    ],
)
def test_what_is_odd_about_a_milestone(reached, told) -> None:
    assert codes(milestone_remarks(calendar(), reached)) == told


def test_milestones_against_the_order_of_their_regime_are_told() -> None:
    early = Reached("chinext", "meeting", day("2012-03-01"))
    late = Reached("chinext", "feedback", day("2012-05-01"))
    (found,) = order_remarks(calendar(), [early, late])
    assert found.code == "milestone.order"
    assert "反馈会" in found.message.zh
    main = [Reached("sme", "meeting", early.on), Reached("sme", "feedback", late.on)]
    assert order_remarks(calendar(), main) == []


def test_steps_taken_again_after_a_rejection_are_in_order() -> None:
    steps = ["accepted", "feedback", "committee"]
    told = [Reached("chinext", s, day(f"2012-0{m}-01")) for m, s in enumerate(steps, start=1)]
    again = [Reached("chinext", s, day(f"2014-0{m}-01")) for m, s in enumerate(steps, start=1)]
    assert order_remarks(calendar(), [*told, *again]) == []


@pytest.fixture
def listed(province_clerk):
    def reach(enterprise, board, milestone, on):
        entry = ListingMilestone(enterprise=enterprise, board=board, milestone=milestone,
                                 happened_on=day(on))  # fmt: skip
        return save_entry(LISTING_MILESTONES, entry, actor=province_clerk, now=moment(on))

    return reach


def test_quoted_is_not_listed(record, enterprise, listed) -> None:
    record(enterprise, "list", "2014-05-01")
    assert "enterprise.listing-not-recorded" in codes(
        enterprise_remarks(enterprise, day("2014-06-01")))  # fmt: skip
    listed(enterprise, "neeq", "quoted", "2014-05-01")
    del enterprise.assessed
    assert "enterprise.quoted-not-listed" in codes(
        enterprise_remarks(enterprise, day("2014-06-01")))  # fmt: skip
    listed(enterprise, "chinext", "listed", "2014-05-20")
    del enterprise.assessed
    found = codes(enterprise_remarks(enterprise, day("2014-06-01")))
    assert not [each for each in found if each.startswith("enterprise.")]


def by_evidence(state: str) -> list[StageEvent]:
    return list(StageEventFilter({"evidence": state}, queryset=StageEvent.objects.all()).qs)


def test_a_missing_paper_is_a_finding_until_it_is_there(record, enterprise, province_clerk) -> None:
    event = record(enterprise, "enter", "2012-02-01", "TUTOR")
    wanted = [each.code for each in missing_evidence(enterprise=enterprise)[event.pk]]
    assert wanted == ["ER-COMPANY", "ER-TUTORING"]
    for code in wanted:
        assert by_evidence("missing") == [event]
        paper = StageEvidence(event=event, document="粤证监〔2012〕8号",
                              requirement=EvidenceRequirement.objects.get(code=code))  # fmt: skip
        save_entry(STAGE_EVIDENCE, paper, actor=province_clerk, now=moment("2012-03-01"))
    assert by_evidence("missing") == []
    assert by_evidence("complete") == [event]
    assert enterprise_remarks(enterprise, day("2012-06-01")) == []


def test_papers_are_asked_for_from_a_day_to_a_day(record, enterprise, stages) -> None:
    event = record(enterprise, "enter", "2012-02-01", "TUTOR")
    for code, start, end in (("OLD", "2000-01-01", "2012-01-31"), ("NEW", "2012-02-02", None),
                             ("NOW", "2012-02-01", "2012-02-01")):  # fmt: skip
        EvidenceRequirement(code=code, stage=stages["TUTOR"], name=code, valid_from=day(start),
                            valid_to=end and day(end)).save()  # fmt: skip
    found = {each.code for each in missing_evidence(enterprise=enterprise)[event.pk]}
    assert found == {"ER-COMPANY", "ER-TUTORING", "NOW"}


def test_a_finding_names_day_paper_and_cure_and_is_no_law(record, enterprise) -> None:
    record(enterprise, "enter", "2012-02-01", "CULTIVATE")
    found = enterprise_remarks(enterprise, day("2012-06-01"))
    assert codes(found) == ["stage-event.evidence-missing"] * 2
    message = found[0].message.zh
    assert "2012-02-01" in message
    assert "上市意向书" in message
    assert found[0].rule.zh == "本省参数（可配置）"
