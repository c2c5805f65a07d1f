"""The way of an enterprise through the batches: every past date reports what held then."""

import pytest

from core.errors import DomainError, PermissionRefused, StateConflict
from core.models import JournalEntry
from core.registers.saving import save_entry
from listings.models import StageSpan
from listings.operations.spans import differing
from listings.registers.stage_events import STAGE_EVENTS
from tests.listings_enterprises.conftest import day, moment


def stands(enterprise, on, known=None):
    """Where an enterprise stood at the end of a day: batch and state, or nothing."""
    spans = StageSpan.objects.on(day(on), known and moment(known)).filter(enterprise=enterprise)
    return next(((each.stage.code, each.state) for each in spans.select_related("stage")), None)


@pytest.fixture
def the_story(record, enterprise):
    """培育 → 改制 → 辅导 → 申报, rejected, back to 辅导, 申报, listed."""
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    record(enterprise, "enter", "2010-11-01", "RESTRUCTURE")
    record(enterprise, "enter", "2011-06-01", "TUTOR")
    record(enterprise, "enter", "2012-02-01", "FILE")
    record(enterprise, "reject", "2012-08-01", reason="持续盈利能力存疑")
    record(enterprise, "enter", "2012-09-15", "TUTOR", reason="整改后重新辅导")
    record(enterprise, "enter", "2014-03-01", "FILE")
    record(enterprise, "list", "2015-05-20")
    return enterprise


WAY = [
    ("2010-02-28", None),
    ("2010-03-01", ("CULTIVATE", "active")),
    ("2010-12-31", ("RESTRUCTURE", "active")),
    ("2011-12-31", ("TUTOR", "active")),
    ("2012-07-31", ("FILE", "active")),
    ("2012-08-01", ("FILE", "rejected")),
    ("2012-09-14", ("FILE", "rejected")),
    ("2012-09-15", ("TUTOR", "active")),
    ("2014-03-01", ("FILE", "active")),
    ("2015-05-20", ("LIST", "active")),
    ("2026-01-01", ("LIST", "active")),
]


@pytest.mark.parametrize(("on", "where"), WAY)
def test_every_past_date_reports_what_held_then(the_story, on, where) -> None:
    assert stands(the_story, on) == where


@pytest.mark.parametrize(("on", "where"), WAY)
def test_what_is_recorded_later_was_not_known_before(the_story, on, where) -> None:
    """On each day it was known what had happened by then, and nothing of what was to come."""
    assert stands(the_story, on, known=f"{on}T23:59") == where
    if on > "2012-08-01":
        assert stands(the_story, on, known="2012-08-01T23:59") == ("FILE", "rejected")


def test_a_stay_knows_where_it_came_from_and_went(the_story) -> None:
    rows = StageSpan.objects.known().filter(enterprise=the_story, first=True)
    told = [(r.came_from and r.came_from.code, r.stage.code, r.went_to and r.went_to.code,
             r.left_on and r.left_on.isoformat()) for r in rows.order_by("starts_on")]  # fmt: skip
    assert told == [
        (None, "CULTIVATE", "RESTRUCTURE", "2010-11-01"),
        ("CULTIVATE", "RESTRUCTURE", "TUTOR", "2011-06-01"),
        ("RESTRUCTURE", "TUTOR", "FILE", "2012-02-01"),
        ("TUTOR", "FILE", "TUTOR", "2012-09-15"),
        ("FILE", "TUTOR", "FILE", "2014-03-01"),
        ("TUTOR", "FILE", "LIST", "2015-05-20"),
        ("FILE", "LIST", None, None),
    ]


def test_a_late_report_counts_from_its_day_and_is_known_from_its_recording(
    record, enterprise
) -> None:
    record(enterprise, "enter", "2010-03-01", "CULTIVATE", now="2010-03-05")
    record(enterprise, "enter", "2011-06-01", "RESTRUCTURE", now="2012-01-10")
    assert stands(enterprise, "2011-12-31") == ("RESTRUCTURE", "active")
    assert stands(enterprise, "2011-12-31", known="2011-12-31T18:00") == ("CULTIVATE", "active")
    assert stands(enterprise, "2010-03-03", known="2010-03-04T00:00") is None


def test_a_void_event_counts_no_more_but_was_known(record, void, enterprise) -> None:
    record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    wrong = record(enterprise, "enter", "2010-06-01", "RESTRUCTURE")
    void(wrong, now="2010-09-01")
    assert stands(enterprise, "2010-07-01") == ("CULTIVATE", "active")
    assert stands(enterprise, "2010-07-01", known="2010-08-01T12:00") == ("RESTRUCTURE", "active")
    assert list(differing()) == []


def test_what_was_recorded_is_never_edited(record, enterprise, province_clerk) -> None:
    event = record(enterprise, "enter", "2010-03-01", "CULTIVATE")
    event.happened_on = day("2010-04-01")
    with pytest.raises(StateConflict) as refused:
        save_entry(STAGE_EVENTS, event, actor=province_clerk, now=moment("2010-05-01"),
                   expected_version=1)  # fmt: skip
    assert refused.value.code == "entry-fixed"


@pytest.mark.parametrize(("stage", "way"), [("CULTIVATE", "退回"), ("FILE", "跳过")])
def test_going_back_and_skipping_need_a_reason(record, enterprise, stage, way) -> None:
    record(enterprise, "enter", "2010-03-01", "RESTRUCTURE")
    with pytest.raises(DomainError) as refused:
        record(enterprise, "enter", "2010-06-01", stage)
    assert way in refused.value.fields["reason"].zh
    record(enterprise, "enter", "2010-06-01", stage, reason="调整上市计划")
    assert stands(enterprise, "2010-06-01") == (stage, "active")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("suspend", "suspended"),
        ("suspend_review", "review_suspended"),
        ("terminate_review", "review_terminated"),
        ("withdraw", "withdrawn"),
        ("reject", "rejected"),
        ("defer", "deferred"),
    ],
)
def test_side_states_are_no_batches_and_end_when_it_resumes(
    record, enterprise, kind, state
) -> None:
    record(enterprise, "enter", "2012-02-01", "FILE")
    record(enterprise, kind, "2012-06-01", reason="见决定")
    assert stands(enterprise, "2012-06-01") == ("FILE", state)
    record(enterprise, "resume", "2012-07-01")
    assert stands(enterprise, "2012-07-01") == ("FILE", "active")


@pytest.mark.parametrize(("kind", "leaving"), [("drop", "dropped"), ("acquire", "acquired")])
def test_who_leaves_the_library_stands_nowhere(record, enterprise, kind, leaving) -> None:
    record(enterprise, "enter", "2012-02-01", "CULTIVATE")
    record(enterprise, kind, "2012-06-01", reason="不再符合条件")
    assert stands(enterprise, "2012-06-01") is None
    last = StageSpan.objects.known().get(enterprise=enterprise, last=True)
    assert (last.leaving, last.left_on, last.went_to) == (leaving, day("2012-06-01"), None)


@pytest.mark.parametrize(
    ("kind", "stage", "reason", "field"),
    [
        ("enter", "", "", "stage"),  # which batch?
        ("reject", "FILE", "见决定", "stage"),  # a side state names none
        ("reject", "", "", "reason"),
        ("list", "TUTOR", "", "stage"),  # entering it is no listing
    ],
)
def test_what_does_not_fit_is_told_at_its_field(
    record, enterprise, kind, stage, reason, field
) -> None:
    record(enterprise, "enter", "2012-02-01", "FILE")
    with pytest.raises(DomainError) as refused:
        record(enterprise, kind, "2012-06-01", stage, reason=reason)
    assert list(refused.value.fields) == [field]


def test_a_side_state_needs_a_batch_to_stand_in(record, enterprise) -> None:
    with pytest.raises(DomainError) as refused:
        record(enterprise, "reject", "2012-06-01", reason="见决定")
    assert "2012-06-01" in refused.value.fields["happened_on"].zh


def test_entering_the_last_batch_is_a_listing_however_it_is_told(record, enterprise) -> None:
    record(enterprise, "enter", "2012-02-01", "FILE")
    assert record(enterprise, "enter", "2012-06-01", "LIST").kind == "list"


def test_a_clerk_records_for_the_own_prefecture_only(
    record, new_enterprise, guangzhou, shaoguan_clerk
) -> None:
    theirs = new_enterprise("演示广州药业股份有限公司", prefecture=guangzhou)
    with pytest.raises(PermissionRefused):
        record(theirs, "enter", "2012-02-01", "CULTIVATE", actor=shaoguan_clerk)
    assert not StageSpan.objects.exists()
    ours = new_enterprise("演示韶关钢构股份有限公司")
    record(ours, "enter", "2012-02-01", "CULTIVATE", actor=shaoguan_clerk)


def test_recording_and_voiding_are_in_the_journal(record, void, enterprise) -> None:
    event = record(enterprise, "enter", "2012-02-01", "CULTIVATE")
    void(event, now="2012-03-01")
    acts = JournalEntry.objects.order_by("sequence").values_list("action", "detail__code")
    assert [action for action, _code in acts] == ["stage-event.record", "entry.void"]
    recorded = JournalEntry.objects.get(action="stage-event.record")
    assert recorded.detail["enterprise"] == enterprise.code
