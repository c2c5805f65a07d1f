"""The plan by its pages: a board on a telephone; a department's year up to the leaders' desk."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import TELEPHONE

YEAR = "/progress-reports/status/?period=Y&as_of=2012-12-20"
OWN = "省经济和信息化委"


@pytest.fixture
def office(desk_of: Callable[..., Any]) -> Any:
    return desk_of("province")


@pytest.fixture
def department(desk_of: Callable[..., Any]) -> Any:
    return desk_of("department")


def press(page: Any, name: str) -> None:
    """Press what an act is called, and its last word on the next page."""
    page.get_by_role("link", name=name, exact=True).click()
    page.locator("main form").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def line_of(page: Any, unit: str) -> Any:
    return page.locator("main tbody tr").filter(has_text=unit)


def test_the_board_is_read_on_a_telephone_and_opens_to_its_evidence(
    desk_of: Callable[..., Any],
) -> None:
    page = desk_of("leader", viewport=TELEPHONE)
    page.goto("/reports/plan-board/?as_of=2012-12-31&year=2012")
    row = page.locator("tbody tr").filter(has_text="T17")
    assert row.locator("td").nth(2).is_visible()
    row.get_by_role("link").first.click()
    assert page.locator("main").get_by_text("原文：").is_visible()
    assert page.locator("table.data tbody tr").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


def test_a_department_reports_and_the_province_tells_its_leaders(
    department: Any, office: Any, desk_of: Callable[..., Any]
) -> None:
    department.goto(YEAR)
    line_of(department, OWN).get_by_role("button").click()
    summary = department.get_by_label("总体情况")
    summary.fill("全年任务基本完成。")
    department.get_by_role("button", name="保存").click()
    department.wait_for_url("**/progress-reports/*/")
    here = department.url
    press(department, "报送")

    office.goto(here)
    office.get_by_role("link", name="退回", exact=True).click()
    office.get_by_role("button", name="退回").click()
    assert office.locator("main .alert-danger").get_by_text("请填写审核说明").count() > 0
    office.problems.clear()  # the refusal was asked for
    office.get_by_label("审核说明").fill("请补充培训情况")
    office.get_by_role("button", name="退回").click()

    department.goto(here)
    assert department.get_by_text("请补充培训情况").count() > 0
    press(department, "报送")
    office.goto(here)
    press(office, "接受")
    office.goto(YEAR)
    assert "已接受" in line_of(office, OWN).inner_text()
    assert "未报" in line_of(office, "深圳市").inner_text()

    office.get_by_role("button", name="起草汇总报告").click()
    office.wait_for_url("**/consolidated-reports/*/")
    report = office.url
    office.get_by_role("link", name="修改", exact=True).click()
    text = office.get_by_label("正文")
    assert "深圳市" in text.input_value()
    text.fill("全年举办省市联办服务日{T16}。\n韶关{T99}。")
    office.get_by_role("button", name="保存").click()
    assert office.get_by_text("正文第2行的{T99}").count() > 0
    office.problems.clear()
    text.fill("全年举办省市联办服务日{T16}。")  # what was written is still there to be mended
    office.get_by_role("button", name="保存").click()

    leader = desk_of("leader")
    leader.goto(report)
    press(leader, "批准")
    leader.get_by_role("link", name="阅读", exact=True).click()
    figure = leader.locator(".letter a")
    assert figure.inner_text() == "8场"
    figure.click()
    behind = leader.locator("table.data tbody tr").all_inner_texts()
    assert sum(int(each) for each in re.findall(r"：(\d+)", "".join(behind))) == 8

    office.goto(report)
    office.get_by_role("link", name="发布", exact=True).click()
    office.get_by_role("button", name="发布").click()
    office.wait_for_url("**/reports/published/*/")
    assert office.get_by_text("consolidated-report-2012").count() > 0
