"""The product's main job in one go: a bank's figures become a report that a leader can trust."""

import io
import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import openpyxl

from tests.browser import steps
from tests.browser.figures import changed, grow, letter_of, row_of, typed

BANK, PLACE = "演示韶关农村商业银行", "韶关市"
Spoilt = dict[str, tuple[Any, Any, str]]


def spoil(workbook: bytes, lines: list[dict[str, Any]]) -> Spoilt:
    """Five cells, each with its sound value, the slip of a tired clerk, and words of the cure."""

    def at(place: int, column: str) -> str:
        return f"{letter_of(column)}{row_of(workbook, lines[place])}"

    def slip(place: int, column: str, value: Any, cure: str) -> tuple[str, tuple[Any, Any, str]]:
        return at(place, column), (float(lines[place][column]), value, cure)

    return dict(
        (
            slip(0, "balance", "一百万", "请填写数字，单位为万元"),
            slip(1, "unsecured", -100, "请核对符号"),
            slip(2, "npl", float(lines[2]["npl"]) + 50, "按后三类之和填写不良贷款"),
            slip(3, "borrowers", 12.5, "四舍五入到 0 位小数"),
            slip(4, "granted_year", float(lines[4]["granted_period"]) - 1, "本期与本年累计发放"),
        )
    )


def test_figures_travel_from_a_bank_to_the_leader_and_back_to_their_cell(
    desk_of: Callable[..., Any],
) -> None:
    preparer, leader = desk_of("bank-preparer"), desk_of("leader")
    before = institutions_counted(leader, preparer)
    workbook, rows = steps.begin(preparer)
    larger = next(n for n, line in enumerate(rows["lines"]) if line["size"] == "M")
    grown = float(grow(rows, larger, "1.5"))
    sound = typed(workbook, rows)
    spoilt = spoil(sound, rows["lines"])

    steps.upload(preparer, changed(sound, {cell: each[1] for cell, each in spoilt.items()}))
    read_the_findings(preparer, spoilt)
    mend_in_the_grid(preparer, spoilt)
    steps.explain_all(preparer)
    address = preparer.url

    receipt = steps.sign(desk_of("bank-signatory"), address)
    assert receipt.startswith("SL-")
    keep_the_receipt(preparer, address, receipt)

    office = desk_of("province")
    review_side_by_side(office, grown)
    steps.accept(office, BANK)

    assert institutions_counted(leader, preparer) == before + 1
    figure = open_down_to_the_cell(leader, rows["lines"][larger])
    assert figure == float(rows["lines"][larger]["balance"])
    print_the_report(leader)
    read_the_same_by_machine(leader, preparer)


def read_the_findings(page: Any, spoilt: Spoilt) -> None:
    """Each of the five cells is named, with what it holds and how to mend it."""
    assert page.get_by_role("heading", name="错误 5 处").is_visible()
    for cell, (_sound, value, cure) in spoilt.items():
        finding = page.locator(".finding-error").filter(has_text=re.compile(rf"\b{cell}\b"))
        words = finding.inner_text()
        told = value if isinstance(value, str) else f"{value:g}" if value < 1000 else f"{value:.2f}"
        assert told in words
        assert cure in words
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载标注后的工作簿").click()
    assert comments_of(waiting.value.path().read_bytes()) >= set(spoilt)


def comments_of(workbook: bytes) -> set[str]:
    """Cells of the handed-back workbook that carry a comment."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))["贷款明细"]
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def mend_in_the_grid(page: Any, spoilt: Spoilt) -> None:
    """Type the sound values into the marked cells of the web grid, and save with the keyboard."""
    page.get_by_role("link", name="打开网页表格").click()
    page.wait_for_load_state("load")
    marked = page.locator("#grid-lines td.bad input")
    assert marked.count() == 5
    marked.first.click()
    assert "请填写数字" in page.locator("[data-grid-status]").inner_text()
    names = marked.evaluate_all("all => all.map((each) => each.name)")
    in_order = sorted(spoilt.items(), key=lambda each: int(re.sub(r"\D", "", each[0])))
    for name, (_cell, (sound, _value, _cure)) in zip(names, in_order, strict=True):
        page.locator(f"[name='{name}']").fill(f"{sound:g}" if sound < 1000 else f"{sound:.2f}")
    page.keyboard.press("Control+s")
    page.get_by_role("heading", name="预警").wait_for()
    assert page.locator(".finding-error").count() == 0


def keep_the_receipt(page: Any, address: str, number: str) -> None:
    """The receipt is a page and a PDF, with the fingerprint of what was sent."""
    page.goto(f"{address}receipt/")
    shown = page.locator(".receipt").inner_text()
    assert number in shown
    assert re.search(r"[0-9a-f]{64}", shown)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 PDF 回执").click()
    assert waiting.value.suggested_filename == f"{number}.pdf"
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def review_side_by_side(page: Any, grown: float) -> None:
    """The clerk sees last month beside this one, the explanation, and what moved most."""
    page.goto("/returns/queue/")
    page.get_by_role("link", name=BANK, exact=True).click()
    assert "季节性投放，已逐户核对" in page.locator("main").inner_text()
    first = page.get_by_role("heading", name="变动最大的行").locator("~ .table-wrap tbody tr").first
    assert abs(steps.money(first.locator("td").nth(4).inner_text()) - grown) < 0.01
    page.get_by_role("link", name="按行业").click()
    assert page.get_by_role("columnheader", name="上年同期").first.is_visible()


def institutions_counted(leader: Any, preparer: Any) -> int:
    """How many institutions the loan report of the newest month counts."""
    newest = steps.newest_code(preparer)
    leader.goto(f"/reports/loans/?period={newest}")
    tile = leader.locator(".tile", has_text="已接受 / 应报机构").locator(".figure").inner_text()
    return int(tile.split("/")[0])


def open_down_to_the_cell(page: Any, line: dict[str, Any]) -> float:
    """Report, institutions behind a prefecture's figure, lines of one, the row of its file."""
    row = page.locator("table.data tr", has=page.get_by_text(PLACE, exact=True))
    row.locator("a").first.click()
    page.get_by_role("row", name=re.compile(BANK)).get_by_role("link").first.click()
    wanted = f"{float(line['balance']):,.2f}"
    page.get_by_role("link", name=wanted, exact=True).click()
    assert page.locator("td.highlight").count() == 1
    assert "SHA-256" in page.locator("main").inner_text()
    return steps.money(page.locator("td.highlight").inner_text())


def print_the_report(page: Any) -> None:
    page.goto("/reports/loans/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="PDF").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def read_the_same_by_machine(page: Any, preparer: Any) -> None:
    """With a token of the tokens page, the API answers with the figure that the page shows."""
    token = steps.token(page)
    question = f"period={steps.newest_code(preparer)}"
    page.goto(f"/reports/loans/?{question}")
    row = page.locator("table.data tr", has=page.get_by_text(PLACE, exact=True))
    shown = row.locator("td.num").first.inner_text()
    answer = ask(f"{page.url.split('/reports/')[0]}/api/v1/reports/loans/?{question}", token)
    group = next(each for each in answer["figures"]["groups"] if each["name"] == PLACE)
    assert group["balance"] == shown.replace(",", "")


def ask(url: str, token: str) -> dict[str, Any]:
    """What a machine without the browser's cookies gets."""
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)
