"""The life of a note by its events: states, splits that sum exactly, what cannot be."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listings.rules.note_life import Book, CannotBe, Event, disorders, state_on
from listings.rules.note_schedule import (
    Instalment,
    Terms,
    dues,
    month_after,
    schedule,
    shared_out,
)

SEVEN = {
    key: Decimal(value)
    for key, value in zip(
        "甲乙丙丁戊己庚",
        ("20000", "17000", "15000", "13000", "12000", "8000.01", "7777.77"),
        strict=True,
    )
}


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def event(kind: str, on: str, principal: str = "0", *, interest: str = "0", **more) -> Event:
    return Event(kind, day(on), interest=Decimal(interest), principal=Decimal(principal), **more)


def issued(issuers=SEVEN) -> Book:
    book = Book(issuers)
    book.tell(event("issued", "2012-06-20"))
    return book


def test_a_coupon_among_seven_issuers_sums_exactly() -> None:
    parts = issued().tell(event("coupon", "2013-06-20", interest="100000000.01"))
    assert sum(each.interest for each in parts) == Decimal("100000000.01")
    whole = sum(SEVEN.values())
    for each in parts:
        exact = Decimal("100000000.01") * SEVEN[each.issuer] / whole
        assert abs(each.interest - exact) < Decimal("0.01")


cents = st.decimals(min_value="0.01", max_value=20000, places=2)
issuers_of = st.lists(cents, min_size=2, max_size=10).map(
    lambda amounts: {f"I{place}": amount for place, amount in enumerate(amounts)}
)


@given(issuers_of, st.decimals(0, 10**8, places=2))
def test_any_coupon_sums_exactly_and_more_is_never_less(issuers, interest) -> None:
    parts = issued(issuers).tell(Event("coupon", day("2013-06-20"), interest=interest))
    assert sum(each.interest for each in parts) == interest
    by_amount = sorted(parts, key=lambda each: issuers[each.issuer])
    got = [each.interest for each in by_amount]
    assert all(
        less <= more or issuers[a.issuer] == issuers[b.issuer]
        for (a, less), (b, more) in zip(
            zip(by_amount, got, strict=True), list(zip(by_amount, got, strict=True))[1:],
            strict=False,
        )
    )  # fmt: skip


@given(issuers_of, st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_principal_paid_in_steps_leaves_nobody_a_cent(issuers, steps) -> None:
    whole = sum(issuers.values())
    book, paid = issued(issuers), Decimal(0)
    before = dict.fromkeys(issuers, Decimal(0))
    for number, step in enumerate(steps, start=1):
        last = number == len(steps)
        principal = whole - paid if last else (whole * step / sum(steps)).quantize(Decimal("0.01"))
        principal = min(principal, whole - paid)
        parts = book.tell(
            Event("repaid" if last else "principal", day("2013-06-20"), principal=principal)
        )
        assert sum(each.principal for each in parts) == principal
        for each in parts:
            assert each.principal >= 0  # nobody gets anything back
            before[each.issuer] += each.principal
        paid += principal
    assert before == issuers
    assert book.outstanding == 0


def test_one_in_default_bears_nothing_until_somebody_pays_for_it() -> None:
    book = issued()
    book.tell(event("defaulted", "2013-06-20", issuer="丙"))
    parts = book.tell(event("coupon", "2013-06-20", interest="700"))
    assert "丙" not in [each.issuer for each in parts]
    (paid,) = book.tell(event("compensated", "2013-07-20", interest="90", issuer="丙"))
    assert (paid.issuer, paid.interest) == ("丙", Decimal("90.00"))
    again = book.tell(event("coupon", "2014-06-20", interest="700"))
    assert "丙" in [each.issuer for each in again]


@pytest.mark.parametrize(
    ("events", "field", "words"),
    [
        ([event("coupon", "2012-06-19", interest="1")], "happened_on", "尚未发行"),
        ([event("issued", "2012-06-20"), event("cancelled", "2012-06-21")], "kind", "已发行"),
        ([event("cancelled", "2012-06-19"), event("issued", "2012-06-20")], "kind", "已取消"),
        (
            [event("issued", "2012-06-20"), event("principal", "2013-06-20", "92777.79")],
            "principal",
            "92,777.78",
        ),
        (
            [event("issued", "2012-06-20"), event("repaid", "2013-06-20", "92777.77")],
            "principal",
            "仍有 0.01 万元",
        ),
        (
            [event("issued", "2012-06-20"), event("defaulted", "2013-06-20", issuer="辛")],
            "issuer",
            "甲、乙",
        ),
        (
            [
                event("issued", "2012-06-20"),
                event("principal", "2013-06-20", "15000.01", issuer="丙"),
            ],
            "principal",
            "15,000.00",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_field_and_sum(events, field, words) -> None:
    book = Book(SEVEN)
    for each in events[:-1]:
        book.tell(each)
    with pytest.raises(CannotBe) as refused:
        book.tell(events[-1])
    assert refused.value.field == field
    assert words in refused.value.message.zh
    assert refused.value.message.en


LIFE = [
    event("selected", "2012-01-10"),
    event("engaged", "2012-02-10"),
    event("rated", "2012-03-10"),
    event("filed", "2012-04-10"),
    event("registered", "2012-05-10", valid_until=day("2012-07-10")),
    event("issued", "2012-06-20"),
    event("coupon", "2013-06-20", interest="5"),
    event("defaulted", "2014-06-20", issuer="丙"),
    event("compensated", "2014-07-20", "15000", interest="5", issuer="丙"),
    event("repaid", "2015-06-20", "77777.78"),
]


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2012-01-09", "preparing"),
        ("2012-01-10", "selected"),
        ("2012-02-10", "engaged"),
        ("2012-03-10", "rated"),
        ("2012-05-09", "filed"),
        ("2012-05-10", "registered"),
        ("2012-06-20", "outstanding"),
        ("2014-06-19", "outstanding"),
        ("2014-06-20", "defaulted"),
        ("2014-07-20", "outstanding"),
        ("2015-06-20", "compensated"),
    ],
)
def test_the_state_of_every_day_of_a_life(on, state) -> None:
    assert state_on(LIFE, day(on), sum(SEVEN.values())) == state


def test_a_registration_that_was_not_used_lapses() -> None:
    assert state_on(LIFE[:5], day("2012-07-10"), Decimal(1)) == "registered"
    assert state_on(LIFE[:5], day("2012-07-11"), Decimal(1)) == "lapsed"


def test_repaid_and_cancelled_are_ends_of_their_own() -> None:
    paid = [LIFE[5], event("repaid", "2015-06-20", "92777.78")]
    assert state_on(paid, day("2015-06-20"), sum(SEVEN.values())) == "repaid"
    assert state_on([LIFE[0], event("cancelled", "2012-02-01")], day("2012-02-01"), Decimal(1)) == (
        "cancelled"
    )


def test_stages_out_of_order_are_found_and_stop_nothing() -> None:
    events = sorted(
        [event("registered", "2012-05-10"), event("rated", "2012-05-20"),
         event("issued", "2012-05-01")],
        key=lambda each: each.on,
    )  # fmt: skip
    found = disorders(events)
    assert [each.code for each in found] == ["note.out-of-order"] * 2
    assert "“接受注册”（2012-05-10）早于“评级完成”（2012-05-20）" in found[0].message.zh
    assert [each.code for each in disorders([event("issued", "2012-05-01")])] == [
        "note.never-registered"
    ]
    assert disorders(LIFE) == []


def test_equal_coupons_from_the_issue_and_principal_at_the_end() -> None:
    terms = Terms(Decimal(10000), day("2012-08-31"), 18, Decimal("6.1"), 2)
    assert [(each.due_on, each.interest, each.principal) for each in schedule(terms)] == [
        (day("2013-02-28"), Decimal("305.00"), 0),
        (day("2013-08-31"), Decimal("305.00"), 0),
        (day("2014-02-28"), Decimal("305.00"), Decimal(10000)),
    ]


@pytest.mark.parametrize(
    ("months", "coupons", "interest"),
    [
        (12, 1, ["610.00"]),
        (36, 1, ["610.00", "610.00", "610.00"]),
        (18, 1, ["610.00", "305.00"]),  # a broken last period pays its months
        (36, 0, ["1830.00"]),
        (12, 4, ["152.50"] * 4),
        (7, 1, ["355.83"]),
    ],
)
def test_coupons_by_term_and_frequency(months, coupons, interest) -> None:
    terms = Terms(Decimal(10000), day("2012-06-20"), months, Decimal("6.1"), coupons)
    assert [f"{each.interest:f}" for each in schedule(terms)] == interest
    assert schedule(terms)[-1].principal == 10000
    assert schedule(terms)[-1].due_on == month_after(day("2012-06-20"), months)


@given(issuers_of, st.integers(1, 60), st.sampled_from([0, 1, 2, 4]),
       st.decimals(0, 20, places=4))  # fmt: skip
def test_every_schedule_sums_by_instalment_and_by_issuer(issuers, months, coupons, rate) -> None:
    whole = sum(issuers.values())
    instalments = schedule(Terms(whole, day("2012-01-31"), months, rate, coupons))
    parts = shared_out(issuers, instalments)
    for each, shared in zip(instalments, parts, strict=True):
        assert sum(part.interest for part in shared) == each.interest
        assert sum(part.principal for part in shared) == each.principal
    for key, amount in issuers.items():
        own = [part.principal for shared in parts for part in shared if part.issuer == key]
        assert sum(own) == amount


def test_what_was_paid_settles_the_earliest_first_and_days_move_to_work() -> None:
    rows = schedule(Terms(Decimal(10000), day("2012-06-30"), 36, Decimal(6), 1))
    found = dues({"甲": Decimal(6000), "乙": Decimal(4000)}, rows,
                 paid_interest=Decimal(900), paid_principal=Decimal(0), holidays={})  # fmt: skip
    assert [each.open_interest for each in found] == [0, 300, 600]
    assert found[0].pay_on == day("2013-07-01")  # the 30th is a Sunday
    assert [each.state(day("2014-07-01")) for each in found] == ["paid", "overdue", "coming"]
    assert found[1].state(day("2014-06-30")) == "coming"
    assert sum(part.interest for part in found[2].parts) == 600


def test_a_note_without_issuers_has_a_schedule_without_parts() -> None:
    assert shared_out({}, [Instalment(1, day("2013-06-30"), Decimal(5))]) == [()]
