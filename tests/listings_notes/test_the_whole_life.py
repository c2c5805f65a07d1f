"""A note from selection to its end: every past date reports what held then."""

from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import DomainError, PermissionRefused, StateConflict
from core.registers import catalogue
from core.registers.saving import void_entry
from listings.models import CollectiveNote, NoteEvent
from listings.queries.note_lists import note_rows
from listings.queries.notes import notes_on
from tests.filing import NOW
from tests.listings_notes.conftest import day, saved


def on(text: str):
    (found,) = notes_on(as_of=day(text))
    return found


def refused(act) -> DomainError:
    with pytest.raises(DomainError) as error:
        act()
    return error.value


def test_a_life_is_read_as_it_stood_on_every_day(rules, noted, happened, province_clerk) -> None:
    note = noted(begun="")
    third = note.issuers.order_by("order")[2].key
    for kind, when, more in (
        ("selected", "2012-01-10", {}),
        ("engaged", "2012-02-10", {}),
        ("rated", "2012-03-10", {}),
        ("filed", "2012-04-10", {}),
        ("registered", "2012-05-10", {"valid_until": "2012-07-10"}),
        ("issued", "2012-06-20", {}),
        ("coupon", "2013-06-20", {"interest": "5659.44"}),
        ("defaulted", "2014-06-20", {"issuer": third, "reason": "资金链断裂"}),
        ("compensated", "2014-07-20", {"issuer": third, "principal": "15000", "interest": "915"}),
        ("repaid", "2015-06-22", {"principal": "77777.78", "interest": "4744.44"}),
    ):
        happened(note, kind, when, **more)
    assert notes_on(as_of=day("2012-01-09")) == []
    listed = note_rows(user=province_clerk, as_of=day("2012-01-09")).get()
    assert (listed.state, listed.outstanding) == ("coming", 0)
    expected = [
        ("2012-01-10", "selected", "0"),
        ("2012-02-28", "engaged", "0"),
        ("2012-06-19", "registered", "0"),
        ("2012-06-20", "outstanding", "92777.78"),
        ("2014-06-20", "defaulted", "92777.78"),
        ("2014-07-20", "outstanding", "77777.78"),
        ("2015-06-22", "compensated", "0"),
    ]
    for when, state, outstanding in expected:
        row = on(when)
        assert (row.state, row.outstanding) == (state, Decimal(outstanding)), when
        listed = note_rows(user=province_clerk, as_of=day(when)).get()
        assert (listed.state, listed.outstanding) == (row.state, row.outstanding), when


def test_the_list_says_of_every_state_what_the_rules_say(
    rules, noted, happened, province_clerk
) -> None:
    """One answer in two places: the database's state is held to the rules'."""
    lapsed, cancelled, repaid, defaulted = (
        noted(("5000", "4000"), issuers=None, number=number) for number in range(1, 5)
    )
    happened(lapsed, "registered", "2012-05-10", valid_until="2012-07-10")
    happened(cancelled, "selected", "2012-01-10")
    happened(cancelled, "cancelled", "2012-02-10", reason="企业退出")
    for note in (repaid, defaulted):
        happened(note, "issued", "2012-06-20")
    happened(repaid, "repaid", "2013-06-20", principal="9000")
    happened(defaulted, "defaulted", "2013-06-20", reason="逾期")
    happened(defaulted, "coupon", "2013-06-20", interest="1")
    happened(defaulted, "defaulted", "2013-06-21", reason="逾期")
    noted(("1", "2"), begun="", number=5)
    for when in ("2012-01-01", "2012-01-05", "2012-02-20", "2012-06-20", "2012-12-31", "2013-06-20",
                 "2013-12-31"):  # fmt: skip
        said = {each.note.code: each.state for each in notes_on(as_of=day(when))}
        listed = note_rows(user=province_clerk, as_of=day(when)).exclude(state="coming")
        assert {each.code: each.state for each in listed} == said, when
    assert sorted(said.values()) == ["cancelled", "defaulted", "lapsed", "repaid"]


def test_a_coupon_is_split_among_seven_to_the_cent(issued, happened) -> None:
    note = issued()
    happened(note, "coupon", "2013-06-20", interest="100000000.01")
    (found,) = notes_on(as_of=day("2013-06-20"))
    parts = found.told[-1].parts
    assert len(parts) == 7
    assert sum(each.interest for each in parts) == Decimal("100000000.01")


def test_sums_that_are_unequal_are_refused_and_nothing_is_kept(noted) -> None:
    error = refused(lambda: noted(("5000", "4000"), amount=Decimal("9000.01")))
    assert error.code == "note-sums-unequal"
    assert "9,000.00" in error.fields["issuers"].zh
    assert "少 0.01 万元" in error.fields["issuers"].zh
    assert not CollectiveNote.objects.exists()


def test_the_prospectus_own_schedule_adds_up_too(noted) -> None:
    rows = [{"due_on": "2013-06-20", "interest": "550", "principal": "0"},
            {"due_on": "2014-06-20", "interest": "550", "principal": "8999.99"}]  # fmt: skip
    error = refused(lambda: noted(("5000", "4000"), instalments=rows))
    assert list(error.fields) == ["instalments"]
    rows[1]["principal"] = "9000"
    noted(("5000", "4000"), instalments=rows)
    (found,) = notes_on(as_of=day("2012-06-20"))
    assert [each.instalment.amount for each in found.dues] == [550, 9550]


def test_an_issuer_stands_there_once(noted, enterprise) -> None:
    same = enterprise("甲").code
    error = refused(lambda: noted(("1", "2"), issuers=[{"enterprise": same}] * 2))
    assert error.code == "note-issuer-twice"


def test_an_issuer_outside_the_library_is_named(noted) -> None:
    noted(("5000", "4000"), issuers=[{"name": "外省甲公司"}, {"name": "外省乙公司"}])
    (found,) = notes_on(as_of=day("2012-06-20"))
    assert [each.key for each in found.issuers] == ["外省甲公司", "外省乙公司"]


def test_a_name_is_suggested_where_none_was_given(noted) -> None:
    note = noted(("5000", "4000"))
    assert note.name == "韶关市中小企业2012年度第一期集合票据"
    assert note.short_name == "12韶关SMECN1"
    other = noted(("5000", "4000"), kind="collective_bond", prefecture=None, number=2)
    assert (other.name, other.short_name) == ("广东省中小企业2012年度第二期集合债券", "")
    assert noted(("1", "2"), name="自定名称", number=3).name == "自定名称"


@pytest.mark.parametrize(
    ("kind", "when", "values", "code", "field"),
    [
        ("coupon", "2012-06-19", {"interest": "1"}, "note-life-contradicts", "happened_on"),
        ("coupon", "2013-06-20", {}, "invalid-record", "interest"),
        ("rated", "2012-06-19", {"interest": "1"}, "invalid-record", "interest"),
        ("principal", "2013-06-20", {"principal": "92777.79"}, "note-life-contradicts",
         "principal"),
        ("cancelled", "2013-06-20", {"reason": "x"}, "note-life-contradicts", "kind"),
        ("cancelled", "2013-06-20", {}, "invalid-record", "reason"),
        ("defaulted", "2013-06-20", {"issuer": "EN99999", "reason": "x"},
         "note-life-contradicts", "issuer"),
        ("coupon", "2013-06-20", {"interest": "1", "registration_number": "x"},
         "invalid-record", "registration_number"),
        ("coupon", "2999-06-20", {"interest": "1"}, "invalid-record", "happened_on"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_is_refused(
    issued, happened, kind, when, values, code, field
) -> None:
    note = issued()
    before = NoteEvent.objects.count()
    error = refused(lambda: happened(note, kind, when, **values))
    assert (error.code, list(error.fields)) == (code, [field])
    assert NoteEvent.objects.count() == before


def test_an_event_is_never_edited_and_voiding_it_must_leave_a_life(
    issued, happened, province_clerk
) -> None:
    note = issued()
    coupon = happened(note, "coupon", "2013-06-20", interest="1")
    coupon.interest = Decimal(2)
    with pytest.raises(StateConflict) as error:
        saved("note-events", coupon, province_clerk)
    assert error.value.code == "entry-fixed"
    issue = note.events.get(kind="issued")

    def void(event):
        return void_entry(catalogue.REGISTERS["note-events"], code=event.code, reason="错",
                          actor=province_clerk, now=NOW)  # fmt: skip

    assert refused(lambda: void(issue)).code == "note-life-contradicts"
    void(coupon)
    void(issue)
    assert on("2013-06-20").state == "registered"


def test_issuers_cannot_change_from_under_what_was_paid(issued, happened, noted) -> None:
    note = issued(("5000", "4000"))
    first, second = (each.key for each in note.issuers.order_by("order"))
    happened(note, "principal", "2013-06-20", principal="4000", issuer=first)
    less = [{"enterprise": first, "amount": "3999.99"}, {"enterprise": second, "amount": "5000.01"}]
    error = refused(lambda: noted(("3999.99", "5000.01"), note=note, issuers=less))
    assert (error.code, list(error.fields)) == ("note-life-contradicts", ["issuers"])
    assert [each.amount for each in note.issuers.order_by("order")] == [5000, 4000]


def test_what_was_known_then_is_told_as_it_was_known(rules, issued, happened, noted) -> None:
    note = issued(("5000", "4000"))
    keys = [each.key for each in note.issuers.order_by("order")]
    then = timezone.now()
    other = [{"enterprise": key} for key in keys]
    noted(("4500", "4500"), note=note, issuers=other)
    happened(note, "coupon", "2013-06-20", interest="549")
    (now,) = notes_on(as_of=day("2013-12-31"))
    (before,) = notes_on(as_of=day("2013-12-31"), known_at=then)
    assert (len(now.told), len(before.told)) == (5, 4)
    assert [each.amount for each in now.issuers] == [4500, 4500]
    assert [each.amount for each in before.issuers] == [5000, 4000]


def test_who_may_record_what_happened(
    noted, happened, shaoguan_clerk, department_clerk, leader, guangzhou
) -> None:
    mine = noted(("5000", "4000"))
    theirs = noted(("5000", "4000"), prefecture=guangzhou, number=2)
    provincial = noted(("5000", "4000"), prefecture=None, number=3)
    happened(mine, "selected", "2012-01-10", actor=shaoguan_clerk)
    for note, actor in ((theirs, shaoguan_clerk), (provincial, shaoguan_clerk),
                        (mine, department_clerk), (mine, leader)):  # fmt: skip
        with pytest.raises(PermissionRefused):
            happened(note, "selected", "2012-01-10", actor=actor)


def test_people_of_an_institution_see_no_notes(noted, preparer, leader, shaoguan_clerk) -> None:
    noted(("5000", "4000"))
    assert CollectiveNote.objects.visible_to(preparer).count() == 0
    assert CollectiveNote.objects.visible_to(leader).count() == 1
    assert CollectiveNote.objects.visible_to(shaoguan_clerk).count() == 1
