"""The demonstration is invented, says so, and passes every check that a file must."""

from decimal import Decimal

import pytest
from django.utils import timezone

from core.models import Institution, Period, User
from core.operations.journal import verify
from reports.demo.people import PASSWORD
from reports.models import PublishedReport
from reports.registry import compute
from returns.forms import form
from returns.forms.storing import STORING
from returns.intake.examine import examine
from returns.models import Finding, Return
from tests.demo.conftest import NOW, seeded

pytestmark = pytest.mark.django_db
FORMS = ("sme-loans", "microloan", "guarantee", "guarantee-half-year")


def test_the_demonstration_as_a_whole(demo) -> None:
    assert all(each.name.startswith("演示") for each in Institution.objects.all())
    assert verify() is None
    newest = Period.objects.filter(form="sme-loans").latest("ends_on")
    assert (newest.code, newest.closed_at) == ("2013-02", None)
    for name in (
        "province", "leader", "bank-preparer", "bank-signatory", "village-preparer",
        "microloan-preparer", "microloan-signatory", "guarantee-preparer", "guarantee-signatory",
    ):  # fmt: skip
        assert User.objects.get(username=name).check_password(PASSWORD)


@pytest.mark.parametrize("code", FORMS)
def test_the_summaries_are_what_was_accepted(demo, code) -> None:
    accepted = Return.objects.filter(state="accepted", period__form=code)
    documents = list(accepted.values_list("document_id", "period_id", "institution_id"))
    assert len(documents) > 20
    assert STORING[code].rebuild(documents, True) == []


@pytest.mark.parametrize(
    ("code", "states"),
    [
        ("sme-loans", {"submitted", "accepted", "returned", "draft", "superseded"}),
        ("microloan", {"submitted", "accepted", "returned", "draft"}),
        ("guarantee", {"submitted", "accepted", "returned", "draft"}),
        ("guarantee-half-year", {"submitted", "accepted", "returned"}),
    ],
)
def test_returns_stand_in_every_state(demo, code, states) -> None:
    found = Return.objects.filter(period__form=code)
    assert set(found.values_list("state", flat=True).distinct()) == states


@pytest.mark.parametrize("code", FORMS)
def test_its_files_pass_every_check(demo, code) -> None:
    """Reading an accepted file again, with all that came before it, finds what it found then."""
    newest = Period.objects.filter(form=code).latest("ends_on")
    records = Return.objects.filter(period=newest, state="accepted")
    assert len(records) >= 6
    for record in records.select_related("institution", "period", "document")[:12]:
        found = examine(
            form=form(code),
            data=record.document.read(),
            filename="x.csv" if record.channel == "csv" else "x.json",
            channel=record.channel,
            institution=record.institution,
            period=record.period,
            now=timezone.now(),
        )
        assert found.error_count == 0, [each.check_code for each in found.findings]
        kept = sorted(record.findings.values_list("check_code", flat=True))
        again = {"SY-504", "SY-505"}  # these very bytes are there already
        assert sorted({each.check_code for each in found.findings} - again) == kept


def test_what_was_accepted_was_explained(demo) -> None:
    accepted = Finding.objects.filter(return_record__state="accepted")
    assert not accepted.filter(severity="error").exists()
    assert accepted.filter(severity="warning").exclude(explanation="").exists()
    assert not accepted.filter(explanation="").exists()


def test_made_again_it_changes_nothing(demo) -> None:
    before = Institution.objects.count(), Return.objects.count()
    assert "nothing was changed" in seeded()
    assert (Institution.objects.count(), Return.objects.count()) == before


def test_loan_returns_have_stories(demo) -> None:
    """A warning explained, a draft with slips, a revision, two published reports."""
    loans = Finding.objects.filter(return_record__period__form="sme-loans")
    found = loans.values_list("return_record__state", "severity", "explanation")
    assert sorted((state, severity, bool(text)) for state, severity, text in found) == [
        ("draft", "error", False),
        ("draft", "error", False),
        ("submitted", "warning", True),
    ]
    revised = Return.objects.get(revision=2, period__form="sme-loans")
    before = Return.objects.get(institution=revised.institution, period=revised.period, revision=1)
    assert (before.state, revised.state) == ("superseded", "accepted")
    npl = [Decimal(each.key_figures["npl"]) for each in (before, revised)]
    assert npl[1] > npl[0]
    days = PublishedReport.objects.order_by("as_of").values_list("as_of", flat=True)
    assert [day.year for day in days] == [2012, 2015]


@pytest.mark.parametrize("code", ["microloan", "guarantee"])
def test_one_was_sent_back_once_and_accepted_after_its_correction(demo, code) -> None:
    second = Return.objects.get(revision=2, period__form=code)
    first = Return.objects.get(institution=second.institution, period=second.period, revision=1)
    assert (first.state, second.state) == ("returned", "accepted")
    assert second.revision_reason.startswith("演示")
    draft = Return.objects.get(state="draft", period__form=code)
    assert (draft.channel, draft.error_count > 0) == ("workbook", True)


@pytest.mark.parametrize("word", ["bank", "village", "microloan", "guarantee"])
def test_the_cast_has_its_newest_month_to_file(demo, word) -> None:
    own = User.objects.get(username=f"{word}-preparer").institution
    newest = own.obligations.order_by("-period__ends_on").first().period
    assert newest.closed_at is None
    assert not Return.objects.filter(institution=own, period=newest).exists()
    assert Return.objects.filter(institution=own, state="accepted").count() > 6


def test_reports_have_something_to_say(demo) -> None:
    today = timezone.localdate(NOW)
    coverage = compute("coverage", {}, user=None, today=today).result
    assert 0 < coverage.covered.numerator < 21
    loans = compute("loans", {"period": "2013-01"}, user=None, today=today).result
    assert loans.total.growth.value is not None
    assert loans.goals[0].verdict in ("met", "not_met")
    newest = compute("loans", {"period": "2013-02"}, user=None, today=today).result
    assert newest.completeness.missing
