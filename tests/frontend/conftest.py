"""A small server of the static files and, where one is installed, a real Chromium."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'"


class Handler(SimpleHTTPRequestHandler):
    """Serves the project's static files and the pages of a test, under the real policy."""

    pages: dict[str, str]

    def __init__(self, *args: Any, pages: dict[str, str], **options: Any) -> None:
        self.pages = pages
        super().__init__(*args, directory=str(ROOT), **options)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        body = self.pages.get(self.path)
        if body is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output quiet."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium: browser tests are left out")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[[str], Any]]:
    """``open_page(html)`` shows the page in Chromium; ``page.problems`` collects its errors."""
    pages: dict[str, str] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, pages=pages))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    opened = []

    def show(html: str) -> Any:
        pages["/page"] = html
        page = chromium.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on(
            "console",
            lambda line: page.problems.append(line.text) if line.type == "error" else None,
        )
        page.goto(f"http://127.0.0.1:{server.server_port}/page")
        opened.append(page)
        return page

    yield show
    for page in opened:
        page.close()
    server.shutdown()
    server.server_close()
