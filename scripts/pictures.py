"""Take the pictures of docs/tour.md from a running demonstration, in a real Chromium.

    make run                                   # in one terminal, with fresh demo data
    .venv/bin/python scripts/pictures.py       # in another; ADDRESS=http://… for another place

It takes a bank's newest month the whole way, so each picture needs the demo data as it was
made: run it once on a fresh demonstration.
"""

import io
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.browser import steps  # noqa: E402
from tests.browser.conftest import ARGUMENTS, DESK, PLACES, TELEPHONE, sign_in  # noqa: E402
from tests.browser.figures import changed, grow, typed  # noqa: E402
from tests.browser.test_the_whole_way import spoil  # noqa: E402

ADDRESS = os.environ.get("ADDRESS", "http://127.0.0.1:8000")
FOLDER = ROOT / "docs" / "pictures"
BANK = "演示韶关农村商业银行"
COLOURS = 160
CHINESE = os.environ | {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
TALL = {"width": 1366, "height": 1000}


class Album:
    """Signed-in pages by account, and the pictures taken of them."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: dict[str, Page] = {}

    def page(self, account: str, **options: Any) -> Page:
        """The page of an account, signed in at its first use."""
        key = f"{account}{sorted(options)}"
        if key not in self.pages:
            settings = {"viewport": DESK, "locale": "zh-CN", "base_url": ADDRESS} | options
            self.pages[key] = self.browser.new_context(**settings).new_page()
            sign_in(self.pages[key], account)
        return self.pages[key]

    def take(self, page: Page, name: str, *, tall: bool = False, part: str = "") -> None:
        """Keep what the window shows, or the part that a selector names, as a small PNG."""
        if tall:
            page.set_viewport_size(TALL)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)
        shot = page.locator(part).first if part else page
        data = shot.screenshot(animations="disabled")
        picture = Image.open(io.BytesIO(data)).convert("RGB").quantize(COLOURS, dither=0)
        picture.save(FOLDER / f"{name}.png", optimize=True)
        if tall:
            page.set_viewport_size(DESK)
        sys.stdout.write(f"{name}.png {(FOLDER / f'{name}.png').stat().st_size // 1024} KB\n")


def institution(album: Album) -> str:
    """The bank's desk, from what is due to the receipt; returns the return's address."""
    page = album.page("bank-preparer")
    page.goto("/")
    album.take(page, "bank-1-cockpit")
    workbook, rows = steps.begin(page)
    album.take(page, "bank-2-period")
    larger = next(n for n, line in enumerate(rows["lines"]) if line["size"] == "M")
    grow(rows, larger, "1.5")
    sound = typed(workbook, rows)
    slips = {cell: each[1] for cell, each in spoil(sound, rows["lines"]).items()}
    steps.upload(page, changed(sound, slips))
    album.take(page, "bank-3-findings", tall=True)
    page.get_by_role("link", name="打开网页表格").click()
    page.wait_for_load_state("load")
    page.locator("#grid-lines td.bad input").first.click()
    album.take(page, "bank-4-grid")
    page.go_back()
    steps.upload(page, sound)
    page.locator("textarea[name^=explanation]").first.fill("新增一笔园区贷款，已逐户核对")
    album.take(page, "bank-5-explain", tall=True)
    steps.explain_all(page, "新增一笔园区贷款，已逐户核对")
    address = page.url
    signatory = album.page("bank-signatory")
    signatory.goto(address)
    signatory.get_by_role("button", name="签发报送").scroll_into_view_if_needed()
    album.take(signatory, "bank-6-sign")
    steps.sign(signatory, address)
    album.take(signatory, "bank-7-receipt")
    return address


def office(album: Album) -> None:
    """The office's desk: today's work, review, board, registries, periods."""
    page = album.page("province")
    page.goto("/")
    album.take(page, "office-1-cockpit", tall=True)
    page.goto("/returns/queue/")
    album.take(page, "office-2-queue")
    page.get_by_role("link", name=BANK, exact=True).click()
    album.take(page, "office-3-review", tall=True)
    steps.accept(page, BANK)
    for path, name in (
        ("/returns/board/", "office-4-board"),
        ("/village-banks/", "office-5-registry"),
        ("/village-banks/DEMO-VB-05/", "office-6-record"),
        ("/returns/periods/", "office-8-periods"),
    ):
        page.goto(path)
        album.take(page, name, tall=name.endswith("record"))
    dry_run(album, page)


def dry_run(album: Album, page: Page) -> None:
    """An import that shows each row's change before anything is saved."""
    import openpyxl

    page.goto("/institutions/import/")
    with page.expect_download() as waiting:
        page.locator("main a[href*=template]").first.click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    sheet = book.worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    sheet.delete_rows(2, sheet.max_row)
    for values in IMPORTED:
        sheet.append([values.get(head, "") for head in heads])
    buffer = io.BytesIO()
    book.save(buffer)
    file = {"name": "机构.xlsx", "mimeType": "application/octet-stream"}
    page.locator("input[type=file]").set_input_files([file | {"buffer": buffer.getvalue()}])
    page.get_by_role("button", name="试导入").click()
    album.take(page, "office-7-dry-run")


# A new bank, a change of one that is known, and a row with an unknown county.
IMPORTED = (
    {"机构编码": "DEMO-N1", "名称": "演示南雄农村商业银行", "类别": "农村商业（合作）银行",
     "地市": "韶关市", "县（市、区）": "南雄市"},
    {"机构编码": "DEMO-B06", "名称": "演示岭海银行", "类别": "股份制商业银行", "地市": "广州市",
     "地址": "演示路 6 号"},
    {"机构编码": "DEMO-N2", "名称": "演示浈江银行", "类别": "城市商业银行", "地市": "韶关市",
     "县（市、区）": "浈水县"},
)  # fmt: skip


def leader(album: Album) -> None:
    """The leader's desk: cockpit, reports, a figure opened to its cell, on a telephone."""
    page = album.page("leader")
    page.goto("/")
    album.take(page, "leader-1-cockpit", tall=True)
    page.goto("/reports/coverage/")
    album.take(page, "leader-2-coverage", tall=True)
    page.goto("/reports/loans/")
    album.take(page, "leader-3-loans", tall=True)
    page.goto(f"/reports/loans/?period={steps.newest_code(album.page('bank-preparer'))}")
    row = page.locator("table.data tr", has=page.get_by_text("韶关市", exact=True))
    row.locator("a").first.click()
    album.take(page, "leader-4-behind")
    page.get_by_role("row", name=re.compile(BANK)).get_by_role("link").first.click()
    album.take(page, "leader-5-lines")
    page.locator("table.data td.num a").first.click()
    page.locator("td.highlight").scroll_into_view_if_needed()
    album.take(page, "leader-6-cell")
    page.goto("/reports/published/")
    page.locator("table.data a").first.click()
    album.take(page, "leader-7-published")
    telephone = album.page("leader", viewport=TELEPHONE, device_scale_factor=1)
    telephone.goto("/")
    album.take(telephone, "leader-8-telephone")


def administrator(album: Album) -> None:
    """Accounts, tokens and the journal."""
    page = album.page("administrator")
    page.goto("/users/")
    album.take(page, "administrator-1-users")
    auditor = album.page("auditor")
    auditor.goto("/journal/")
    album.take(auditor, "administrator-2-journal")
    clerk = album.page("province")
    clerk.goto("/tokens/")
    clerk.get_by_label("用途").fill("省局数据交换平台")
    clerk.get_by_role("button", name="签发").click()
    clerk.goto("/tokens/")
    album.take(clerk, "administrator-3-tokens")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = next(path for path in map(shutil.which, PLACES) if path)
    with sync_playwright() as playwright:
        album = Album(
            playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, env=CHINESE)
        )
        institution(album)
        office(album)
        leader(album)
        administrator(album)


if __name__ == "__main__":
    main()
