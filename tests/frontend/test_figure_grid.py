"""Entering figures as in a spreadsheet: a bank's clerk types, pastes, fills down, undoes."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser

ROW = """<tr><td class="row-number">{number}</td>
<td><select name="p-{row}" aria-label="地市"><option value=""></option>
<option value="440100">440100 广州市</option>
<option value="440200">440200 韶关市</option></select></td>
<td><input name="a-{row}" value="{a}" aria-label="余额"></td>
<td><input name="b-{row}" value="{b}" aria-label="信用"></td></tr>"""
PAGE = """<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,"></head><body><form id="form">
<table data-grid id="lines"><tbody>{rows}
</tbody></table><template id="lines-row">{template}</template>
<button type="button" data-add-row="lines">+</button>
<p data-grid-status data-pasted="P {{rows}}x{{columns}}" data-lost="L {{count}}"></p></form>
<script src="/static/js/grid.js" type="module"></script></body></html>"""


@pytest.fixture
def grid(open_page: Any) -> Any:
    rows = "".join(ROW.format(number=n + 1, row=n, a=f"{n + 1}.00", b="") for n in range(3))
    template = ROW.format(number="", row="__row__", a="", b="")
    page = open_page(PAGE.format(rows=rows, template=template))
    yield page
    assert page.problems == []


def cell(page: Any, name: str) -> Any:
    return page.locator(f"[name='{name}']")


def values(page: Any, column: str) -> list[str]:
    return page.locator(f"[name^='{column}-']").evaluate_all("all => all.map((f) => f.value)")


def paste(page: Any, text: str) -> None:
    page.evaluate(
        """(text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste",
        { clipboardData: data, bubbles: true, cancelable: true })); }""",
        text,
    )


def test_a_block_from_a_spreadsheet_lands_cell_by_cell_in_plain_numbers(grid: Any) -> None:
    cell(grid, "a-0").click()
    paste(grid, "1,234.50\t(0.6)\r\n１２３ \t（7）\r\n-5\t12%\r\n")
    assert values(grid, "a")[:3] == ["1234.50", "123", "-5"]
    assert values(grid, "b")[:3] == ["-0.6", "-7", "12%"]
    assert grid.locator("[data-grid-status]").inner_text() == "P 3x2"


def test_a_block_longer_than_the_table_adds_rows_that_the_form_sends(grid: Any) -> None:
    cell(grid, "a-2").click()
    paste(grid, "7\t8\n9\t10")
    assert values(grid, "a") == ["1.00", "2.00", "7", "9"]
    assert cell(grid, "b-3").input_value() == "10"


def test_what_finds_no_place_is_told_and_not_lost_in_silence(grid: Any) -> None:
    cell(grid, "b-0").click()
    paste(grid, "1\t2\t3")
    assert grid.locator("[data-grid-status]").inner_text() == "L 2"


def test_a_key_column_takes_codes_and_names_and_tells_what_it_does_not_know(grid: Any) -> None:
    cell(grid, "p-0").focus()
    paste(grid, "440200 韶关市\t5\n韶关市\t6\n无此市\t7")
    assert values(grid, "p") == ["440200", "440200", ""]
    assert grid.locator("[data-grid-status]").inner_text() == "L 1"


def test_one_value_fills_the_whole_selected_range(grid: Any) -> None:
    cell(grid, "a-0").click()
    cell(grid, "b-1").click(modifiers=["Shift"])
    paste(grid, "4")
    assert values(grid, "a") == ["4", "4", "3.00"]
    assert values(grid, "b") == ["4", "4", ""]


def test_undo_and_redo_walk_back_and_forth_through_paste_and_typing(grid: Any) -> None:
    cell(grid, "a-0").click()
    paste(grid, "10\n20")
    cell(grid, "a-2").fill("30")
    grid.keyboard.press("Control+z")
    assert values(grid, "a") == ["10", "20", "3.00"]
    grid.keyboard.press("Control+z")
    assert values(grid, "a") == ["1.00", "2.00", "3.00"]
    grid.keyboard.press("Control+y")
    grid.keyboard.press("Control+y")
    assert values(grid, "a") == ["10", "20", "30"]


def test_fill_down_repeats_the_first_row_of_the_range(grid: Any) -> None:
    cell(grid, "a-0").click()
    cell(grid, "a-2").click(modifiers=["Shift"])
    grid.keyboard.press("Control+d")
    assert values(grid, "a") == ["1.00", "1.00", "1.00"]


def test_arrows_and_enter_move_and_typing_replaces(grid: Any) -> None:
    cell(grid, "a-0").click()
    grid.keyboard.press("ArrowDown")
    grid.keyboard.type("１,０00")
    grid.keyboard.press("Enter")
    assert values(grid, "a") == ["1.00", "1000", "3.00"]
    assert grid.evaluate("document.activeElement.name") == "a-2"
    grid.keyboard.press("ArrowRight")
    assert grid.evaluate("document.activeElement.name") == "b-2"


def test_a_range_is_copied_as_rows_and_columns(grid: Any) -> None:
    cell(grid, "b-0").fill("9")
    cell(grid, "a-0").click()
    cell(grid, "b-1").click(modifiers=["Shift"])
    copied = grid.evaluate(
        """() => { const data = new DataTransfer();
        document.activeElement.dispatchEvent(new ClipboardEvent("copy",
        { clipboardData: data, bubbles: true, cancelable: true }));
        return data.getData("text/plain"); }"""
    )
    assert copied == "1.00\t9\n2.00\t"
