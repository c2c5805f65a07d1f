"""People who do not reach for the mouse: lists by keys, figures as in a spreadsheet."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import steps


def test_a_list_is_searched_walked_and_opened_by_keys(desk_of: Callable[..., Any]) -> None:
    page = desk_of("province")
    page.goto("/village-banks/")
    page.keyboard.press("/")
    page.keyboard.type("yssx")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=yssx**")
    assert "始兴" in page.locator("tbody tr").first.inner_text()
    page.goto("/village-banks/")
    for key in "jjjk":
        page.keyboard.press(key)
    chosen = page.locator("tr.selected")
    assert chosen.count() == 1
    address = chosen.get_attribute("data-url")
    assert address == page.locator("tbody tr").nth(1).get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_help_on_keys_opens_and_closes(desk_of: Callable[..., Any]) -> None:
    page = desk_of("province")
    page.goto("/institutions/")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


@pytest.fixture
def grid(desk_of: Callable[..., Any]) -> Any:
    """The empty grid of the newest month, before its preparer."""
    page = desk_of("demo-b10-preparer")
    newest, _before = steps.periods_of(page)
    page.goto(newest)
    page.get_by_role("link", name="打开网页表格").click()
    page.wait_for_load_state("load")
    yield page
    page.on("dialog", lambda dialog: dialog.accept())


def paste(page: Any, text: str) -> None:
    page.evaluate(
        """(text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
        { clipboardData: data, bubbles: true, cancelable: true })); }""",
        text,
    )


def values(page: Any, column: str, rows: int) -> list[str]:
    cells = page.locator(f"#grid-lines input[name$='-{column}']")
    return cells.evaluate_all("all => all.map((each) => each.value)")[:rows]


def test_the_grid_has_chinese_headers_and_the_keys_of_last_month(grid: Any) -> None:
    heads = grid.locator("#grid-lines thead th").all_inner_texts()
    assert heads[1:4] == ["地市", "企业规模", "行业门类"]
    assert heads[4].split() == ["期末余额", "万元"]
    assert grid.locator("#grid-lines select").first.input_value() != ""
    assert "期末余额" in grid.locator("#grid-lines input").first.get_attribute("aria-label")


def test_a_block_is_pasted_filled_down_and_undone(grid: Any) -> None:
    first = grid.locator("#grid-lines input[name='lines-0-balance']")
    first.click()
    paste(grid, "1,234.50\t1000\r\n１２３\t(7)\r\n")
    assert values(grid, "balance", 2) == ["1234.50", "123"]
    assert values(grid, "year_start", 2) == ["1000", "-7"]
    first.click()
    for _ in range(2):
        grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Control+d")
    assert values(grid, "balance", 3) == ["1234.50"] * 3
    grid.keyboard.press("Control+z")
    assert values(grid, "balance", 2) == ["1234.50", "123"]
    grid.keyboard.press("Control+z")
    assert "1234.50" not in values(grid, "balance", 3)


def test_arrows_and_enter_walk_the_cells(grid: Any) -> None:
    grid.locator("#grid-lines input[name='lines-0-balance']").click()
    grid.keyboard.press("Enter")
    grid.keyboard.press("ArrowRight")
    assert grid.evaluate("document.activeElement.name") == "lines-1-year_start"
