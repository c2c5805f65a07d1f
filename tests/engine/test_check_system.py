"""Checks against the registries and the other returns."""

import datetime
from typing import Any

import pytest

from core.models import Institution, Period
from core.models.facts import Fact
from returns.checking.context import Sending
from returns.checking.load import load_context
from tests.engine.around import FORM, context, examined, told
from tests.engine.conftest import NOW
from tests.engine.figures import line, total


def test_an_institution_that_is_not_open() -> None:
    found = examined(around=context(licensed=False))
    assert told(found) == [("SY-501", None, "")]
    assert found.error_count == 1


def test_a_prefecture_without_an_outlet_is_told_once() -> None:
    lines = [line(), line("440200"), line("440200", size="L")]
    found = examined(lines, [total(), total("440200", "200")])
    assert told(found) == [("SY-502", 2, "prefecture")]
    assert found.findings[0].parameters == {"lines": "2"}
    assert found.findings[0].value == "440200"


def test_a_village_bank_stays_home() -> None:
    around = context(institution_kind="village_bank")
    found = examined([line(), line("440300")], [total(), total("440300")], around=around)
    assert told(found) == [("SY-503", 2, "prefecture")]
    assert found.error_count == 1


@pytest.mark.parametrize(("same", "code", "errors"), [(False, "SY-504", 1), (True, "SY-505", 0)])
def test_the_same_file_again(same: bool, code: str, errors: int) -> None:
    sending = Sending("珠江城市银行", "2012年5月", same_return=same, revision=1)
    found = examined(around=context(sendings=(sending,)))
    assert [each.check_code for each in found.findings] == [code]
    assert found.error_count == errors


@pytest.fixture
def happened(bank: Institution, preparer: Any) -> Any:
    def make(kind: str, day: str, **more: Any) -> None:
        Fact.objects.create(
            institution=bank, kind=kind, happened_on=datetime.date.fromisoformat(day),
            recorded_at=NOW - datetime.timedelta(days=1), recorded_by=preparer, **more,
        )  # fmt: skip

    return make


def test_standing_comes_from_dated_facts(
    bank: Institution, june: Period, happened: Any, prefectures: dict[str, Any]
) -> None:
    def around() -> Any:
        return load_context(form=FORM, institution=bank, period=june, now=NOW)

    assert around().licensed  # the registry knows nothing: banks were there before it
    happened("opened", "2010-01-01")
    happened("branch_opened", "2011-01-01", subject="韶关分行", prefecture=prefectures["440200"])
    happened("branch_opened", "2011-01-01", subject="河源分行", prefecture=prefectures["441600"])
    happened("branch_closed", "2012-05-01", subject="河源分行")
    assert around().licensed
    assert around().active_prefectures == {"440100", "440200"}
    happened("exited", "2012-07-01")
    assert around().licensed  # it was still there on the 30th of June
    happened("suspended", "2012-06-30")
    assert not around().licensed


def test_a_rule_counts_from_its_first_day(bank: Institution, month: Any) -> None:
    ceilings = [
        load_context(form=FORM, institution=bank, period=month(*when), now=NOW).rule(
            "sme-loans.rate-max"
        )
        for when in ((2020, 7), (2020, 8))
    ]
    assert [str(each.normalize()) for each in ceilings if each] == ["26.24", "15.4"]
