"""The demonstration is invented, says so, and passes every check that a bank's file must."""

import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from core.models import Institution, Period, User
from core.operations.journal import verify
from core.operations.reference import load_calendar, load_rules, load_territory
from finance.operations.loans import rebuild_summaries
from finance.operations.reference import load_goals
from reports.demo.seed import PASSWORD, seed
from reports.models import PublishedReport
from reports.registry import compute
from returns.forms import form
from returns.intake.examine import examine
from returns.models import Finding, Return

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2013, 3, 20, 2, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """Make the demonstration once for all tests here; yield where its files are."""
    folder = tmp_path_factory.mktemp("demo")
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    own = override_settings(MEDIA_ROOT=folder, **quick)
    with django_db_blocker.unblock(), transaction.atomic(), own:
        load_territory()
        load_rules()
        load_goals()
        load_calendar(last_year=2013)
        seed(seed=7, banks=11, months=14, now=NOW, progress=lambda done, total: None)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(made, db, settings) -> None:
    settings.MEDIA_ROOT = made


def test_the_demonstration_as_a_whole(demo, client) -> None:
    assert all(each.name.startswith("演示") for each in Institution.objects.all())
    assert verify() is None
    accepted = Return.objects.filter(state="accepted")
    documents = accepted.values_list("document_id", "period_id", "institution_id")
    assert rebuild_summaries(accepted=list(documents), verify=True) == []
    assert {"submitted", "accepted", "returned", "draft", "superseded"} == set(
        Return.objects.values_list("state", flat=True).distinct()
    )
    assert_it_has_stories()
    again = seed(seed=7, banks=11, months=14, now=NOW, progress=lambda done, total: None)
    assert "nothing was changed" in again
    for name in ("province", "leader", "bank-preparer", "bank-signatory", "village-preparer"):
        assert User.objects.get(username=name).check_password(PASSWORD)
    newest = Period.objects.latest("ends_on")
    assert (newest.code, newest.closed_at) == ("2013-02", None)


def test_its_files_pass_every_check(demo) -> None:
    """Reading an accepted file again, with all that came before it, finds no error."""
    newest = Period.objects.latest("ends_on")
    for record in Return.objects.filter(period=newest, state="accepted")[:6]:
        found = examine(
            form=form("sme-loans"),
            data=record.document.read(),
            filename="x.csv",
            channel="csv",
            institution=record.institution,
            period=record.period,
            now=timezone.now(),
        )
        assert found.error_count == 0, [each.check_code for each in found.findings]


def test_reports_have_something_to_say(demo) -> None:
    today = timezone.localdate(NOW)
    coverage = compute("coverage", {}, user=None, today=today).result
    assert 0 < coverage.covered.numerator < 21
    loans = compute("loans", {"period": "2013-01"}, user=None, today=today).result
    assert loans.total.growth.value is not None
    assert loans.goals[0].verdict in ("met", "not_met")
    newest = compute("loans", {"period": "2013-02"}, user=None, today=today).result
    assert newest.completeness.missing


def assert_it_has_stories() -> None:
    """A warning explained, a draft with slips, a revision, two published reports."""
    found = Finding.objects.values_list("return_record__state", "severity", "explanation")
    assert sorted((state, severity, bool(text)) for state, severity, text in found) == [
        ("draft", "error", False),
        ("draft", "error", False),
        ("submitted", "warning", True),
    ]
    revised = Return.objects.get(revision=2)
    before = Return.objects.get(institution=revised.institution, period=revised.period, revision=1)
    assert (before.state, revised.state) == ("superseded", "accepted")
    npl = [Decimal(each.key_figures["npl"]) for each in (before, revised)]
    assert npl[1] > npl[0]
    days = PublishedReport.objects.order_by("as_of").values_list("as_of", flat=True)
    assert [day.year for day in days] == [2012, 2015]
