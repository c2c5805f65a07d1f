"""Every page of every role: no foreign host, nothing that the policy refuses, open to all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import TELEPHONE

AXE = Path(__file__).with_name("axe.min.js").read_text()
ROLES = (
    "province", "shaoguan", "department", "leader", "auditor", "administrator",
    "bank-preparer", "bank-signatory",
)  # fmt: skip
# Pages that are not in the menu, by the account that reads them.
FURTHER = {
    "province": ("/institutions/DEMO-B01/", "/village-banks/DEMO-VB-05/", "/institutions/new/",
                 "/institutions/import/", "/counties/", "/returns/dictionary/"),
    "administrator": ("/users/new/", "/tokens/issue/"),
}  # fmt: skip
MAIN = {
    "leader": ("/", "/reports/coverage/", "/reports/loans/", "/reports/published/",
               "/reports/plan-board/", "/reports/consolidated-report/?year=2012&period=H1"),
    "province": ("/", "/returns/queue/", "/returns/board/", "/village-banks/",
                 "/village-banks/DEMO-VB-05/", "/institutions/import/", "/tokens/",
                 "/returns/bulk/", "/webhooks/"),
    "bank-preparer": ("/", "/returns/"),
    "administrator": ("/users/new/", "/tokens/issue/", "/tokens/all/"),
}  # fmt: skip
NARROW = (
    "/", "/reports/coverage/", "/reports/loans/", "/returns/checks/", "/reports/plan-board/",
    "/reports/consolidated-report/?year=2012&period=H1", "/progress-reports/status/",
)  # fmt: skip


@pytest.mark.parametrize("account", ROLES)
def test_no_page_of_the_menu_breaks_the_policy_or_asks_a_foreign_host(
    desk_of: Callable[..., Any], account: str
) -> None:
    page = desk_of(account)
    page.goto("/")
    links = page.locator("header a[href^='/']").evaluate_all(
        "all => all.map((link) => link.getAttribute('href'))"
    )
    wanted = dict.fromkeys([*links, *FURTHER.get(account, ())])
    assert len(wanted) > 5
    for path in wanted:
        answer = page.goto(path)
        assert answer.ok, f"{path}: {answer.status}"
        assert page.locator("h1, .receipt h2").count() == 1, path


@pytest.mark.parametrize("account", MAIN)
def test_main_pages_have_no_serious_barrier(desk_of: Callable[..., Any], account: str) -> None:
    page = desk_of(account, bypass_csp=True)
    found = []
    for path in MAIN[account]:
        page.goto(path)
        page.evaluate(AXE)
        answer = page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        )
        found += [
            f"{path} {each['id']}: {each['nodes'][0]['html'][:160]}"
            for each in answer["violations"]
            if each["impact"] in ("serious", "critical")
        ]
    assert found == []


@pytest.mark.parametrize("path", NARROW)
def test_what_leaders_read_fits_a_telephone(desk_of: Callable[..., Any], path: str) -> None:
    page = desk_of("leader", viewport=TELEPHONE)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]


def test_the_map_is_drawn_and_opens_the_facts_behind_a_city(desk_of: Callable[..., Any]) -> None:
    page = desk_of("leader")
    page.goto("/")
    drawn = page.locator(".chart-map canvas, .chart-map svg")
    drawn.first.wait_for()
    assert drawn.first.bounding_box()["height"] > 200
    page.get_by_text("以文字查看地图").click()
    page.locator(".places a").first.click()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator("table.data tbody tr").count() > 0


def test_the_second_language_is_one_press_away_and_back(desk_of: Callable[..., Any]) -> None:
    page = desk_of("department")
    page.goto("/reports/coverage/")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/reports/coverage/")
    assert "Coverage" in page.get_by_role("heading", level=1).inner_text().title()
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert "村镇银行" in page.get_by_role("heading", level=1).inner_text()


def test_english_words_fit_where_chinese_ones_do(desk_of: Callable[..., Any]) -> None:
    page = desk_of("department")
    page.goto("/")
    page.get_by_role("button", name="English").click()
    wide = []
    for path in ("/", "/reports/coverage/", "/reports/loans/", "/institutions/"):
        page.goto(path)
        tiles = page.locator(".tile").evaluate_all(
            "all => all.filter((tile) => tile.scrollWidth > tile.clientWidth).length"
        )
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if tiles or over > 0:
            wide.append(path)
    page.get_by_role("button", name="中文").click()
    assert wide == []
