"""Stock and flow of the batches, case by case: what was known, renamed, converted, refused."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from listings.rules.pipeline import median
from reports.registry import compute
from tests.listings_enterprises.conftest import day, moment


def report(user=None, known=None, **asked):
    asked = {"as_of": "2014-12-31", "since": "2012-06-30"} | asked
    return compute("pipeline", asked, user=user, today=day("2015-01-01"),
                   known_at=known and moment(known))  # fmt: skip


def test_what_was_known_then_stays_what_it_was(record, enterprise, void) -> None:
    record(enterprise, "enter", "2012-03-01", "CULTIVATE")
    wrong = record(enterprise, "enter", "2013-05-01", "RESTRUCTURE", now="2013-05-02")
    then = report(as_of="2013-12-31", known="2014-01-15").figures
    void(wrong, now="2014-06-01")
    assert report(as_of="2013-12-31", known="2014-01-15").figures == then
    now = report(as_of="2013-12-31").figures
    assert [each["closing"] for each in now["total"]["stages"]] == [1, 0, 0, 0, 0]
    assert [each["closing"] for each in then["total"]["stages"]] == [0, 1, 0, 0, 0]


def test_renaming_and_inserting_change_no_past_report(record, enterprise, term) -> None:
    record(enterprise, "enter", "2012-03-01", "RESTRUCTURE")
    before = report(as_of="2012-12-31", since="2011-12-31").figures
    term("RESTRUCTURE", "2013-01-01", "股改一批", 20)
    from listings.models import Stage

    Stage(code="PREPARE").save()
    term("PREPARE", "2013-01-01", "拟申报一批", 35)
    assert report(as_of="2012-12-31", since="2011-12-31").figures == before
    after = report(as_of="2013-06-30").figures["stages"]
    names = ["培育（储备）一批", "股改一批", "辅导一批", "拟申报一批", "申报一批", "上市一批"]
    assert [each["name"] for each in after] == names


def test_conversion_and_median_time(record, new_enterprise) -> None:
    ways = [("2013-01-10", "2013-02-09"), ("2013-01-10", "2013-03-11"), ("2013-02-01", None)]
    for number, (tutored, filed) in enumerate(ways):
        each = new_enterprise(f"演示第{number}股份有限公司")
        record(each, "enter", tutored, "TUTOR")
        if filed:
            record(each, "enter", filed, "FILE")
    rows = report(since="2012-12-31", as_of="2013-12-31").figures["passages"]
    (found,) = [each for each in rows if each["code"] == "TUTOR-FILE"]
    assert found["converted"] == {"numerator": 2, "denominator": 3, "percent": "66.67"}
    assert (found["median_days"], found["shortest_days"], found["longest_days"]) == ("45", 30, 60)
    early = report(since="2012-12-31", as_of="2013-02-28").figures["passages"]
    (found,) = [each for each in early if each["code"] == "TUTOR-FILE"]
    assert found["converted"]["numerator"] == 1  # what came later is not seen


@given(st.lists(st.integers(1, 4000), min_size=1, max_size=40))
def test_the_median_is_the_middle(days) -> None:
    counted = {each: days.count(each) for each in days}
    ordered = sorted(days)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    assert float(median(counted)) == middle


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"since": "2015-01-01"}, "since"), ({"prefecture": "999999"}, "prefecture"),
     ({"by": "colour"}, "by"), ({"colour": "red"}, "")],
)  # fmt: skip
def test_a_wrong_parameter_is_told(db, asked, field) -> None:
    from core.errors import DomainError

    with pytest.raises(DomainError) as refused:
        report(**asked)
    assert list(refused.value.fields) == [field]


def test_empty_is_no_error(client, db, province_clerk) -> None:
    client.force_login(province_clerk)
    for kind in ("", "pdf", "xlsx", "json"):
        assert (
            client.get(reverse("reports:pipeline"), {"format": kind} if kind else {}).status_code
            == 200
        )
