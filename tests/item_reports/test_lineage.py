"""Every figure opens: page → return → the row and cell of the file that was filed."""

import re
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest

from guarantees.rules.ratios import INDICATORS
from reports.content import Cell, KeyFigures, Table, shown
from reports.guarantees.lineage import BEHIND as GUARANTEE_CELLS
from reports.microloan.lineage import BEHIND as MICROLOAN_CELLS
from tests.factories import UserFactory
from tests.item_reports.conftest import GUANGZHOU, SHAOGUAN, report

BOTH = [("microloan", "three_companies"), ("guarantees", "three_agencies")]


def linked(code: str) -> dict[str, str]:
    """Every figure that a report links, with its text."""
    found: dict[str, str] = {}
    for section in report(code).content.sections:
        if isinstance(section, KeyFigures):
            found |= {each.figure: "" for each in section.figures if each.figure}
        if isinstance(section, Table):
            for row in section.rows:
                for value, column in zip(row, section.columns, strict=True):
                    if isinstance(value, Cell) and value.figure:
                        found[value.figure] = shown(value, column.kind, "zh-hans")
    return found


@pytest.mark.parametrize(("code", "filed"), BOTH)
def test_every_linked_figure_opens_and_says_how_it_comes_about(
    code, filed, request, client_of, leader
) -> None:
    request.getfixturevalue(filed)
    client = client_of(leader)
    cells = MICROLOAN_CELLS if code == "microloan" else GUARANTEE_CELLS
    figures = linked(code)
    assert len(figures) > 150
    for figure, text in figures.items():
        name, _colon, place = figure.partition(":")
        if place not in ("", SHAOGUAN, "with"):
            continue  # the other places are alike
        asked = urlencode({"as_of": "2012-07-31", "figure": figure})
        answer = client.get(f"/reports/{code}/lineage/?{asked}")
        assert answer.status_code == 200, figure
        if name in cells and text and name not in INDICATORS and name != "premium-rate":
            assert text.removesuffix(" 倍") in answer.content.decode(), (figure, text)


@pytest.mark.parametrize("code", [*INDICATORS, "premium-rate"])
def test_the_cells_behind_an_indicator_come_to_the_indicator(
    three_agencies, client_of, leader, code
) -> None:
    if code in INDICATORS and INDICATORS[code].single:
        assert code not in GUARANTEE_CELLS  # of one agency only: in no sum
        return
    found = report("guarantees").result
    ratio = found.premium if code == "premium-rate" else INDICATORS[code].of(found.total.figures)
    in_times = code.startswith("leverage")
    value = f"{round(ratio.value, 2)}" if in_times else f"{ratio.percent:,}%"
    asked = {"as_of": "2012-07-31", "figure": code}
    page = client_of(leader).get("/reports/guarantees/lineage/", asked).content.decode()
    assert f"{ratio.numerator:,.2f} ÷ {Decimal(ratio.denominator):,.2f} = {value}" in page


@pytest.mark.parametrize(
    ("code", "filed", "figure", "column"),
    [("microloan", "three_companies", "borrowing", "amount"),
     ("guarantees", "three_agencies", "leverage", "liability")],
)  # fmt: skip
def test_a_ratio_opens_down_to_both_cells_that_were_filed(
    code, filed, figure, column, request, client_of, leader
) -> None:
    request.getfixturevalue(filed)
    client = client_of(leader)
    page = client.get(
        f"/reports/{code}/lineage/", {"as_of": "2012-07-31", "figure": f"{figure}:{SHAOGUAN}"}
    ).content.decode()
    rows = re.findall(r'href="(/returns/\d+/row/[^"]+)"', page)
    assert len(rows) == 2  # numerator and denominator
    assert f"column={column}" in rows[0]
    for address in rows:
        row = client.get(address.replace("&amp;", "&")).content.decode()
        assert "highlight" in row
        cell = re.search(r'class="num highlight">([^<]+)<', row)
        assert cell is not None
        assert f"{Decimal(cell[1]):,.2f}" in page


def test_the_largest_stands_first_and_each_is_named_with_its_item(
    three_companies, client_of, leader
) -> None:
    asked = {"as_of": "2012-07-31", "figure": "npl"}
    page = client_of(leader).get("/reports/microloan/lineage/", asked).content.decode()
    first = page.index("演示ML02有限公司　2012年6月 次级·月末余额")
    assert first < page.index("演示ML01有限公司　2012年6月 次级·月末余额")
    assert "演示ML03" not in page  # Shenzhen is left out
    for item in ("次级", "可疑", "损失", "各项贷款"):
        assert f"{item}·月末余额" in page


def test_only_cells_in_sight_are_listed_and_the_others_are_counted(
    three_companies, client_of, shaoguan_clerk, department_clerk
) -> None:
    asked = {"as_of": "2012-07-31", "figure": "balance"}
    page = client_of(shaoguan_clerk).get("/reports/microloan/lineage/", asked).content.decode()
    assert "演示ML01有限公司" in page
    assert "演示ML02有限公司" not in page
    assert "另有 1 家机构的报表不在您的权限范围内" in page
    nothing = client_of(department_clerk).get("/reports/microloan/lineage/", asked)
    assert "另有 2 家机构" in nothing.content.decode()
    assert "/row/" not in nothing.content.decode()


@pytest.mark.parametrize(("code", "filed"), BOTH)
@pytest.mark.parametrize("figure", ["", "nonsense", "balance:999999", "capital:delta:x"])
def test_there_is_no_such_figure(code, filed, figure, request, client_of, leader) -> None:
    request.getfixturevalue("guangdong")
    asked = {"as_of": "2012-07-31", "figure": figure}
    assert client_of(leader).get(f"/reports/{code}/lineage/", asked).status_code == 404


def test_a_cell_follows_its_own_place_even_if_its_company_moved(
    three_companies, client_of, leader
) -> None:
    company: Any = three_companies["small"]
    company.prefecture = three_companies["large"].prefecture
    company.save()
    client = client_of(leader)
    asked = {"as_of": "2012-07-31", "figure": f"balance:{SHAOGUAN}"}
    assert "演示ML01" in client.get("/reports/microloan/lineage/", asked).content.decode()
    asked["figure"] = f"balance:{GUANGZHOU}"
    assert "演示ML01" not in client.get("/reports/microloan/lineage/", asked).content.decode()


def test_a_machine_and_a_stranger_get_nothing(three_companies, client_of) -> None:
    preparer = UserFactory(role="preparer", institution=three_companies["small"])
    asked = {"as_of": "2012-07-31", "figure": "balance"}
    client = client_of(preparer)
    for code in ("microloan", "guarantees", "services", "watch-list", "expiries"):
        assert client.get(f"/reports/{code}/").status_code == 403
        assert client.get(f"/reports/{code}/lineage/", asked).status_code == 403
