"""What platforms and events brought: as of the day, and what is odd about it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from finance.queries.platforms import event_rows, platform_rows
from tests.microloan_registry.conftest import day


@pytest.mark.parametrize(
    ("on", "year", "span", "amount"),
    [
        ("2012-06-29", None, None, None),
        ("2012-06-30", 2012, "H1", "5000"),
        ("2012-12-30", 2012, "H1", "5000"),
        ("2012-12-31", 2012, "Y", "11000"),
        ("2013-06-30", 2013, "H1", "7000"),
    ],
)
def test_a_platforms_last_result_is_that_of_the_day(
    on, year, span, amount, result, province_clerk
) -> None:
    known = ((2012, "H1", "5000"), (2012, "H2", "6000"), (2012, "Y", "11000"), (2013, "H1", "7000"))
    for number, each in enumerate(known):
        result(f"PR{number}", *each)
    row = platform_rows(user=province_clerk, as_of=day(on)).get()
    assert (row.last_year, row.last_span) == (year, span)
    assert row.last_amount == (amount and Decimal(amount))


def test_a_year_that_is_not_the_sum_of_its_halves_is_odd(result, client) -> None:
    result("PR1", 2012, "H1", "5000")
    result("PR2", 2012, "H2", "6000")
    whole = result("PR3", 2012, "Y", "11001")
    address = reverse("finance:platform-results-record", args=["PR3"])
    assert "合计 11000.00" in client.get(address).content.decode()
    whole.amount = Decimal(11000)
    whole.save()
    assert "两者不符" not in client.get(address).content.decode()


def test_signed_and_drawn_stand_side_by_side(event, drawn, client, province_clerk) -> None:
    address = reverse("finance:financing-events-record", args=["FE01"])
    assert "尚未登记到位情况" in client.get(address).content.decode()
    drawn("ED01", "2012-09-30", "18000", enterprises=20)
    drawn("ED02", "2012-12-31", "30000", enterprises=31)
    page = client.get(address, {"as_of": "2012-10-31"}).content.decode()
    assert all(word in page for word in ("42,000.00", "18,000.00", "42.86%", "24,000.00"))
    assert "30,000.00" not in page
    assert "/event-drawings/new/?event=FE01" in page
    now = event_rows(user=province_clerk, as_of=day("2012-12-31")).get()
    assert (now.drawn, now.drawn_enterprises, now.drawn_as_of) == (
        Decimal(30000), 31, day("2012-12-31"),
    )  # fmt: skip
    assert event_rows(user=province_clerk, as_of=day("2012-06-14")).get().state == "planned"


def test_an_event_without_a_sum_has_no_rate(event, drawn, client) -> None:
    event.amount_signed = None
    event.save()
    drawn("ED01", "2012-09-30", "18000")
    page = client.get(reverse("finance:financing-events-record", args=["FE01"])).content.decode()
    assert "18,000.00" in page
    assert "%" not in page.split('id="signed-and-drawn"')[1].split("</section>")[0]


def test_drawn_beyond_signed_and_falling_sums_are_odd(event, drawn, client) -> None:
    drawn("ED01", "2012-09-30", "43000", enterprises=36)
    address = reverse("finance:financing-events-record", args=["FE01"])
    text = client.get(address).content.decode()
    assert "多于签约 42000.00 万元" in text
    assert "到位企业 36 户多于签约企业 35 户" in text
    drawn("ED02", "2012-12-31", "30000")
    assert "应为累计数" in client.get(address).content.decode()
