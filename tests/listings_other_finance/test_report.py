"""The report on other finance: sums by kind, year and prefecture, the same in four forms."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from listings.rules.other_finance import DealOn, sums, sums_by
from reports import registry
from tests.listings_other_finance.conftest import day
from tests.reports.test_renderings import pdf_text


@pytest.fixture
def report():
    def compute(known_at=None, **asked):
        return registry.compute("other-finance", asked, user=None, today=day("2013-12-31"),
                                known_at=known_at)  # fmt: skip

    return compute


@pytest.fixture
def deals(dealt, enterprise, guangzhou) -> None:
    first, second = enterprise("甲"), enterprise("乙", guangzhou)
    dealt("equity-investments", "2012-03-01", "3000", enterprise=first, purpose="innovation")
    dealt("equity-investments", "2012-09-01", "2000.01", enterprise=first, purpose="strategic")
    dealt("project-finances", "2012-05-01", "10000", enterprise=second)
    dealt("property-pledges", "2012-06-01", "800", enterprise=first, purpose="innovation")
    dealt("exchange-deals", "2011-12-31", "500", enterprise=second)
    dealt("securities-services", "2012-06-30", None, served=12)
    dealt("securities-services", "2012-07-30", "700", enterprise=second)


def test_deals_are_summed_by_kind_year_and_prefecture(report, deals) -> None:
    figures = report(as_of="2012-12-31").figures
    kinds = {each["code"]: each for each in figures["kinds"]}
    assert {code: each["amount"] for code, each in kinds.items()} == {
        "equity": "5000.01", "project": "10000.00", "ip_pledge": "800.00", "securities": "700.00",
    }  # fmt: skip
    assert kinds["equity"]["innovation"] == "3000.00"
    assert kinds["equity"]["strategic"] == "2000.01"
    assert figures["this_year"]["deals"] == 6
    assert figures["this_year"]["enterprises"] == 2 + 12  # two named once, twelve counted
    assert figures["whole"]["amount"] == "17000.01"
    assert [each["code"] for each in figures["years"]] == ["2011", "2012"]
    places = {each["code"]: sum(Decimal(kind["amount"]) for kind in each["kinds"])
              for each in figures["places"]}  # fmt: skip
    assert places == {"province": 0, "440100": Decimal(10700), "440200": Decimal("5800.01")}


@pytest.mark.parametrize(
    ("as_of", "amount"),
    [("2011-12-30", "0"), ("2011-12-31", "500.00"), ("2012-03-01", "3000.00"),
     ("2012-09-01", "16500.01")],
)  # fmt: skip
def test_every_past_date_tells_what_held_then(report, deals, as_of, amount) -> None:
    assert Decimal(report(as_of=as_of).figures["this_year"]["amount"]) == Decimal(amount)


def test_kind_and_place_narrow_everything(report, deals) -> None:
    found = report(as_of="2012-12-31", prefecture="440200").figures
    assert found["whole"]["amount"] == "5800.01"
    found = report(as_of="2012-12-31", kind="project").figures
    assert [each["code"] for each in found["kinds"]] == ["project"]
    found = report(as_of="2012-12-31", region="delta").figures
    assert found["this_year"]["amount"] == "10700.00"


def test_page_pdf_workbook_and_interface_agree(
    report, deals, client_of, caller, leader, tmp_path
) -> None:
    figures = report(as_of="2012-12-31").figures
    served = caller(leader, can_write=False).get("/reports/other-finance/", as_of="2012-12-31")
    assert served.json()["figures"] == json.loads(json.dumps(figures))
    client = client_of(leader)
    url = "/reports/other-finance/?as_of=2012-12-31"
    page = client.get(url).content.decode()
    printed = pdf_text(client.get(f"{url}&format=pdf").content, tmp_path)
    book = load_workbook(BytesIO(client.get(f"{url}&format=xlsx").content))
    numbers = {cell for sheet in book for row in sheet.iter_rows(values_only=True)
               for cell in row if isinstance(cell, int | float)}  # fmt: skip
    for each in figures["kinds"]:
        shown = f"{Decimal(each['amount']):,.2f}"
        assert shown in page
        assert shown in printed
        assert float(each["amount"]) in numbers


def test_every_linked_figure_opens_to_its_deals(report, deals, client_of, leader) -> None:
    computed = report(as_of="2012-12-31")
    names = {cell.figure for table in computed.content.tables() for row in table.rows
             for cell in row if getattr(cell, "figure", "")}  # fmt: skip
    names |= {each.figure for each in computed.content.sections[0].figures}
    assert {"deals", "ever", "innovation", "kind:equity", "year:2011", "place:440200",
            "place:province"} <= names  # fmt: skip
    behind = {name: registry.lineage(computed, name, user=leader).evidence for name in names}
    assert [each.document for each in behind["kind:equity"]] == ["EI00001", "EI00002"]
    assert len(behind["deals"]) == 6
    assert len(behind["ever"]) == 7
    assert all(each.url for rows in behind.values() for each in rows)
    client = client_of(leader)
    page = client.get("/reports/other-finance/lineage/?as_of=2012-12-31&figure=kind:equity")
    assert "2,000.01" in page.content.decode()
    wrong = client.get("/reports/other-finance/lineage/?as_of=2012-12-31&figure=nothing")
    assert wrong.status_code == 404


def test_what_was_known_then(report, deals, dealt, enterprise) -> None:
    then = timezone.now()
    before = report(as_of="2012-12-31").figures
    dealt("equity-investments", "2012-04-01", "1", enterprise=enterprise("丙"))
    assert report(as_of="2012-12-31").figures != before
    assert report(as_of="2012-12-31", known_at=then).figures == before


def test_the_report_costs_the_same_however_many_deals(report, deals, dealt, enterprise) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            _ = report(as_of="2012-12-31").content
        return len(queries)

    assert cost() == 6
    for name in "丙丁戊":
        dealt("equity-investments", "2012-04-01", "1", enterprise=enterprise(name))
    assert cost() == 6


@pytest.mark.parametrize("asked", [{"kind": "loan"}, {"year": "x"}, {"colour": "red"}])
def test_wrong_parameters_are_refused(client_of, leader, asked, db) -> None:
    assert client_of(leader).get("/reports/other-finance/", asked).status_code == 422


deal_rows = st.lists(
    st.builds(
        DealOn,
        kind=st.sampled_from(["equity", "project", "securities"]),
        code=st.just("X"),
        on=st.sampled_from([day(f"{year}-06-30") for year in range(2010, 2014)]),
        amount=st.integers(0, 10**8).map(lambda cents: Decimal(cents).scaleb(-2)),
        prefecture=st.sampled_from(["", "440100", "440200"]),
        enterprise=st.sampled_from(["", "E1", "E2"]),
        enterprise_name=st.just(""),
        partner=st.just(""),
        purpose=st.sampled_from(["innovation", "strategic", "other"]),
        served=st.integers(1, 9),
    ),
    max_size=12,
)


@given(deal_rows)
def test_groups_add_up_to_the_whole(rows) -> None:
    whole = sums(rows)
    for key in (lambda each: each.kind, lambda each: each.prefecture, lambda each: each.year):
        groups = sums_by(rows, key).values()
        for name in ("deals", "amount", "innovation", "strategic"):
            assert sum(getattr(each, name) for each in groups) == getattr(whole, name)
    assert whole.innovation + whole.strategic <= whole.amount
