"""Budgets, grants, payments, the fund's balance and contributions: never more than there is."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError, PermissionRefused
from core.registers import catalogue
from core.registers.saving import void_entry
from guarantees.models import SupportApplication, SupportPayment
from guarantees.queries.fund import fund_balance_on, fund_rows
from guarantees.queries.reguarantee import reguarantee_on, reguarantee_rows
from guarantees.queries.support import budget_of, programme_rows, support_totals
from guarantees.rules.contributions import Contributed, first_contradiction, holdings
from guarantees.rules.fund import SOURCES, USES, FundMove, account, first_overdraft
from tests.factories import UserFactory, fact
from tests.filing import NOW
from tests.guarantee_support.conftest import day


def void(key: str, entry, actor) -> None:
    void_entry(catalogue.REGISTERS[key], code=entry.code, actor=actor, reason="错", now=NOW)


def refusal(code: str, act, *words: str) -> None:
    with pytest.raises(DomainError) as refused:
        act()
    assert refused.value.code == code
    for each in words:
        assert each in refused.value.message.zh


# Budgets, grants and payments


def test_a_budget_is_spent_to_the_cent_and_not_beyond(applied, other_agency, programme) -> None:
    applied("60.00")
    refusal("budget-overrun", lambda: applied("40.01", institution=other_agency),
            "100.00", "100.01", "0.01")  # fmt: skip
    assert SupportApplication.objects.count() == 1
    applied("40.00", institution=other_agency)
    assert budget_of(programme).left == 0


def test_a_budget_cannot_fall_below_what_was_granted(applied, programme, record) -> None:
    applied("60")
    refusal("budget-overrun", lambda: record("support-programmes", entry=programme,
                                             budget=Decimal("59.99")))  # fmt: skip
    programme.refresh_from_db()
    assert programme.budget == Decimal("100.00")
    record("support-programmes", entry=programme, budget=None)
    assert budget_of(programme).left is None


def test_a_grant_cannot_move_into_a_programme_that_is_used_up(
    applied, other_agency, record, programme
) -> None:
    applied("60")
    second = record("support-programmes", name="另一政策", valid_from="2012-01-01",
                    level="province", budget=Decimal("70"))  # fmt: skip
    moved = applied("70", institution=other_agency, programme=second)
    refusal("budget-overrun", lambda: record("support-applications", entry=moved,
                                             programme=programme))  # fmt: skip


def test_voiding_a_grant_frees_its_budget(applied, other_agency, province_clerk) -> None:
    granted = applied("100")
    refusal("budget-overrun", lambda: applied("0.01", institution=other_agency))
    void("support-applications", granted, province_clerk)
    applied("0.01", institution=other_agency)


def test_payments_never_exceed_the_grant(applied, record) -> None:
    application = applied("60")

    def pay(amount: str, on: str = "2012-09-01"):
        return record(
            "support-payments", application=application, paid_on=on, amount=Decimal(amount)
        )

    pay("59.99")
    refusal("overpaid", lambda: pay("0.02"), "60.00", "60.01", "0.01")
    refusal("paid-before-decision", lambda: pay("0.01", "2012-07-31"), "2012-08-01")
    pay("0.01")
    assert sum(each.amount for each in SupportPayment.objects.all()) == Decimal("60.00")


def test_nothing_is_paid_on_what_was_not_approved(applied, record) -> None:
    pending = applied()
    refusal("paid-before-decision", lambda: record(
        "support-payments", application=pending, paid_on=day("2012-09-01"), amount=Decimal(1)
    ), "尚未批准")  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"granted": Decimal("49.99")},
        {"decision": "refused", "granted": None},
        {"decided_on": day("2012-09-02")},
    ],
)
def test_a_grant_that_was_paid_cannot_shrink_beneath_it(applied, record, change) -> None:
    application = applied("60")
    record("support-payments", application=application, paid_on="2012-09-01",
           amount=Decimal("50"))  # fmt: skip
    with pytest.raises(DomainError) as refused:
        record("support-applications", entry=application, **change)
    assert refused.value.code in ("overpaid", "paid-before-decision")


def test_a_grant_that_was_paid_is_voided_after_its_payments(
    applied, record, province_clerk
) -> None:
    application = applied("60")
    paid = record("support-payments", application=application, paid_on="2012-09-01",
                  amount=Decimal("50"))  # fmt: skip
    with pytest.raises(DomainError):
        void("support-applications", application, province_clerk)
    void("support-payments", paid, province_clerk)
    application.refresh_from_db()
    void("support-applications", application, province_clerk)


def test_support_is_told_as_of_a_day_by_programme_and_prefecture(
    applied, other_agency, record, programme
) -> None:
    mine = applied("60")
    applied("30", institution=other_agency)
    record("support-payments", application=mine, paid_on="2012-09-01", amount=Decimal("20"))
    for on, approved, granted, paid in (
        ("2012-07-31", 0, "0", "0"),
        ("2012-08-01", 2, "90", "0"),
        ("2012-09-01", 2, "90", "20"),
    ):
        whole = support_totals(as_of=day(on)).whole
        assert (whole.applications, whole.approved) == (2, approved)
        assert (whole.granted, whole.paid) == (Decimal(granted), Decimal(paid))
    totals = support_totals(as_of=day("2012-12-31"))
    granted = [(place.code, sums.granted) for place, sums in totals.by_prefecture]
    assert granted == [("440100", Decimal("30.00")), ("440200", Decimal("60.00"))]
    assert support_totals(as_of=day("2012-06-09")).whole.applications == 0
    assert support_totals(as_of=day("2012-12-31"), year=2010).whole.applications == 0


def test_the_list_of_programmes_says_what_the_totals_say(
    applied, record, programme, province_clerk
) -> None:
    record("support-payments", application=applied("60"), paid_on="2012-09-01",
           amount=Decimal("20"))  # fmt: skip
    row = programme_rows(user=province_clerk, as_of=day("2012-12-31")).get()
    assert (row.applied, row.granted_sum, row.paid_sum, row.budget_left) == (
        1, Decimal("60.00"), Decimal("20.00"), Decimal("40.00"),
    )  # fmt: skip
    early = programme_rows(user=province_clerk, as_of=day("2012-07-01")).get()
    assert (early.granted_sum, early.budget_left) == (Decimal(0), Decimal("100.00"))


# The fund


@pytest.fixture
def moved(record, fund):
    def move(direction: str, kind: str, on: str, paid: str, committed: str = "0"):
        return record("fund-entries", fund=fund, direction=direction, kind=kind, happened_on=on,
                      paid=Decimal(paid), committed=Decimal(committed))  # fmt: skip

    return move


def test_the_balance_is_what_was_paid_in_less_what_was_used(moved, fund, province_clerk) -> None:
    moved("source", "province", "2012-03-01", "3000", "5000")
    moved("use", "risk", "2012-04-01", "800.01", "1000")
    moved("source", "income", "2012-05-01", "0.01")
    (found,) = fund_balance_on(as_of=day("2012-06-30"))
    account = found.account
    assert (account.received, account.used) == (Decimal("3000.01"), Decimal("800.01"))
    assert account.balance == Decimal("2200.00")
    assert (account.to_come, account.promised) == (Decimal("2000.00"), Decimal("199.99"))
    assert account.free == Decimal("2000.01")
    assert fund_balance_on(as_of=day("2012-03-31"))[0].account.balance == Decimal("3000.00")
    row = fund_rows(user=province_clerk, as_of=day("2012-06-30")).get()
    assert (row.received, row.used, row.balance) == (
        account.received, account.used, account.balance,
    )  # fmt: skip


def test_a_fund_is_founded_from_its_day_on(fund) -> None:
    assert [fund_balance_on(as_of=day(on))[0].founded for on in ("2012-01-31", "2012-02-01")] == [
        False,
        True,
    ]


def test_a_fund_never_pays_out_what_it_does_not_have(moved, province_clerk) -> None:
    source = moved("source", "province", "2012-03-01", "100")
    refusal("fund-overdrawn", lambda: moved("use", "risk", "2012-02-28", "50"), "-50.00")
    moved("use", "risk", "2012-03-01", "100")
    refusal("fund-overdrawn", lambda: moved("use", "cost", "2012-04-01", "0.01"))
    refusal("fund-overdrawn", lambda: void("fund-entries", source, province_clerk))


MOVES = st.lists(
    st.builds(
        lambda source, place, on, committed, paid: FundMove(
            datetime.date(2012, 1, 1) + datetime.timedelta(days=on),
            "source" if source else "use",
            (SOURCES if source else USES)[place],
            committed,
            paid,
        ),
        st.booleans(),
        st.integers(0, 4),
        st.integers(0, 60),
        st.decimals(0, 10**6, places=2),
        st.decimals(0, 10**6, places=2),
    ),
    max_size=12,
)


@given(MOVES)
def test_the_funds_identity_holds_and_promises_move_nothing(moves) -> None:
    found = account(moves)
    paid = sum((m.paid if m.direction == "source" else -m.paid for m in moves), Decimal(0))
    assert found.balance == paid == found.received - found.used
    assert found.balance == found.free + found.promised
    bare = [FundMove(m.happened_on, m.direction, m.kind, Decimal(0), m.paid) for m in moves]
    assert account(bare).balance == found.balance


@given(MOVES)
def test_an_overdraft_is_the_first_day_that_ends_below_nothing(moves) -> None:
    def balance(until: datetime.date) -> Decimal:
        return account([m for m in moves if m.happened_on <= until]).balance

    below = sorted(m.happened_on for m in moves if balance(m.happened_on) < 0)
    found = first_overdraft(moves)
    assert found == ((below[0], balance(below[0])) if below else None)


# Contributions


@pytest.fixture
def contributed(record, company):
    def contribute(who: str, on: str, subscribed: str, paid: str):
        return record("contributions", institution=company, contributor=who, kind="other",
                      happened_on=on, subscribed=Decimal(subscribed),
                      paid_in=Decimal(paid))  # fmt: skip

    return contribute


def test_contributions_add_up_and_are_sold_on(contributed, company, province_clerk) -> None:
    contributed("市财政局", "2012-03-01", "20000", "10000")
    contributed("演示担保", "2012-03-01", "10000", "10000")
    contributed("演示担保", "2012-06-01", "-10000", "-10000")
    contributed("演示国资", "2012-06-01", "10000", "10000")
    for on, names in (("2012-05-31", ["市财政局", "演示担保"]),
                      ("2012-06-30", ["市财政局", "演示国资"])):  # fmt: skip
        (found,) = reguarantee_on(as_of=day(on))
        assert [each.contributor for each in found.contributors] == names
        assert (found.subscribed, found.paid_in) == (Decimal("30000.00"), Decimal("20000.00"))
        assert found.capital == Decimal("30000.00")
    row = reguarantee_rows(user=province_clerk, as_of=day("2012-06-30")).get()
    assert (row.subscribed_now, row.paid_now, row.state) == (
        Decimal("30000.00"), Decimal("20000.00"), "open",
    )  # fmt: skip


def test_nobody_pays_in_beyond_the_subscription_or_sells_what_is_not_there(
    contributed, province_clerk
) -> None:
    held = contributed("市财政局", "2012-03-01", "20000", "10000")
    refusal("contributions-contradict",
            lambda: contributed("市财政局", "2012-04-01", "0", "10000.01"), "20000.01")  # fmt: skip
    refusal("contributions-contradict",
            lambda: contributed("市财政局", "2012-04-01", "-20000.01", "-10000"))  # fmt: skip
    refusal("contributions-contradict",
            lambda: contributed("市财政局", "2012-02-01", "0", "1"))  # fmt: skip
    contributed("市财政局", "2012-05-01", "0", "10000")
    refusal("contributions-contradict", lambda: void("contributions", held, province_clerk))


@given(
    st.lists(
        st.builds(
            Contributed,
            st.sampled_from(["甲", "乙"]),
            st.dates(datetime.date(2012, 1, 1), datetime.date(2012, 2, 1)),
            st.decimals(-1000, 1000, places=2),
            st.decimals(-1000, 1000, places=2),
        ),
        max_size=8,
    )
)
def test_contributions_without_contradiction_never_hold_less_than_nothing(entries) -> None:
    if first_contradiction(entries) is None:
        for until in {each.happened_on for each in entries}:
            held = holdings([each for each in entries if each.happened_on <= until])
            assert all(0 <= each.paid_in <= each.subscribed for each in held.values())
    whole = sum((each.subscribed for each in entries), Decimal(0))
    assert sum((h.subscribed for h in holdings(entries).values()), Decimal(0)) == whole


def test_what_is_odd_about_a_company_is_told_with_its_rule(
    contributed, company, rules, province_clerk, client_of
) -> None:
    contributed("市财政局", "2012-03-01", "8000", "8000")
    fact(company, "capital_changed", "2012-04-01", capital=Decimal("9000"))
    page = client_of(province_clerk).get("/re-guarantee-companies/RG01/?as_of=2012-06-30")
    text = page.content.decode()
    for told in ("只有一个出资人", "低于从事再担保业务的 10000", "七部委令2010年第3号",
                 "与注册资本 9000.00 万元不符", "未登记经营许可证"):  # fmt: skip
        assert told in text, told


# What was known


def test_reports_of_the_past_know_what_was_known_then(
    applied, record, fund, moved, contributed, company, province_clerk
) -> None:
    granted = applied("60")
    moved("source", "province", "2012-03-01", "100")
    contributed("市财政局", "2012-03-01", "20000", "10000")
    before = timezone.now()
    record("support-applications", entry=granted, granted=Decimal("70"))
    used = moved("use", "risk", "2012-03-02", "40")
    contributed("市财政局", "2012-03-02", "0", "5000")

    def told(known_at=None) -> tuple[Decimal, Decimal, Decimal]:
        at = {"as_of": day("2012-12-31"), "known_at": known_at}
        return (
            support_totals(**at).whole.granted,
            fund_balance_on(**at)[0].account.balance,
            reguarantee_on(**at)[0].paid_in,
        )

    assert told() == (Decimal("70.00"), Decimal("60.00"), Decimal("15000.00"))
    assert told(before) == (Decimal("60.00"), Decimal("100.00"), Decimal("10000.00"))
    moment = timezone.now()
    void_entry(catalogue.REGISTERS["fund-entries"], code=used.code, actor=province_clerk,
               reason="错", now=timezone.now())  # fmt: skip
    assert told()[1] == Decimal("100.00")
    assert told(moment)[1] == Decimal("60.00")


@pytest.mark.parametrize(
    ("read", "most"),
    [(support_totals, 3), (fund_balance_on, 2), (reguarantee_on, 3)],
)
def test_totals_cost_the_same_however_many_there_are(
    applied, other_agency, moved, contributed, django_assert_max_num_queries, read, most
) -> None:
    for each in ({}, {"institution": other_agency}, {"year": 2012}):
        applied("10", **each)
    moved("source", "province", "2012-03-01", "100")
    contributed("市财政局", "2012-03-01", "20000", "10000")
    with django_assert_max_num_queries(most):
        read(as_of=day("2012-12-31"))


# Whose it is


def test_a_prefecture_keeps_what_is_its_own_only(
    record, fund, agency, other_agency, programme, shaoguan_clerk, guangzhou, pilot
) -> None:
    common = {"programme": programme, "year": 2011, "applied_on": "2012-06-10"}
    record("support-applications", actor=shaoguan_clerk, institution=agency, **common)
    with pytest.raises(PermissionRefused):
        record("support-applications", actor=shaoguan_clerk, institution=other_agency, **common)
    with pytest.raises(PermissionRefused):
        record("fund-entries", actor=shaoguan_clerk, fund=fund, direction="source",
               kind="province", happened_on="2012-03-01", paid=Decimal(1))  # fmt: skip
    other = UserFactory(username="guangzhou", role="prefecture_staff", prefecture=guangzhou)
    with pytest.raises(PermissionRefused):
        record("insurance-pilots", actor=other, entry=pilot, name="改名")
    with pytest.raises(PermissionRefused):
        record("support-programmes", actor=shaoguan_clerk, name="省级", level="province",
               valid_from="2012-01-01")  # fmt: skip


def test_an_agencys_people_see_their_own_support_and_nothing_of_the_offices(
    applied, record, agency, other_agency, fund, pilot, client_of
) -> None:
    mine, theirs = applied("60"), applied("10", institution=other_agency)
    paid = record("support-payments", application=theirs, paid_on="2012-09-01",
                  amount=Decimal("1"))  # fmt: skip
    own = record("support-payments", application=mine, paid_on="2012-09-01", amount=Decimal("2"))
    client = client_of(UserFactory(username="of-agency", role="preparer", institution=agency))
    assert client.get(f"/support-applications/{mine.code}/").status_code == 200
    assert client.get(f"/support-applications/{theirs.code}/").status_code == 404
    assert client.get(f"/support-payments/{own.code}/").status_code == 200
    assert client.get(f"/support-payments/{paid.code}/").status_code == 404
    for address in ("/guarantee-funds/GF01/", "/insurance-pilots/IP01/"):
        assert client.get(address).status_code == 404
    assert client.get("/support-applications/new/").status_code == 403
