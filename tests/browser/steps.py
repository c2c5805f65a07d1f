"""Steps that several browser tests take, in the words of the pages."""

import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser.figures import Rows, next_month, typed


def january_comes() -> bool:
    """Whether the open month of the demonstration, the last whole one, is a January."""
    return datetime.datetime.now(ZoneInfo("Asia/Shanghai")).month == 2


def periods_of(page: Any) -> tuple[str, str]:
    """Addresses of the newest month on the institution's desk, and of the one before."""
    page.goto("/returns/")
    rows = page.locator("tbody tr")
    found = [rows.nth(place).locator("a").first.get_attribute("href") for place in (0, 1)]
    return found[0], found[1]


def newest_code(page: Any) -> str:
    """The code of the newest month on the institution's desk, such as ``2012-06``."""
    page.goto("/returns/")
    year, month = re.findall(r"\d+", page.locator("tbody tr td.date").first.inner_text())
    return f"{year}-{int(month):02d}"


def begin(page: Any) -> tuple[bytes, Rows]:
    """Open the newest month, download its workbook; returns it and sound figures for it."""
    newest, before = periods_of(page)
    last = page.request.get(f"{before}document/").body()
    page.goto(newest)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载工作簿").click()
    return waiting.value.path().read_bytes(), next_month(last, january=january_comes())


def upload(page: Any, data: bytes, name: str = "报送.xlsx") -> None:
    """Choose a file and send it; the page of the return opens."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("把填好的工作簿").set_input_files([file])
    page.get_by_role("button", name="上传并审核").click()
    page.locator(".steps").wait_for()


def file_soundly(page: Any) -> bytes:
    """Download, fill and upload a sound workbook of the newest month; returns its bytes."""
    workbook, rows = begin(page)
    data = typed(workbook, rows)
    upload(page, data)
    return data


def explain_all(page: Any, words: str = "季节性投放，已逐户核对") -> None:
    """Explain every warning, where there are any."""
    boxes = page.locator("textarea[name^=explanation]").all()
    if not boxes:
        return
    for box in boxes:
        box.fill(words)
    page.get_by_role("button", name="保存说明").click()
    page.get_by_text("说明已保存").wait_for()


def sign(page: Any, address: str) -> str:
    """The signatory opens the return and signs; returns the receipt's number."""
    page.goto(address)
    page.get_by_role("button", name="签发报送").click()
    page.get_by_role("heading", name="报送回执").wait_for()
    return page.locator(".receipt dd strong").inner_text()


def accept(page: Any, institution: str) -> None:
    """The office opens the return from its queue and accepts it."""
    page.goto("/returns/queue/")
    page.get_by_role("link", name=institution, exact=True).click()
    page.get_by_role("button", name="接受").click()
    page.get_by_text(f"已接受 {institution} 的报表").wait_for()


def token(page: Any, *, writes: bool = False) -> str:
    """A new token of whoever sits here, issued on the tokens page."""
    page.goto("/tokens/")
    page.get_by_label("用途").fill("数据交换平台")
    if writes:
        page.locator("input[name=scopes][value=submit]").check()
    page.get_by_role("button", name="签发").click()
    return page.locator("#new-token").inner_text()


def money(text: str) -> float:
    return float(text.replace(",", "").strip())
