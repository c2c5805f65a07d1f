"""Losses are shared exactly: to the cent, over any number of recoveries."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.splitting import CannotSplit, split
from guarantees.rules.loss_schemes import Order, Participant, Scheme, scheme_problems
from guarantees.rules.loss_sharing import (
    UNSHARED,
    Account,
    Movement,
    PastCase,
    TooMuch,
    share_out,
    simulate,
)

CENT = Decimal("0.01")
FOUR = Scheme(
    (
        Participant("guarantor", Decimal("40.00")),
        Participant("reguarantor", Decimal("30.00")),
        Participant("bank", Decimal("20.00")),
        Participant("government", Decimal("10.00")),
    )
)
amounts = st.decimals(min_value=0, max_value=10**8, places=2)
weights = st.lists(st.decimals(min_value="0.01", max_value=100, places=2), min_size=1, max_size=7)


def money(text: str) -> Decimal:
    return Decimal(text)


def test_the_case_of_the_plan_splits_exactly() -> None:
    parts = split(money("1234567.89"), [each.share for each in FOUR.participants])
    assert parts == [
        money("493827.15"),  # 493,827.156: the smallest remainder gets no cent
        money("370370.37"),
        money("246913.58"),
        money("123456.79"),
    ]
    assert sum(parts) == money("1234567.89")


@given(amounts, weights)
def test_parts_sum_exactly_and_lie_within_a_cent(amount, shares) -> None:
    parts = split(amount, shares)
    total = sum(shares)
    assert sum(parts) == amount
    for part, share in zip(parts, shares, strict=True):
        assert part >= 0
        assert abs(part - amount * share / total) < CENT


@given(weights, st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_growing_amount_never_takes_a_cent_back(shares, steps) -> None:
    got = [Decimal(0)] * len(shares)
    whole, total = Decimal(0), sum(shares)
    for step in steps:
        whole += step * CENT
        now = split(whole, shares, got)
        assert sum(now) == whole
        for before, after, share in zip(got, now, shares, strict=True):
            assert after >= before
            assert abs(after - whole * share / total) < 2 * CENT
        got = now


def test_shares_that_would_take_a_cent_back_by_plain_remainders_do_not() -> None:
    shares = [money("42.86"), money("42.86"), money("14.28")]
    assert split(money("0.10"), shares)[2] == money("0.02")
    assert split(money("0.11"), shares)[2] == money("0.01")  # the paradox of plain remainders
    assert split(money("0.11"), shares, split(money("0.10"), shares))[2] == money("0.02")


@pytest.mark.parametrize(
    ("amount", "shares", "already"),
    [
        ("-0.01", ["1"], []),
        ("0.001", ["1"], []),
        ("1.00", ["0", "0"], []),
        ("1.00", ["2", "-1"], []),
        ("1.00", ["1", "1"], ["1.00", "0.01"]),
    ],
)
def test_what_cannot_be_split_is_refused(amount, shares, already) -> None:
    with pytest.raises(CannotSplit):
        split(money(amount), [money(each) for each in shares], [money(each) for each in already])


@given(
    st.lists(
        st.tuples(st.sampled_from(["compensation", "recovery", "write_off"]), amounts),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from([None, "0.01", "77.77", "5000.00"]),
    st.booleans(),
)
def test_over_any_course_of_a_case_the_sums_hold(course, cap, first_loss) -> None:
    people = tuple(
        Participant(party, Decimal(share), layer and Decimal(layer))
        for party, share, layer in (
            ("government", "14.28", cap or ("100.00" if first_loss else None)),
            ("bank", "42.86", "300.00" if first_loss else None),
            ("guarantor", "42.86", None),
        )
    )
    order = Order.FIRST_LOSS if first_loss else Order.PRO_RATA
    account = Account(Scheme(people, order, excess=2, case_cap=cap and Decimal(cap) * 3))
    for kind, amount in course:
        balance = account.balance
        if kind != "compensation" and amount > balance:
            with pytest.raises(TooMuch):
                account.tell(Movement(kind, amount))
            assert account.balance == balance
            continue
        lines = account.tell(Movement(kind, amount))
        assert sum(lines) == amount
        assert min(lines) >= 0
        for out, back, gone in zip(account.borne, account.returned, account.lost, strict=True):
            assert back + gone <= out
    if account.balance:
        account.tell(Movement("recovery", account.balance))
    closed = zip(account.borne, account.returned, account.lost, strict=True)
    assert all(back + gone == out for out, back, gone in closed)


@given(amounts, st.lists(amounts, max_size=12))
def test_many_small_recoveries_do_not_drift(paid, back) -> None:
    account = Account(FOUR)
    account.tell(Movement("compensation", paid))
    for amount in back:
        if amount <= account.balance:
            account.tell(Movement("recovery", amount))
    whole = sum(account.returned)
    for came, share in zip(account.returned, FOUR.participants, strict=True):
        assert abs(came - whole * share.share / 100) < 2 * CENT


def test_a_thousand_recoveries_of_a_cent_are_the_split_of_ten_yuan() -> None:
    account = Account(FOUR)
    account.tell(Movement("compensation", money("1234567.89")))
    for _ in range(1000):
        account.tell(Movement("recovery", CENT))
    assert account.returned == split(money("10.00"), [each.share for each in FOUR.participants])


def test_what_is_recovered_whole_leaves_nobody_with_a_loss() -> None:
    account = Account(FOUR)
    account.tell(Movement("compensation", money("1234567.89")))
    for amount in ("0.01", "234567.88", "999999.99", "0.01"):
        account.tell(Movement("recovery", money(amount)))
    assert account.net == [0, 0, 0, 0]
    assert account.balance == 0


def test_more_recovered_than_paid_is_refused_with_both_amounts() -> None:
    account = Account(FOUR)
    account.tell(Movement("compensation", money("100.00")))
    account.tell(Movement("recovery", money("60.00")))
    with pytest.raises(TooMuch) as refused:
        account.tell(Movement("recovery", money("40.01")))
    assert (refused.value.amount, refused.value.left) == (money("40.01"), money("40.00"))
    assert account.shared.recovered == money("60.00")


def test_a_cap_leaves_the_rest_to_the_one_named() -> None:
    scheme = Scheme(
        (
            Participant("guarantor", money("50.00")),
            Participant("government", money("50.00"), cap=money("30.00")),
        )
    )
    assert share_out(scheme, money("100.00")) == [money("70.00"), money("30.00")]
    assert share_out(scheme, money("40.00")) == [money("20.00"), money("20.00")]


def test_above_the_case_cap_and_past_the_fuse_one_bears_alone() -> None:
    scheme = Scheme(FOUR.participants, case_cap=money("100.00"))
    assert share_out(scheme, money("150.00"))[0] == money("90.00")
    assert share_out(scheme, money("150.00"), fused=True) == [money("150.00"), 0, 0, 0]


def test_first_loss_fills_layer_after_layer() -> None:
    scheme = Scheme(
        (
            Participant("insurer", cap=money("10.00")),
            Participant("government", cap=money("5.00")),
            Participant("bank"),
        ),
        order=Order.FIRST_LOSS,
    )
    assert share_out(scheme, money("7.00")) == [money("7.00"), 0, 0]
    assert share_out(scheme, money("22.00")) == [money("10.00"), money("5.00"), money("7.00")]


def test_a_cap_of_the_case_bounds_the_layers_too() -> None:
    scheme = Scheme(
        (Participant("insurer", cap=money("10.00")), Participant("bank")),
        order=Order.FIRST_LOSS,
        excess=0,
        case_cap=money("12.00"),
    )
    assert share_out(scheme, money("20.00")) == [money("18.00"), money("2.00")]


def scheme_of(*people: tuple[str, str, str | None], **values) -> Scheme:
    return Scheme(
        tuple(Participant(party, Decimal(share), cap and Decimal(cap))
              for party, share, cap in people),
        **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "field", "told"),
    [
        (scheme_of(), "participants", "至少"),
        (scheme_of(("bank", "40.00", None), ("guarantor", "59.99", None)), "participants", "99.99"),
        (scheme_of(("bank", "60.00", None), ("bank", "40.01", None)), "participants", "100.01"),
        (scheme_of(("bank", "120.00", None), ("insurer", "-20", None)), "participants", "120.00"),
        (scheme_of(("broker", "100.00", None)), "participants", "broker"),
        (scheme_of(("bank", "100.00", "0.00")), "participants", "0.00"),
        (scheme_of(("bank", "100.00", None), excess=1), "excess_party", "承担方"),
        (scheme_of(("bank", "100.00", "5.00")), "excess_party", "5.00"),
        (scheme_of(("bank", "100.00", None), case_cap=Decimal(0)), "case_cap", "大于 0"),
        (scheme_of(("bank", "100.00", None), fuse=Decimal("100.01")), "fuse_rate", "100.01"),
        (
            scheme_of(("bank", "0", "5.00"), ("insurer", "0", "5.00"), order=Order.FIRST_LOSS),
            "participants",
            "最后一方",
        ),
        (
            scheme_of(("bank", "0", None), ("insurer", "0", None), order=Order.FIRST_LOSS),
            "participants",
            "第 1 方",
        ),
    ],
)
def test_a_scheme_that_cannot_work_is_told_by_field(scheme, field, told) -> None:
    problems = scheme_problems(scheme)
    assert set(problems) == {field}
    assert told in problems[field].zh
    assert problems[field].en


def test_a_sound_scheme_has_no_problem() -> None:
    assert not scheme_problems(FOUR)
    layered = scheme_of(("insurer", "0", "10"), ("bank", "0", None), order=Order.FIRST_LOSS)
    assert not scheme_problems(layered)


def test_where_the_base_is_principal_interest_stays_apart() -> None:
    account = Account(Scheme(FOUR.participants, interest=False))
    account.tell(Movement("compensation", money("107.00"), money("100.00")))
    assert sum(account.borne) == money("100.00")
    with pytest.raises(TooMuch) as refused:
        account.tell(Movement("recovery", money("7.01"), money("0.00")))
    assert (refused.value.left, refused.value.shared) == (money("7.00"), False)
    account.tell(Movement("recovery", money("107.00"), money("100.00")))
    assert account.balance == 0


@given(st.lists(st.tuples(amounts, st.integers(0, 100)), max_size=8))
def test_a_simulation_bears_what_was_really_borne(cases) -> None:
    past = []
    for number, (paid, percent) in enumerate(cases):
        back = (paid * percent / 100).quantize(CENT, rounding="ROUND_DOWN")
        past.append(PastCase(str(number), (Movement("compensation", paid),
                                           Movement("recovery", back))))  # fmt: skip
    found = simulate(FOUR, past)
    assert sum(each.borne for each in found) == sum(c.movements[0].amount for c in past)
    assert sum(each.returned for each in found) == sum(c.movements[1].amount for c in past)


def test_a_simulation_by_principal_shows_what_nobody_shares() -> None:
    moves = (
        Movement("compensation", money("110.00"), money("100.00")),
        Movement("recovery", money("105.00"), money("105.00")),  # booked as principal alone
        Movement("write_off", money("5.00"), money("0.00")),
    )
    found = simulate(Scheme(FOUR.participants, interest=False), [PastCase("A", moves)])
    assert found[0].borne == money("40.00")
    assert (found[-1].name, found[-1].borne) == (UNSHARED, money("10.00"))
    assert sum(each.borne for each in found) == money("110.00")
    assert sum(each.returned for each in found) == money("105.00")
    assert sum(each.lost for each in found) == money("5.00")


def test_a_blown_fuse_is_told_only_to_a_scheme_that_has_one() -> None:
    past = [PastCase("A", (Movement("compensation", money("100.00")),), fused=True)]
    assert simulate(FOUR, past)[0].borne == money("40.00")
    fused = Scheme(FOUR.participants, fuse=money("5.00"))
    assert simulate(fused, past)[0].borne == money("100.00")
