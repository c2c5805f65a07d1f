"""Keyset pages: every row once, in one order, forwards and back, whatever stands in the field."""

import datetime
from itertools import chain

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.lists.keyset import keyset_page, may_be_empty
from core.models import Department, Licence
from listings.models import StageEvent

DAYS = st.lists(
    st.one_of(st.none(), st.dates(datetime.date(2012, 1, 1), datetime.date(2012, 1, 5))),
    max_size=12,
)


class KeysetPages(TestCase):
    @given(days=DAYS, size=st.integers(1, 5), sort=st.sampled_from(["valid_to", "-valid_to"]))
    def test_pages_forwards_and_back_hold_every_row_once(self, days, size, sort) -> None:
        for number, day in enumerate(days):
            Department(code=f"DP{number}", name=f"某厅{number}", valid_to=day).save()
        rows = Department.objects.all()
        pages, cursor = [], None
        while True:
            page = keyset_page(rows, sort=sort, size=size, cursor=cursor)
            pages.append([each.pk for each in page.rows])
            cursor = page.next
            if cursor is None:
                break
        seen = [each.valid_to for key in chain(*pages) for each in rows.filter(pk=key)]
        told = [each for each in seen if each is not None]
        assert told == sorted(told, reverse=sort.startswith("-"))
        assert seen[len(told) :] == [None] * (len(days) - len(told))
        back = [pages[-1]]
        while page.previous is not None:
            page = keyset_page(rows, sort=sort, size=size, cursor=page.previous)
            back.insert(0, [each.pk for each in page.rows])
        assert list(chain(*back)) == list(chain(*pages))
        assert len(set(chain(*pages))) == len(days)


@pytest.mark.parametrize(
    ("model", "path", "empty"),
    [
        (Department, "name", False),
        (Department, "valid_to", True),
        (StageEvent, "happened_on", False),
        (StageEvent, "enterprise__prefecture__code", False),
        (StageEvent, "stage__code", True),
        (Licence, "pk", False),
        (Licence, "something_computed", True),
    ],
)
def test_a_field_may_be_empty_where_one_hop_may(model, path, empty) -> None:
    assert may_be_empty(model.objects.all(), path) is empty


@pytest.mark.django_db
def test_a_page_follows_the_index_of_its_field(django_assert_num_queries) -> None:
    """The order of a list of events is the order of its index: nothing is sorted first."""
    with django_assert_num_queries(1) as asked:
        keyset_page(StageEvent.objects.all(), sort="-happened_on", size=50, cursor=None)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        assert "USING INDEX" in plan
        assert "TEMP B-TREE" not in plan
