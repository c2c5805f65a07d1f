"""The plan of 2012 stands as it was printed: measures, items, numbers, dates, departments."""

import json

import pytest

from plan.models import Measure, MeasureItem, Milestone, Plan, Target, Unit
from plan.operations.reference import FILE, load_plan

GIVEN = json.loads(FILE.read_text())


def test_all_measures_items_targets_and_dates_stand(plan) -> None:
    assert [each.number for each in Measure.objects.order_by("number")] == list(range(1, 9))
    assert [each.key for each in MeasureItem.objects.order_by("key")] == [
        f"F{number:02d}" for number in range(1, 18)
    ]
    numbered = Target.objects.exclude(comparator="none").values_list("key", flat=True)
    printed = {f"T{number:02d}" for number in range(1, 21)} - {"T02"}
    assert set(numbered) == printed | {"T02a", "T02b", "T22a", "T22b", "T22c"}
    assert Milestone.objects.count() == 12
    assert Unit.objects.count() == 21 + 10


def test_the_document_number_is_left_open(plan) -> None:
    assert plan.document_number == ""
    assert plan.issued_on.isoformat() == "2012-04-28"
    assert plan.lead.name == "省经济和信息化委"


@pytest.mark.parametrize(
    ("key", "comparator", "lower", "upper", "words"),
    [
        ("T04", "gt", 2000, None, "超过2000家"),
        ("T08", "ge", 300, None, "300多个"),
        ("T12", "about", 20, None, "约20家"),
        ("T16", "ge", 8, None, "不少于8场"),
        ("T17", "eq", 21, None, "争取在未来三年内实现全省地级以上市全覆盖"),
        ("T18", "range", 2, 3, "2-3期"),
    ],
)
def test_a_number_prints_as_it_was_written(target, key, comparator, lower, upper, words) -> None:
    found = target(key)
    assert (found.comparator, found.lower, found.upper) == (comparator, lower, upper)
    assert found.words == words


def test_every_item_and_number_is_in_the_words_of_its_measure(plan) -> None:
    for item in MeasureItem.objects.select_related("measure"):
        assert item.words in item.measure.words
    schedule = {"T22a", "T22b", "T22c"}  # they stand in the plan's third part
    for each in Target.objects.select_related("measure").exclude(key__in=schedule):
        assert each.words in each.measure.words, each.key


def test_finance_is_led_by_the_finance_office_alone(plan) -> None:
    leads = {
        each.number: [row.department.name for row in each.departments.filter(answering="lead")]
        for each in Measure.objects.all()
    }
    assert leads[7] == ["省金融办"]
    assert all("省经济和信息化委" in names for number, names in leads.items() if number != 7)


def test_loading_again_changes_nothing(plan) -> None:
    plan.document_number = "粤府办〔2012〕36号"
    plan.save()
    assert load_plan() == 0
    assert Plan.objects.get().document_number == "粤府办〔2012〕36号"
