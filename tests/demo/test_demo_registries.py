"""The demonstration's registries: nothing an operation would refuse, and stories to be found."""

import datetime
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from core.fact_kinds import FACT_FORMS, columns_of
from core.models import Fact, Institution, User
from core.models.entries import Entry
from core.operations.facts import OPTIONAL
from core.queries.delegations import authority_remarks, decisions_of_prefectures
from core.queries.expiries import running_out
from core.registers.catalogue import DETAILS, REGISTERS
from finance.models import MicroloanCompany
from guarantees.models import CaseLine, CompensationCase, InsurancePilot
from guarantees.queries.agencies import guarantee_agencies_on
from guarantees.queries.pilots import pilot_on
from listings.models import StageSpan
from plan.operations.progress_reports import OPEN
from reports.demo.keeping import Desk
from reports.demo.registries import make_registries
from reports.queries.work import work
from reports.registry import compute
from tests.demo.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
SUPPORTERS = ("guarantee_agency", "reguarantee_company", "insurer", "rating_agency")
# offices and reference data go by their real names, a note by its place and year
REAL = ("departments", "stages", "stage-terms", "evidence-requirements", "collective-notes",
        "plan-units")  # fmt: skip
NAMED = ("name", "borrower", "person", "contributor", "evaluator", "rating_agency_name")


@pytest.fixture
def clerk(demo) -> User:
    return User.objects.get(username="province")


@pytest.mark.parametrize("key", sorted(REGISTERS))
def test_nothing_is_kept_that_its_operation_would_refuse(clerk, key) -> None:
    register = REGISTERS[key]
    entries = list(register.model.objects.all())
    assert entries, f"the demonstration shows no {key}"
    for entry in entries:
        closed = key == "progress-reports" and entry.state not in OPEN
        if register.check and not (register.fixed or closed):  # of those only new ones are judged
            assert not register.check(entry), entry
        if register.saved is not None:
            register.saved(entry, actor=clerk, now=NOW)
        for name in NAMED:
            said = getattr(entry, name, "")
            assert not said or said.startswith("演示") or key in REAL, said
        kept = list(entry.history.order_by("history_id"))
        versions = 1 + (key == "compensation-cases" and bool(entry.terms))
        assert len(kept) == (entry.version if register.app in ("listings", "plan") else versions)
        last = {each.attname: getattr(kept[-1], each.attname) for each in entry._meta.fields}
        assert last == {name: getattr(entry, name) for name in last}
    entries[0].full_clean()


@pytest.mark.parametrize("key", sorted(DETAILS))
def test_every_institution_has_its_detail(demo, key) -> None:
    detail = DETAILS[key]
    institutions = Institution.objects.filter(kind=detail.kind)
    assert institutions.count() == detail.model.objects.count() > 0
    for each in detail.model.objects.select_related("institution"):
        assert not (detail.check and detail.check(each)), each


def test_facts_have_the_columns_of_their_kind(demo) -> None:
    """And what village banks' steps carry beside: the place in which they are wanted."""
    for fact in Fact.objects.select_related("institution").exclude(
        institution__kind="village_bank"
    ):
        form, uses = FACT_FORMS[fact.kind], columns_of(fact.kind, fact.institution.kind)
        filled = {name for name in OPTIONAL if getattr(fact, name) not in (None, "")}
        assert filled <= set(uses), (fact.institution, fact.kind, filled - set(uses))
        assert set(form.needs) <= filled
        assert fact.happened_on <= TODAY


def test_the_watch_list_shows_broken_near_and_free(demo) -> None:
    found = compute("watch-list", {"show": "all"}, user=None, today=TODAY).result
    for kind in ("microloan_company", "guarantee_agency"):
        own = [each for each in found.watched if each.institution.kind == kind]
        standings = Counter(each.judgement.standing.value for each in own)
        assert standings["broken"] >= 3
        assert standings["near"] >= 3
        assert standings["free"] > 5 * (standings["broken"] + standings["near"])
        assert any(each.before is not None for each in own)


def test_what_is_known_at_the_moment_of_seeding_is_all_there_is(demo) -> None:
    """Else a page would show one figure, and its publication another."""
    for day in (datetime.date(2012, 6, 30), TODAY):
        known = StageSpan.objects.on(day, NOW).count()
        assert known == StageSpan.objects.on(day).count() > 0
    seen, published = (
        compute("pipeline", {}, user=None, today=TODAY, known_at=known_at).result
        for known_at in (None, NOW)
    )
    assert seen == published


def test_cities_decided_in_time_late_and_without_a_delegation(clerk) -> None:
    decisions = list(decisions_of_prefectures(user=clerk, as_of=TODAY))
    remarks = authority_remarks(decisions=decisions, as_of=TODAY)
    codes = sorted(
        "/".join(remark.code for remark in remarks[each.pk]) or "fine" for each in decisions
    )
    assert codes == [
        "delegation.filed-late", "delegation.none", "delegation.not-filed",
        "delegation.not-in-force", "fine",
    ]  # fmt: skip


def test_a_rating_has_lapsed_and_calendar_and_cockpit_say_so(clerk) -> None:
    running = running_out(as_of=TODAY, within=30, registers=("credit-ratings",))
    assert any(each.lapsed for each in running)
    assert any(0 <= each.days <= 30 for each in running)
    assert work(user=clerk, today=TODAY).lapsed_count >= 2
    agencies = guarantee_agencies_on(user=clerk, as_of=TODAY)
    states = Counter(each.rating_state for each in agencies if each.state == "open")
    assert {"current", "expiring", "lapsed", "missing"} == set(states)
    assert {"up", "down"} <= {each.rating_moved for each in agencies}


def test_the_example_splits_and_returns_to_the_cent(demo) -> None:
    case = CompensationCase.objects.get(guaranteed_amount=Decimal("1234567.89"))
    assert "示例" in case.note
    assert [each["share"] for each in case.terms["participants"]] == [
        "40.00", "30.00", "20.00", "10.00",
    ]  # fmt: skip
    for movement in case.movements.all():
        assert sum(each.amount for each in movement.lines.all()) == movement.amount
    paid = CaseLine.objects.filter(movement__case=case, movement__kind="compensation")
    assert [str(each.amount) for each in paid] == [
        "493827.15", "370370.37", "246913.58", "123456.79",
    ]  # fmt: skip
    kinds = Counter(case.movements.values_list("kind", flat=True))
    assert kinds == {"compensation": 1, "recovery": 3, "write_off": 1}


def test_a_company_became_a_village_bank_and_one_left(demo) -> None:
    converted = MicroloanCompany.objects.get(converted_into__isnull=False)
    assert converted.converted_into.prefecture == converted.institution.prefecture
    exits = Fact.objects.filter(kind="exited", institution__kind="microloan_company")
    assert set(exits.values_list("reason", flat=True)) == {"converted", "dissolved"}


def test_a_pilot_is_past_its_own_line(demo) -> None:
    states = Counter(
        pilot_on(each, as_of=TODAY).judgement.state.value for each in InsurancePilot.objects.all()
    )
    assert states["stopped"] == 1
    assert states["running"] >= 1


def test_the_same_seed_makes_the_same_registries(demo) -> None:
    """Made anew from the same banks, with new codes, every record says the same."""
    clerk = User.objects.get(username="province")
    found = [_anew(clerk) for _turn in range(2)]
    assert found[0] == found[1]
    assert len(found[0]) > 900


def _anew(clerk: User) -> list[Any]:
    """What a second making keeps where the first was voided; taken back afterwards."""
    since = NOW - datetime.timedelta(days=500)
    with transaction.atomic():
        others = ("microloan_company", *SUPPORTERS)
        for each in Institution.objects.filter(kind__in=others):
            found = Institution._base_manager.filter(pk=each.pk)
            found.update(code=each.code.replace("DEMO", "OLD"))
        for register in REGISTERS.values():
            register.model._base_manager.update(voided_at=NOW, void_reason="again")
        last = Institution.objects.latest("pk").pk
        make_registries(Desk(clerk, NOW, 7, since=since))
        told = [(each.code, each.name) for each in Institution.objects.filter(pk__gt=last)]
        for register in REGISTERS.values():
            told += [_said(each) for each in register.model.objects.standing().order_by("pk")]
        transaction.set_rollback(True)
    return told


def _said(entry: Entry) -> list[str]:
    """An entry's own fields, but for keys and what counts on."""
    left_out = {"id", "created_at", "updated_at", "code", "terms"}
    return [
        str(getattr(entry, each.attname))
        for each in entry._meta.concrete_fields
        if each.name not in left_out and not each.is_relation
    ]
