"""A microloan company and a guarantee agency file by workbook, grid and API, are sent back once,
and stand in the reports that leaders read."""

import io
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tests.browser import items, steps


@dataclass(frozen=True)
class Filer:
    """Who files which form, the figure that is followed, and the report it comes to."""

    account: str
    name: str
    sheet: str
    figure: tuple[str, str, str]  # table, item, measure
    report: str


FILERS = {
    "microloan": Filer(
        "microloan", "演示始兴惠农小额贷款有限责任公司", "贷款余额",
        ("balances", "total", "balance"), "microloan",
    ),
    "guarantee": Filer(
        "guarantee", "演示韶关中小企业融资担保有限公司", "担保业务",
        ("business", "total", "closing"), "guarantees",
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FILERS)
def test_an_item_form_goes_the_whole_way(desk_of: Callable[..., Any], form: str) -> None:
    filer = FILERS[form]
    preparer, signatory = (
        desk_of(f"{filer.account}-preparer"),
        desk_of(f"{filer.account}-signatory"),
    )
    office, leader = desk_of("province"), desk_of("leader")
    newest, earlier = steps.periods_of(preparer)
    period = steps.newest_code(preparer)
    before = report_of(leader, filer, period)["total"]
    last = json.loads(preparer.request.get(f"{earlier}document/").body())
    payload = items.next_period(last, period)

    address = by_workbook_and_grid(preparer, newest, filer, payload)
    steps.explain_all(preparer)
    assert steps.sign(signatory, address)
    send_back(office, filer.name, "请核对实收资本")

    preparer.goto(address)
    assert "请核对实收资本" in preparer.locator("main").inner_text()
    address = again_by_machine(preparer, address, payload)
    assert "-R2-" in steps.sign(signatory, address)
    steps.accept(office, filer.name)

    figures = report_of(leader, filer, period)
    followed = filer.figure[2]
    assert figures["total"]["filed"] == before["filed"] + 1
    moved = Decimal(figures["total"][followed]) - Decimal(before[followed])
    assert moved == items.amount_of(payload, *filer.figure)
    read_everywhere(leader, filer, period, figures)


def by_workbook_and_grid(page: Any, newest: str, filer: Filer, payload: dict[str, Any]) -> str:
    """Upload a workbook with one slip, read which cell it is, and mend it in the grid."""
    page.goto(newest)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载工作簿").click()
    sound = items.typed(waiting.value.path().read_bytes(), payload)
    steps.upload(page, items.with_value(sound, filer.sheet, cell_of(sound, filer), "约一百万"))
    finding = page.locator(".finding-error").first.inner_text()
    assert "约一百万" in finding
    assert cell_of(sound, filer) in finding
    page.get_by_role("link", name="打开网页表格").click()
    page.wait_for_load_state("load")
    marked = page.locator("td.bad input").first
    marked.fill(str(items.amount_of(payload, *filer.figure)))
    page.keyboard.press("Control+s")
    page.locator(".steps").wait_for()
    assert page.locator(".finding-error").count() == 0
    return page.url


def cell_of(workbook: bytes, filer: Filer) -> str:
    """The cell of the figure that is followed, such as ``B6``."""
    _table, item, measure = filer.figure
    sheet = openpyxl.load_workbook(io.BytesIO(workbook))[filer.sheet]
    names = [sheet.cell(items.HEADER, column).value for column in range(1, sheet.max_column + 1)]
    letter = openpyxl.utils.get_column_letter(names.index(measure) + 1)
    return f"{letter}{items.row_of(sheet, item)}"


def send_back(page: Any, institution: str, why: str) -> None:
    page.goto("/returns/queue/")
    page.get_by_role("link", name=institution, exact=True).click()
    page.get_by_label("意见（退回时必填）").fill(why)
    page.get_by_role("button", name="退回").click()
    page.get_by_text("已退回").first.wait_for()


def again_by_machine(page: Any, address: str, payload: dict[str, Any]) -> str:
    """The same person's token opens a revision, files it and explains its warnings."""
    token = steps.token(page, writes=True)
    number = re.search(r"/returns/(\d+)/", address).group(1)
    base = address.split("/returns/")[0]
    status, record = call(base, token, f"/returns/{number}/revisions/", {"reason": "已核对"})
    assert status == 201, record
    status, record = call(base, token, "/returns/", payload)
    assert status == 201, record
    here = f"/returns/{record['id']}"
    _status, found = call(base, token, f"{here}/findings/")
    texts = [
        {"finding": each["id"], "text": "季节性投放，已逐户核对"}
        for each in found["results"]
        if each["severity"] == "warning"
    ]
    if texts:
        status, record = call(base, token, f"{here}/explanations/", {"explanations": texts})
        assert (status, record["unexplained_count"]) == (200, 0)
    return f"{base}/returns/{record['id']}/"


def call(base: str, token: str, path: str, body: Any = None) -> tuple[int, Any]:
    """What a machine without the browser's cookies gets: status and answer."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{base}/api/v1{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def report_of(leader: Any, filer: Filer, period: str) -> dict[str, Any]:
    """The figures of the report of a month, as the page hands them out."""
    address = f"/reports/{filer.report}/?period={period}&format=json"
    return leader.request.get(address).json()["figures"]


def read_everywhere(leader: Any, filer: Filer, period: str, figures: dict[str, Any]) -> None:
    """Page, workbook, PDF and API of the report hold the same figures."""
    address = f"/reports/{filer.report}/?period={period}"
    leader.goto(address)
    whole = Decimal(figures["total"][filer.figure[2]])
    shown = leader.locator("main").inner_text()
    assert f"{whole:,.2f}" in shown or f"{whole / 10000:,.2f}" in shown
    base = leader.url.split("/reports/")[0]
    status, answer = call(base, steps.token(leader), f"/reports/{filer.report}/?period={period}")
    assert (status, answer["figures"]) == (200, figures)
    book = leader.request.get(f"{address}&format=xlsx").body()
    sheets = openpyxl.load_workbook(io.BytesIO(book), read_only=True)
    cells = {cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert float(whole) in cells
    assert leader.request.get(f"{address}&format=pdf").body().startswith(b"%PDF-")
