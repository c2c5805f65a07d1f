"""Laws that hold for any set of banks and any date."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from finance.rules.coverage import Coverage, coverage
from finance.rules.presence import BankFact, BankLife, Basis, Unit
from tests.coverage.cast import PLAN_DAY, TERRITORY

DAYS = st.dates(datetime.date(2009, 1, 1), datetime.date(2016, 12, 31))
PLACES = st.sampled_from(
    [(c.prefecture, c.code) for c in TERRITORY.counties] + [("441900", ""), ("440500", "")]
)
GROWING = (
    "intention",
    "plan_approved",
    "preparation_approved",
    "opened",
    "branch_opened",
    "blocked",
)
SHRINKING = ("exited", "preparation_lapsed", "abandoned", "branch_closed", "relocated")


@st.composite
def lives(draw: st.DrawFn, kinds: tuple[str, ...] = GROWING + SHRINKING) -> list[BankLife]:
    banks = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        facts = []
        for place in range(draw(st.integers(0, 6))):
            kind = draw(st.sampled_from(kinds))
            prefecture, county = "", ""
            if kind in ("branch_opened", "relocated"):
                prefecture, county = draw(PLACES)
            name = draw(st.sampled_from("甲乙")) if "branch" in kind else ""
            when = draw(DAYS)
            facts.append(BankFact(number * 10 + place, kind, when, "", prefecture, county, name))
        facts.sort(key=lambda fact: (fact.happened_on, fact.id))
        seat = draw(PLACES)
        banks.append(BankLife(number, f"VB{number}", f"银行{number}", *seat, tuple(facts)))
    return banks


def asked(
    banks: list[BankLife], as_of: datetime.date, basis: str = "opened", unit: str = "head_office"
) -> Coverage:
    from finance.rules.coverage import Question

    question = Question(as_of, PLAN_DAY, Basis(basis), Unit(unit))
    return coverage(territory=TERRITORY, banks=banks, question=question, goal=None)


def places(answer: Coverage) -> set[str]:
    return {each.code for each in (*answer.prefectures, *answer.counties) if each.covered}


@given(lives(), DAYS)
def test_wider_definitions_never_cover_less(banks: list[BankLife], as_of: datetime.date) -> None:
    narrow = places(asked(banks, as_of))
    assert narrow <= places(asked(banks, as_of, unit="any_outlet"))
    assert narrow <= places(asked(banks, as_of, basis="established"))
    assert places(asked(banks, as_of, "opened", "any_outlet")) <= places(
        asked(banks, as_of, "established", "any_outlet")
    )


@given(lives(), DAYS)
def test_regions_add_up_and_never_exceed_their_places(
    banks: list[BankLife], as_of: datetime.date
) -> None:
    answer = asked(banks, as_of, "established", "any_outlet")
    for total, parts in (
        (answer.covered, [each.prefectures for each in answer.regions]),
        (answer.county_covered, [each.counties for each in answer.regions]),
    ):
        assert total.numerator == sum(part.numerator for part in parts)
        assert total.denominator == sum(part.denominator for part in parts)
        assert all(0 <= part.numerator <= part.denominator for part in parts)


@given(lives(kinds=("plan_approved", "preparation_approved", "opened", "blocked")), DAYS, DAYS)
def test_without_exits_coverage_only_grows(
    banks: list[BankLife], one: datetime.date, other: datetime.date
) -> None:
    early, late = sorted((one, other))
    for basis in Basis:
        assert places(asked(banks, early, basis)) <= places(asked(banks, late, basis))


@given(lives(), DAYS)
def test_a_prefecture_is_covered_exactly_when_facts_prove_it(
    banks: list[BankLife], as_of: datetime.date
) -> None:
    answer = asked(banks, as_of, "established", "any_outlet")
    happened = {f.id for bank in banks for f in bank.facts if f.happened_on <= as_of}
    for place in answer.prefectures:
        proof = answer.facts_behind(f"prefecture:{place.code}")
        assert bool(proof) == place.covered
        assert set(proof) <= happened
    assert {each.code for each in answer.uncovered} == {
        each.code for each in answer.prefectures if not each.covered
    }


@given(lives(), DAYS, DAYS)
def test_changes_explain_the_whole_difference(
    banks: list[BankLife], one: datetime.date, other: datetime.date
) -> None:
    from finance.rules.coverage import Question

    early, late = sorted((one, other))
    question = Question(late, PLAN_DAY, Basis.OPENED, Unit.ANY_OUTLET, since=early)
    answer = coverage(territory=TERRITORY, banks=banks, question=question, goal=None)
    before = places(asked(banks, early, unit="any_outlet"))
    after = places(answer)
    assert {each.code for each in answer.changes if each.gained} == after - before
    assert {each.code for each in answer.changes if not each.gained} == before - after
    for change in answer.changes:
        assert change.on <= late
