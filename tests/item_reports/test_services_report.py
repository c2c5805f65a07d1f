"""What serves small firms and what it brought: points, platforms, events signed and drawn."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import County, Prefecture
from finance.models import (
    CooperationPlatform,
    EventDrawing,
    FinancingEvent,
    PlatformResult,
    ServicePoint,
)
from finance.rules.services import Result, results_within
from tests.factories import InstitutionFactory
from tests.item_reports.conftest import (
    GUANGZHOU,
    SHAOGUAN,
    SHENZHEN,
    day,
    figures,
    group,
    pdf_text,
    sheets,
)

ADDRESS = "/reports/services/?as_of=2012-07-31"


def place(code: str) -> Prefecture | None:
    return Prefecture.objects.get(code=code) if code else None


@pytest.fixture
def served(guangdong) -> None:
    """Points in Shaoguan and Shenzhen, platforms and events there, and one of the province."""
    bank = InstitutionFactory(code="B1", prefecture=place(SHAOGUAN))
    for number, (code, county, kind, opened, closed) in enumerate((
        (SHAOGUAN, "440222", "outlet", "2009-01-01", None),
        (SHAOGUAN, "440222", "sme_centre", "2012-07-01", None),
        (SHAOGUAN, "440281", "outlet", "2009-01-01", "2012-07-31"),
        (SHAOGUAN, "440203", "outlet", "2009-01-01", None),
        (SHENZHEN, "", "sme_centre", "2010-01-01", None),
    )):  # fmt: skip
        ServicePoint(
            code=f"SP-{number}", institution=bank, prefecture=place(code), name=f"网点{number}",
            county=County.objects.filter(code=county).first(), kind=kind,
            opened_on=day(opened), closed_on=closed and day(closed),
        ).save()  # fmt: skip
    for number, (code, kind, results) in enumerate((
        (SHAOGUAN, "park", ((2011, "Y", 100, 40, 9000), (2012, "H1", 50, 20, 4000))),
        ("", "technology", ((2012, "H1", 30, 3, 1500),)),
        (SHENZHEN, "electronic", ((2012, "H1", 500, 200, 80000),)),
    )):  # fmt: skip
        platform = CooperationPlatform(
            code=f"CP-{number}",
            name=f"平台{number}",
            kind=kind,
            prefecture=place(code),
            established_on=day("2010-01-01"),
        )
        platform.save()
        for order, (year, span, all_of_them, got, amount) in enumerate(results):
            PlatformResult(
                code=f"PR-{number}{order}",
                platform=platform,
                year=year,
                span=span,
                served=all_of_them,
                financed=got,
                amount=Decimal(amount),
            ).save()
    for number, (code, held, signed, drawn) in enumerate((
        (SHAOGUAN, "2012-03-15", 1000, (("2012-04-30", 200), ("2012-06-30", 650))),
        (GUANGZHOU, "2012-05-15", 3000, (("2012-08-31", 900),)),
        (SHENZHEN, "2012-06-15", 6000, (("2012-07-31", 5400),)),
        (SHAOGUAN, "2011-06-15", 700, ()),
        (SHAOGUAN, "2012-07-15", None, ()),
    )):  # fmt: skip
        event = FinancingEvent(
            code=f"FE-{number}",
            name=f"对接会{number}",
            prefecture=place(code),
            held_on=day(held),
            enterprises=40,
            banks=6,
            amount_signed=None if signed is None else Decimal(signed),
        )
        event.save()
        for order, (by, amount) in enumerate(drawn):
            EventDrawing(
                code=f"ED-{number}{order}", event=event, as_of=day(by), amount=Decimal(amount)
            ).save()


def test_points_open_on_the_day_and_the_counties_that_have_one(served) -> None:
    shaoguan = group(figures("services"), SHAOGUAN)
    assert (shaoguan["points"], shaoguan["centres"]) == (3, 1)
    assert shaoguan["counties_covered"]["numerator"] == 1  # a district is no county
    assert shaoguan["counties_covered"]["denominator"] == 7
    earlier = group(figures("services", as_of="2012-06-30"), SHAOGUAN)
    assert (earlier["points"], earlier["centres"]) == (3, 0)
    assert earlier["counties_covered"]["numerator"] == 2
    uncovered = [each["code"] for each in figures("services")["uncovered"]]
    assert "440281" in uncovered
    assert "440222" not in uncovered


def test_a_city_without_counties_prints_a_dash(served, client_of, leader) -> None:
    assert group(figures("services"), "441900")["counties_covered"] == {
        "numerator": None, "denominator": None, "percent": None
    }  # fmt: skip
    rows = sheets(client_of(leader).get(f"{ADDRESS}&format=xlsx").content)["按地市"]
    assert next(row for row in rows if row[0] == "东莞市")[3] == "—"


def test_what_was_signed_and_what_was_drawn_of_it_by_the_day(served) -> None:
    found = figures("services")
    shaoguan = group(found, SHAOGUAN)
    assert (shaoguan["events"], shaoguan["signed"], shaoguan["drawn"]) == (2, "1000.00", "650.00")
    assert shaoguan["drawn_share"]["percent"] == "65.00"
    guangzhou = group(found, GUANGZHOU)
    assert (guangzhou["drawn"], guangzhou["events_without_drawing"]) == ("0", 1)
    assert found["total"]["drawn_share"]["percent"] == "16.25"  # 650 of 4,000, no average
    assert figures("services", as_of="2012-05-31")["total"]["drawn"] == "200.00"
    longer = figures("services", since="2011-01-01")
    assert (longer["total"]["events"], longer["total"]["signed"]) == (4, "4700.00")


def test_results_of_platforms_are_of_the_time_and_a_year_replaces_its_halves(served) -> None:
    assert group(figures("services"), SHAOGUAN)["amount"] == "4000.00"
    assert figures("services", as_of="2012-06-29")["total"]["amount"] == "0"
    both = group(figures("services", since="2011-01-01"), SHAOGUAN)
    assert (both["served"], both["financed"], both["amount"]) == (150, 60, "13000.00")
    kinds = {each["code"]: each for each in figures("services")["platforms"]}
    assert kinds["park"]["financed_share"]["percent"] == "40.00"
    assert kinds["cluster"]["financed_share"]["percent"] is None


def test_what_belongs_to_no_prefecture_is_in_the_provinces_sum(served) -> None:
    found = figures("services")
    assert group(found, "province")["amount"] == "1500.00"
    assert found["total"]["amount"] == "5500.00"
    sides = {each["code"]: each["amount"] for each in found["shenzhen"]}
    assert sides == {"without": "5500.00", "shenzhen": "80000.00", "with": "85500.00"}
    assert figures("services", shenzhen="yes")["total"]["amount"] == "85500.00"
    one = figures("services", prefecture=SHAOGUAN)
    assert [each["code"] for each in one["groups"]] == [SHAOGUAN]
    assert one["total"]["amount"] == "4000.00"


def test_page_pdf_workbook_json_and_api_say_the_same(
    served, client_of, leader, caller, tmp_path
) -> None:
    client = client_of(leader)
    page = client.get(ADDRESS).content.decode()
    paper = pdf_text(client.get(f"{ADDRESS}&format=pdf").content, tmp_path)
    rows = sheets(client.get(f"{ADDRESS}&format=xlsx").content)
    document = json.loads(client.get(f"{ADDRESS}&format=json").content)["figures"]
    api = caller(leader).get("/reports/services/", as_of="2012-07-31").json()
    assert api["figures"] == document
    line = next(row for row in rows["按地市"] if row[0] == "韶关市")
    assert line[1:5] == [3, 1, "1/7", 1]
    for said in ("65.00%", "1/7", "4,000.00", "对接会0"):
        assert said in page
        assert said in paper
    events = rows["对接活动：签约与到位"]
    assert [row[1] for row in events[-3:]] == ["对接会4", "对接会1", "对接会0"]


@pytest.mark.parametrize(
    ("figure", "code"),
    [("points", "SP-0"), ("centres:440200", "SP-1"), ("counties", "SP-0"), ("platforms", "CP-1"),
     ("results:province", "PR-10"), ("events", "FE-4"), ("signed", "FE-1"), ("drawn:with", "FE-2"),
     ("kind:park", "PR-01")],
)  # fmt: skip
def test_every_figure_opens_to_its_entries(served, client_of, leader, figure, code) -> None:
    asked = {"as_of": "2012-07-31", "figure": figure}
    client = client_of(leader)
    page = client.get("/reports/services/lineage/", asked).content.decode()
    assert f"<td>{code}</td>" in page
    row: Any = next(part for part in page.split("<tr") if f"<td>{code}</td>" in part)
    assert client.get(row.split('data-url="')[1].split('"')[0]).status_code == 200


def test_there_is_no_such_figure_and_no_such_time(served, client_of, leader) -> None:
    client = client_of(leader)
    for wrong in ("", "points:999999", "kind:", "kind:other", "money"):
        asked = {"as_of": "2012-07-31", "figure": wrong}
        assert client.get("/reports/services/lineage/", asked).status_code == 404
    refused = client.get(f"{ADDRESS}&since=2012-08-01")
    assert refused.status_code == 422
    assert "起始日期晚于截至日期" in refused.content.decode()


@given(
    st.sets(st.tuples(st.integers(2009, 2013), st.sampled_from(["H1", "H2", "Y"]))),
    st.dates(day("2009-01-01"), day("2013-12-31")),
    st.dates(day("2009-01-01"), day("2013-12-31")),
)
def test_no_half_year_is_ever_counted_twice(told, since, until) -> None:
    results = [Result(f"{year}{span}", year, span, 1, 1, Decimal(1)) for year, span in told]
    chosen = results_within(results, since=since, until=until)
    months: list[tuple[int, int]] = []
    for each in chosen:
        assert since <= each.starts_on
        assert each.ends_on <= until
        months += [(each.year, n) for n in range(each.starts_on.month, each.ends_on.month + 1)]
    assert len(months) == len(set(months))
    left = {each.code for each in results} - {each.code for each in chosen}
    for each in results:  # what is left out lies outside of the time, or in a year that is whole
        if each.code in left and since <= each.starts_on and each.ends_on <= until:
            assert any(one.year == each.year and one.span == "Y" for one in chosen)
