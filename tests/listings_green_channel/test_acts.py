"""What may happen to a case, to whom it is open, and what follows."""

import datetime

import pytest
from django.utils import timezone

from core.errors import DomainError, PermissionRefused, StateConflict
from core.models import JournalEntry, RuleParameter, Workday
from core.operations.reference import calendar_changed
from core.registers.saving import void_entry
from listings.models import CaseClock, CaseEvent, GreenChannelCase
from listings.queries.green_channel import (
    case_rows,
    cases_on,
    due_cases,
    open_cases,
    overdue_cases,
)
from listings.registers.green_channel import CASES, EVENTS
from tests.filing import NOW
from tests.listings_green_channel.conftest import day


def standing(case: GreenChannelCase, user, on: str) -> str:
    return case_rows(user=user, as_of=day(on)).get(pk=case.pk).standing


def test_a_case_takes_the_rules_promise_and_its_enterprises_place(opened, shaoguan) -> None:
    case = opened(promised_days=None)
    rule = RuleParameter.objects.get(code="green-channel.promised-days")
    assert (case.promised_days, rule.certainty) == (10, "L")
    assert case.prefecture == shaoguan
    assert case.clocks.get().due_on == day("2012-05-21")


def test_every_past_day_still_says_what_held_then(opened, act, province_clerk) -> None:
    case = opened()
    act(case, "wait", "2012-05-09")
    act(case, "resume", "2012-05-11")
    act(case, "close", "2012-05-17", document_number="韶国土资函〔2012〕8号")
    found = {
        on: standing(case, province_clerk, on)
        for on in ("2012-05-08", "2012-05-10", "2012-05-16", "2012-05-17")
    }
    assert list(found.values()) == ["running", "waiting", "running", "closed_late"]
    assert not case_rows(user=province_clerk, as_of=day("2012-05-06")).exists()
    row = case_rows(user=province_clerk, as_of=day("2012-06-01")).get()
    assert (row.closed_on, row.result) == (day("2012-05-17"), "solved")


def test_overdue_on_any_date_and_what_falls_due(opened, act, province_clerk) -> None:
    late, soon, waiting = opened(), opened("2012-05-10"), opened()
    act(waiting, "wait", "2012-05-08")
    on = day("2012-05-15")
    assert list(overdue_cases(user=province_clerk, as_of=on)) == [late]
    assert list(due_cases(user=province_clerk, as_of=on)) == [late, soon]
    assert list(open_cases(user=province_clerk, as_of=on)) == [late, soon, waiting]
    assert not overdue_cases(user=province_clerk, as_of=day("2012-05-14")).exists()


def test_what_the_list_says_is_what_the_clock_says(opened, act, province_clerk) -> None:
    first, second, third = opened(), opened("2012-05-09"), opened("2012-05-10")
    act(first, "wait", "2012-05-15")
    act(second, "wait", "2012-05-11")
    act(second, "resume", "2012-05-14")
    act(third, "close", "2012-05-12")
    for number in range(7, 31):
        on = datetime.date(2012, 5, number)
        listed = {each.code: each.standing for each in case_rows(user=province_clerk, as_of=on)}
        told = {each.code: each.clock.standing_on(on) for each in cases_on(as_of=on)}
        assert listed == told


@pytest.mark.parametrize(
    ("what", "values", "field"),
    [
        ("answer", {"text": " "}, "text"),
        ("wait", {"text": ""}, "text"),
        ("close", {"result": ""}, "result"),
        ("answer", {"result": "solved"}, "result"),
        ("wait", {"days": 3}, "days"),
        ("answer", {"on": "2012-05-06"}, "happened_on"),
        ("answer", {"on": "2099-01-01"}, "happened_on"),
    ],
)
def test_an_act_that_does_not_fit_names_its_field(opened, act, what, values, field) -> None:
    case = opened()
    with pytest.raises(DomainError) as refused:
        act(case, what, values.pop("on", "2012-05-09"), **values)
    assert field in refused.value.fields
    assert not CaseEvent.objects.exists()


def test_a_case_that_is_closed_is_not_closed_again(opened, act) -> None:
    case = opened()
    act(case, "close", "2012-05-09")
    with pytest.raises(StateConflict) as refused:
        act(case, "close", "2012-05-10")
    assert refused.value.code == "green-channel-state"
    assert "已办结" in refused.value.message.zh
    assert case.code in refused.value.message.zh
    assert CaseEvent.objects.count() == 1


def test_a_case_of_tomorrow_is_not_opened_today(opened) -> None:
    with pytest.raises(DomainError) as refused:
        opened("2099-01-01")
    assert "opened_on" in refused.value.fields


def test_a_case_goes_to_the_department_of_its_day(opened, land_office, record) -> None:
    record("departments", entry=land_office, valid_to="2012-01-31")
    with pytest.raises(DomainError) as refused:
        opened()
    assert "department" in refused.value.fields


def test_a_department_answers_its_own_cases_only(opened, act, land_clerk, tax_clerk) -> None:
    case = opened()
    act(case, "answer", "2012-05-08", actor=land_clerk)
    with pytest.raises(PermissionRefused):
        act(case, "close", "2012-05-09", actor=tax_clerk)
    assert CaseEvent.objects.count() == 1


def test_only_the_office_reopens_and_voids(opened, act, land_clerk, shaoguan_clerk) -> None:
    case = opened()
    closing = act(case, "close", "2012-05-09", actor=land_clerk)
    with pytest.raises(PermissionRefused):
        act(case, "reopen", "2012-05-10", actor=land_clerk)
    with pytest.raises(PermissionRefused):
        void_entry(EVENTS, code=closing.code, actor=land_clerk, reason="登记有误", now=NOW)
    act(case, "reopen", "2012-05-10", days=3, actor=shaoguan_clerk)
    assert case.clocks.last().due_on == day("2012-05-15")


def test_voiding_what_was_recorded_turns_the_clock_back(opened, act, province_clerk) -> None:
    case = opened()
    waiting = act(case, "wait", "2012-05-09")
    void_entry(EVENTS, code=waiting.code, actor=province_clerk, reason="登记有误", now=NOW)
    clock = CaseClock.objects.get(case=case)
    assert (clock.state, clock.due_on) == ("running", day("2012-05-14"))


def test_what_others_rest_on_is_not_voided(opened, act, province_clerk) -> None:
    case = opened()
    waiting = act(case, "wait", "2012-05-09")
    act(case, "resume", "2012-05-11")
    with pytest.raises(StateConflict):
        void_entry(EVENTS, code=waiting.code, actor=province_clerk, reason="登记有误", now=NOW)
    assert CaseClock.objects.filter(case=case).count() == 3


def test_events_never_change(opened, act, record) -> None:
    event = act(opened(), "answer", "2012-05-09")
    with pytest.raises(StateConflict) as refused:
        record("green-channel-events", entry=event, text="另一答复")
    assert refused.value.code == "entry-fixed"


def test_a_void_case_counts_nowhere_and_takes_no_act(opened, act, province_clerk) -> None:
    case = opened()
    void_entry(CASES, code=case.code, actor=province_clerk, reason="重复", now=NOW)
    assert cases_on(as_of=day("2012-06-01")) == []
    with pytest.raises(StateConflict) as refused:
        act(case, "answer", "2012-05-09")
    assert refused.value.code == "entry-void"


def test_acts_are_in_the_journal(opened, act) -> None:
    act(opened(), "answer", "2012-05-09")
    assert JournalEntry.objects.filter(action="green-channel.answer").count() == 1


def test_a_new_holiday_moves_the_promised_day(opened) -> None:
    case = opened()
    Workday.objects.create(day=day("2012-05-08"), is_working=False, name="演示假日")
    calendar_changed.send(sender=Workday)
    assert case.clocks.get().due_on == day("2012-05-15")


def test_what_was_known_before_a_correction_can_still_be_told(opened, act, province_clerk) -> None:
    case = opened()
    closing = act(case, "close", "2012-05-09")
    before = timezone.now()
    void_entry(EVENTS, code=closing.code, actor=province_clerk, reason="登记有误", now=before)
    on = day("2012-05-10")
    assert [each.closed_on for each in cases_on(as_of=on)] == [None]
    assert [each.closed_on for each in cases_on(as_of=on, known_at=before)] == [closing.happened_on]
