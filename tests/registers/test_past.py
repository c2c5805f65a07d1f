"""Records as they were: read by their own key, once each, whatever was changed since."""

import datetime

import pytest
from django.apps import apps
from django.utils import timezone

from core.models import Department
from core.models.history import PastQuerySet
from core.operations.records import save_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(province_clerk) -> list[Department]:
    """Three departments; the first was renamed since, so changes and records count apart."""
    made = [
        save_record(Department(code=f"PAST-{number}", name=f"某厅{number}"), actor=province_clerk)
        for number in (1, 2, 3)
    ]
    made[0].name = "某厅一"
    save_record(made[0], actor=province_clerk, expected_version=1)
    made.append(save_record(Department(code="PAST-4", name="某厅4"), actor=province_clerk))
    return made


def test_keys_are_the_records_keys(renamed) -> None:
    then = Department.history.as_of(timezone.now())
    for each in renamed:
        assert then.filter(pk__in=[each.pk]).get().code == each.code
        assert then.filter(pk=each.pk).get().code == each.code
    others = then.exclude(pk__in=[renamed[0].pk])
    assert [each.code for each in others.order_by("pk")] == ["PAST-2", "PAST-3", "PAST-4"]


def test_order_is_the_order_of_records(renamed) -> None:
    then = Department.history.as_of(timezone.now())
    codes = ["PAST-1", "PAST-2", "PAST-3", "PAST-4"]
    assert [each.code for each in then.order_by("pk")] == codes
    assert [each.code for each in then.order_by("-pk")] == codes[::-1]


def test_two_changes_at_one_instant_leave_the_later(renamed) -> None:
    instant = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
    record = renamed[1]
    for version, name in ((1, "先改"), (2, "后改")):
        record.name = name
        record._history_date = instant
        save_record(record, actor=None, expected_version=version)
    then = Department.history.as_of(instant).filter(pk=record.pk)
    assert [each.name for each in then] == ["后改"]


def test_every_history_reads_so() -> None:
    kept = [model for model in apps.get_models() if hasattr(model, "history")]
    assert len(kept) > 40
    assert [model for model in kept if not isinstance(model.history.all(), PastQuerySet)] == []
