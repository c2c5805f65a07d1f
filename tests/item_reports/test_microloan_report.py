"""Microloan companies for leaders: sums, ratios of sums, Shenzhen, who founded where."""

import json
from decimal import Decimal

import pytest

from finance.models import Shareholder
from tests.factories import fact
from tests.item_reports.conftest import (
    GUANGZHOU,
    SHAOGUAN,
    SHENZHEN,
    day,
    figures,
    group,
    numbers,
    pdf_text,
    report,
    sheets,
)

ADDRESS = "/reports/microloan/?as_of=2012-07-31"
RATIOS = {"不良率": "npl_ratio", "涉农占比": "agricultural_share", "融资比例": "borrowing_ratio"}


def test_page_pdf_workbook_json_and_api_hold_the_same_ratios(
    three_companies, client_of, leader, caller, tmp_path
) -> None:
    client = client_of(leader)
    page = client.get(ADDRESS).content.decode()
    book = sheets(client.get(f"{ADDRESS}&format=xlsx").content)
    paper = pdf_text(client.get(f"{ADDRESS}&format=pdf").content, tmp_path)
    document = json.loads(client.get(f"{ADDRESS}&format=json").content)
    api = caller(leader).get("/reports/microloan/", as_of="2012-07-31").json()
    assert api["figures"] == document["figures"]
    places = book["按地市"]
    heads = next(row for row in places if row[0] == "地区")
    for code, name in ((SHAOGUAN, "韶关市"), (GUANGZHOU, "广州市")):
        mine = group(document["figures"], code)
        row = next(row for row in places if row[0] == name)
        for label, figure in RATIOS.items():
            percent = mine[figure]["percent"]
            assert f"{percent}%" in page
            assert f"{percent}%" in paper
            assert Decimal(str(row[heads.index(label)])) == Decimal(percent)
    total = document["figures"]["total"]
    tiles = {row[0]: row[1] for row in book["主要数字"]}
    assert tiles["不良率"] == f"{total['npl_ratio']['percent']}%"


def test_a_ratio_of_several_is_a_ratio_of_sums_never_an_average(three_companies) -> None:
    found = figures("microloan", shenzhen="yes")
    parts = [group(found, code)["borrowing_ratio"] for code in (SHAOGUAN, GUANGZHOU, SHENZHEN)]
    whole = found["total"]["borrowing_ratio"]
    for name in ("numerator", "denominator"):
        assert Decimal(whole[name]) == sum(Decimal(each[name]) for each in parts)
    exact = Decimal(whole["numerator"]) / Decimal(whole["denominator"]) * 100
    assert Decimal(whole["percent"]) == round(exact, 2)
    average = sum(Decimal(each["percent"]) for each in parts) / 3
    assert abs(Decimal(whole["percent"]) - average) > 1


def test_without_shenzhen_unless_asked_for_and_both_side_by_side(three_companies) -> None:
    without, with_it = figures("microloan"), figures("microloan", shenzhen="yes")
    assert [each["code"] for each in without["groups"]].count(SHENZHEN) == 0
    shenzhen = group(with_it, SHENZHEN)
    assert without["total"]["companies"] == 2
    assert with_it["total"]["companies"] == 3
    one, two, three = numbers(
        without["total"]["balance"], with_it["total"]["balance"], shenzhen["balance"]
    )
    assert two - one == three > 0
    for found in (without, with_it):  # whichever was asked
        sides = {each["code"]: Decimal(each["balance"]) for each in found["shenzhen"]}
        assert sides == {"without": one, "shenzhen": three, "with": two}
    assert figures("microloan", prefecture=SHENZHEN)["total"]["balance"] == shenzhen["balance"]


def test_regions_are_their_prefectures_added_up(three_companies) -> None:
    found = figures("microloan", by="region", shenzhen="yes")
    places = figures("microloan", shenzhen="yes")
    delta = group(found, "delta")
    assert [each["code"] for each in found["groups"]] == ["delta", "east", "west", "north"]
    one, two, both = numbers(
        group(places, GUANGZHOU)["balance"], group(places, SHENZHEN)["balance"], delta["balance"]
    )
    assert one + two == both
    assert group(found, "north")["companies"] == 1
    assert group(found, "east")["balance"] is None


def test_where_nobody_filed_there_is_a_dash_and_never_a_zero_ratio(
    guangdong, client_of, leader
) -> None:
    page = client_of(leader).get(ADDRESS).content.decode()
    assert "尚无已接受的报表" in page
    assert "0.00%" not in page
    found = figures("microloan")["total"]
    assert (found["companies"], found["balance"]) == (0, None)
    assert found["npl_ratio"] == {"numerator": None, "denominator": None, "percent": None}


def test_who_has_not_filed_is_named(three_companies, institution, opened, client_of, leader):
    institution("microloan", "ML09", SHAOGUAN)
    opened("microloan", 7)
    page = client_of(leader).get("/reports/microloan/?period=2012-07").content.decode()
    assert "演示ML09有限公司" in page
    assert "已接受 0/3 家报表" in page  # Shenzhen is left out


@pytest.fixture
def founded(three_companies, institution) -> None:
    """Three companies of underdeveloped counties: two founded, one of unknown founders."""
    companies = {
        "ML01": three_companies["small"],
        "ML11": institution("microloan", "ML11", SHAOGUAN, "440281"),
        "ML12": institution("microloan", "ML12", SHAOGUAN, "440281"),
    }
    homes = {"ML01": (GUANGZHOU, True), "ML11": (SHAOGUAN, True)}
    for number, (code, (home, quality)) in enumerate(homes.items()):
        place = three_companies["large" if home == GUANGZHOU else "small"].prefecture
        Shareholder.objects.create(
            code=f"SH-{number}", institution=companies[code], name=f"发起{number}",
            stake=Decimal(40), role="main_sponsor", held_from=day("2010-05-01"),
            home_prefecture=place, kind="organisation", is_quality_enterprise=quality,
        )  # fmt: skip


def test_who_founded_where_against_the_plans_wish(founded, client_of, leader) -> None:
    found = figures("microloan")["underdeveloped"]
    assert found["companies"] == ["ML01", "ML11", "ML12"]
    assert found["founded_as_the_plan_wishes"] == 1
    page = client_of(leader).get(ADDRESS).content.decode()
    assert "鼓励符合条件的优质企业在欠发达地区发起设立小额贷款公司" in page
    assert "其他社会组织" in page
    behind = "/reports/microloan/lineage/?as_of=2012-07-31&figure="
    client = client_of(leader)
    wished = client.get(f"{behind}wished:{SHAOGUAN}").content.decode()
    assert "发起0（广州市，优质企业）" in wished
    assert "ML11" not in wished
    assert "ML12" in client.get(f"{behind}unfounded").content.decode()
    assert "ML11" in client.get(f"{behind}founders:{SHAOGUAN}/organisation").content.decode()
    assert client.get(f"{behind}founders:{SHENZHEN}/person").status_code == 404


def test_a_suspended_company_is_counted_nowhere(founded, three_companies) -> None:
    fact(three_companies["small"], "suspended", "2012-07-01")
    found = report("microloan").result
    assert found.total.companies == 3
    assert "ML01" not in {each.code for each in found.foundings.companies}
    assert sum(found.foundings.in_business.values()) == 3
    assert report("microloan", as_of="2012-06-30").result.total.companies == 4


def test_the_date_of_registries_and_the_period_of_figures_are_kept_apart(three_companies) -> None:
    fact(three_companies["large"], "exited", "2012-07-15", reason="dissolved")
    found = report("microloan")  # of 31 July
    assert (found.figures["period"], found.figures["total"]["companies"]) == ("2012-06", 1)
    again = report("microloan", **found.asked)  # as it is published, linked and recomputed
    assert again.figures == found.figures
    at_the_end = report("microloan", as_of="", period="2012-06")
    assert at_the_end.figures["total"]["companies"] == 2
    assert at_the_end.asked["as_of"] == "2012-06-30"
