"""An institution's own page and cockpit say how far it is from each limit."""

import re

import pytest
from django.urls import reverse

from core.models.users import Role
from reports.watch.compute import headroom_of
from tests.factories import UserFactory
from tests.item_reports.conftest import day, figures

JUNE = day("2012-07-31")


@pytest.fixture
def company(watched):
    return watched["ML01"]


def panel_of(page: str) -> str:
    found = re.search(r'<section class="panel" id="headroom">.*?</section>', page, re.S)
    return found.group() if found else ""


def test_each_limit_is_judged_as_on_the_watch_list(company) -> None:
    listed = {
        each["rule"]: (each["value"], each["room"], each["standing"], each["share_change"])
        for each in figures("watch-list", show="all")["watched"]
        if each["institution"] == company.code
    }
    own = headroom_of(company, as_of=JUNE)
    assert len(own) == len(listed) > 4
    assert own[0].judgement.standing.value == "broken"
    for each in own:
        value, room, standing, change = listed[each.judgement.limit.code]
        assert each.judgement.standing.value == standing
        assert (None if each.change is None else str(each.change)) == change
        assert (str(each.judgement.shown), str(each.judgement.room_shown)) == (value, room)


def test_its_people_and_the_office_read_it_and_others_do_not(
    company, client_of, province_clerk
) -> None:
    own = UserFactory(username="own", role=Role.PREPARER, institution=company)
    page = reverse("core:institution", args=[company.code]) + "?as_of=2012-07-31"
    for reader in (own, province_clerk):
        panel = panel_of(client_of(reader).get(page).content.decode())
        assert "突破" in panel
        assert "银监发〔2008〕23号" in panel
        assert re.search(r"[\d,.]+ / [\d,.]+", panel)  # numerator and denominator
    assert panel_of(client_of(own).get("/").content.decode())
    before = reverse("core:institution", args=[company.code]) + "?as_of=2012-01-31"
    assert not panel_of(client_of(own).get(before).content.decode())


def test_what_is_not_watched_has_no_panel(bank) -> None:
    assert headroom_of(bank, as_of=JUNE) == []


@pytest.mark.parametrize(("code", "queries"), [("ML01", 6), ("GA02", 6)])
def test_the_number_of_queries_is_constant(
    watched, django_assert_num_queries, code: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        headroom_of(watched[code], as_of=JUNE)
