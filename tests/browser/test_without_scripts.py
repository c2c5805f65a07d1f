"""The pages are plain pages first: all but grid, map and charts works without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import steps
from tests.browser.conftest import sign_in
from tests.browser.figures import grow, typed


@pytest.fixture
def plain_desk(visit: Callable[..., Any]) -> Callable[[str], Any]:
    """``plain_desk("leader")`` signs in with JavaScript switched off."""

    def signed_in(account: str) -> Any:
        page = visit(java_script_enabled=False)
        sign_in(page, account)
        return page

    return signed_in


def test_a_return_is_filed_and_signed(plain_desk: Callable[[str], Any]) -> None:
    preparer = plain_desk("village-preparer")
    workbook, rows = steps.begin(preparer)
    grow(rows, 0, "1.6")
    steps.upload(preparer, typed(workbook, rows))
    steps.explain_all(preparer)
    assert steps.sign(plain_desk("village-signatory"), preparer.url).startswith("SL-")


def test_lists_are_filtered_and_menus_reached(plain_desk: Callable[[str], Any]) -> None:
    page = plain_desk("province")
    page.goto("/village-banks/")
    page.get_by_label("搜索").fill("始兴")
    page.get_by_role("button", name="筛选").click()
    assert "始兴" in page.locator("tbody tr").first.inner_text()
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("button", name="报表").focus()
    page.get_by_role("link", name="审核队列").click()
    assert page.get_by_role("heading", level=1).inner_text() == "审核队列"


def test_maps_and_charts_have_their_figures_in_words(plain_desk: Callable[[str], Any]) -> None:
    page = plain_desk("leader")
    page.goto("/reports/coverage/")
    page.get_by_text("以文字查看地图").click()
    assert "韶关市" in page.locator(".places").inner_text()
