"""The cockpit calls to mind what is overdue and what falls due."""

import pytest

from listings.queries import green_channel
from reports.queries.cases import case_work
from tests.listings_green_channel.conftest import day

ON = day("2012-05-15")


@pytest.fixture
def cases(opened, act, tax_office, other_enterprise):
    late, soon, later = opened(), opened("2012-05-10"), opened("2012-05-14")
    act(opened(), "wait", "2012-05-08")
    theirs = opened(department=tax_office, enterprise=other_enterprise)
    return late, soon, later, theirs


def test_a_department_is_reminded_of_its_own(cases, land_clerk, tax_clerk, preparer) -> None:
    late, soon, _later, theirs = cases
    found = case_work(user=land_clerk, today=ON)
    assert (found.cases, found.overdue, found.soon) == ((late, soon), 1, 1)
    assert case_work(user=tax_clerk, today=ON).cases == (theirs,)
    assert case_work(user=preparer, today=ON) is None


def test_the_office_is_reminded_of_its_scope(cases, province_clerk, shaoguan_clerk) -> None:
    late, soon, _later, theirs = cases
    assert case_work(user=province_clerk, today=ON).cases == (late, theirs, soon)
    assert case_work(user=shaoguan_clerk, today=ON).cases == (late, soon)


def test_how_soon_is_the_rules(cases, land_clerk, monkeypatch) -> None:
    monkeypatch.setattr(green_channel, "rule_value", lambda *args, **kwargs: None)
    assert case_work(user=land_clerk, today=ON).soon == 1


@pytest.mark.parametrize("who", ["land_clerk", "shaoguan_clerk"])
def test_the_first_page_lists_them(cases, client_of, who, request) -> None:
    page = client_of(request.getfixturevalue(who)).get("/").content.decode()
    late, _soon, _later, theirs = cases
    assert f"/green-channel-cases/{late.code}/" in page
    assert theirs.code not in page
    assert "已逾期" in page


def test_the_first_page_takes_three_queries_for_them(
    cases, land_clerk, django_assert_num_queries
) -> None:
    with django_assert_num_queries(3):
        case_work(user=land_clerk, today=ON)
