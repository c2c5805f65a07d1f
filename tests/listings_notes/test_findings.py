"""What the dated rules say of a registered note, and by which day they judge."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import RuleParameter
from listings.queries.notes import notes_on
from tests.listings_notes.conftest import day


def findings(when: str = "2012-12-31", place: int = 0):
    return notes_on(as_of=day(when))[place].findings


def codes(when: str = "2012-12-31", place: int = 0) -> list[str]:
    return [each.code for each in findings(when, place)]


def test_a_sound_note_has_no_findings(rules, issued) -> None:
    issued()
    assert findings() == ()


def test_the_third_issuer_over_forty_percent_is_flagged(rules, noted, enterprise) -> None:
    names = [enterprise(each).code for each in "甲乙丙"]
    noted(
        ("5000", "4000", "3000"),
        issuers=[
            {"enterprise": names[0], "net_assets": "20000", "existing_debt": "0"},
            {"enterprise": names[1], "net_assets": "10000", "existing_debt": "0"},
            {"enterprise": names[2], "net_assets": "10000", "existing_debt": "1200"},
        ],
    )
    (found,) = findings()
    assert found.code == "note.net-assets-share-max"
    assert found.issuer == "演示丙股份有限公司"
    assert "中小非金融企业集合票据业务指引" in found.source
    assert found.limit.zh == "≤ 40.00%"
    assert "1,200.00 + 本期 3,000.00 = 4,200.00 万元）÷ 净资产 10,000.00 万元 = 42.00%" in (
        found.value.zh
    )


def test_what_stands_on_other_notes_counts_without_being_declared(
    rules, issued, noted, happened, enterprise
) -> None:
    pair = [{"enterprise": enterprise(each).code, "net_assets": "20000"} for each in "甲乙"]
    first = issued(("5000", "5000"), issuers=pair)
    noted(("3000.01", "3000"), issuers=pair, number=2)
    assert codes(place=1) == ["note.net-assets-share-max"]  # 8,000.01 of 20,000
    happened(first, "repaid", "2015-06-20", principal="10000")
    assert codes("2015-06-20", place=1) == []
    assert codes("2015-06-20") == []  # the first is judged by its own day, before the second


def test_debt_that_was_declared_too_low_is_found(rules, issued, noted, enterprise) -> None:
    pair = [{"enterprise": enterprise(each).code, "net_assets": "100000"} for each in "甲乙"]
    issued(("5000", "5000"), issuers=pair)
    less = [{**pair[0], "existing_debt": "4999.99"}, {**pair[1], "existing_debt": "5000"}]
    noted(("100", "100"), issuers=less, number=2)
    (found,) = findings(place=1)
    assert found.code == "note.existing-debt-understated"
    assert "4,999.99" in found.message.zh
    assert "5,000.00" in found.message.zh


def test_roles_are_asked_for_once_the_note_is_filed(rules, noted, happened) -> None:
    note = noted(("5000", "4000"), roles=[])
    assert codes() == []
    happened(note, "filed", "2012-04-10")
    assert codes() == ["note.underwriters-min", "note.enhancers-min", "note.raters-min"]


def test_one_registration_serves_one_issue(rules, issued) -> None:
    issued(("5000", "4000"), number="中市协注〔2012〕SMECN1号")
    issued(("5000", "4000"), number="中市协注〔2012〕SMECN1号", on="2012-07-01")
    assert codes(place=1) == ["note.issues-per-registration-max"]
    assert "2 次" in findings(place=1)[0].message.zh


def test_an_issue_long_after_its_registration_is_found(rules, issued) -> None:
    issued(("5000", "4000"), on="2012-07-11")
    (found,) = findings()
    assert found.code == "note.issue-within-months"
    assert "2012-07-10" in found.message.zh


def test_another_product_is_not_judged_as_a_note(rules, noted) -> None:
    noted(("500000",), kind="collective_bond", roles=[])
    assert codes() == []


def test_a_note_is_judged_by_the_rules_of_its_registration(rules, issued) -> None:
    old = RuleParameter.objects.get(code="note.net-assets-share-max")
    old.valid_to = day("2012-12-31")
    old.save()
    later = RuleParameter.objects.get(pk=old.pk)
    later.pk, later.value = None, Decimal(1)
    later.valid_from, later.valid_to = day("2013-01-01"), None
    later._state.adding = True
    later.save()
    issued(("5000", "4000"))
    assert codes("2014-12-31") == []


@pytest.mark.parametrize("judge", [True, False])
def test_reading_notes_costs_the_same_however_many(rules, issued, judge) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            notes_on(as_of=day("2012-12-31"), judge=judge)
        return len(queries)

    issued(("5000", "4000"))
    assert cost() == (8 if judge else 6)
    for number in range(2, 5):
        issued(("5000", "4000"), number=f"中市协注〔2012〕SMECN{number}号")
    assert cost() == (8 if judge else 6)
