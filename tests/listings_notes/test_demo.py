"""The demonstration's notes and deals: made through the registers' own doors, and telling."""

import datetime

import pytest
from django.utils import timezone

from core.operations.reference import load_territory
from core.queries.expiries import running_out
from listings.queries.notes import notes_on
from reports import registry
from reports.demo.notes import make_notes
from reports.demo.other_finance import make_other_finance
from tests.listings_notes.conftest import day


@pytest.fixture
def made(rules, province_clerk) -> datetime.datetime:
    load_territory()
    now = timezone.now()
    assert make_notes(actor=province_clerk, now=now) == 5
    assert make_other_finance(actor=province_clerk, now=now) == 8
    return now


def test_the_plans_year_is_met_and_a_third_issuer_is_over_the_limit(made) -> None:
    report = registry.compute(
        "collective-notes", {"as_of": "2012-12-31"}, user=None, today=made.date()
    )
    progress = report.figures["progress"]
    assert (progress["issued"], progress["standing"]) == (2, "met")
    (found,) = report.figures["findings"]
    assert found["rule"] == "note.net-assets-share-max"
    assert "42.00%" in found["value"]["zh"]


def test_notes_of_the_past_are_repaid_and_one_has_something_to_pay_soon(made) -> None:
    states = [each.state for each in notes_on(as_of=made.date())]
    assert sorted(states) == ["filed", "outstanding", "repaid", "repaid", "selected"]
    (due,) = [each for each in running_out(as_of=made.date(), within=60)
              if each.register == "collective-notes"]  # fmt: skip
    assert not due.lapsed


def test_deals_of_every_kind_are_summed(made) -> None:
    report = registry.compute(
        "other-finance", {"as_of": "2012-12-31"}, user=None, today=day("2012-12-31")
    )
    assert len(report.figures["kinds"]) == 5
