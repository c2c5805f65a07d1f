"""A real Chromium before a whole tracker: the desk of everyone who signs in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.house import PASSWORD, house

PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--lang=zh-CN",
]
DESK = {"width": 1366, "height": 768}
TELEPHONE = {"width": 390, "height": 844}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Whatever lies in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is; without one the browser tests are left out, and say so."""
    found = next((path for path in map(shutil.which, PLACES) if path), None)
    if found is None:
        pytest.skip("no Chromium is installed: the browser tests are left out")
    return found


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Any]:
    """One Chromium for the tests of a file.

    Its event loop ends with the file: Django refuses its database beside a running one.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a tracker with a small demonstration in it."""
    with house(tmp_path_factory.mktemp("house")) as found:
        yield found


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The cookies of those who signed in already, by account."""
    return {}


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """``visit(viewport=…, java_script_enabled=…)`` opens a page of a fresh visitor.

    ``page.problems`` collects script errors, refused requests and foreign hosts; the test
    fails at its end if there are any.
    """
    contexts, problems = [], []

    def opened(**options: Any) -> Any:
        options = {"viewport": DESK, "locale": "zh-CN", "base_url": address} | options
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.problems = problems
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on("console", lambda line: _listen(problems, page, line))
        page.on("request", lambda request: _watch(problems, address, request))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def _listen(problems: list[str], page: Any, line: Any) -> None:
    if line.type in ("error", "warning"):
        problems.append(f"{page.url}: {line.text}")


def _watch(problems: list[str], address: str, request: Any) -> None:
    if not request.url.startswith((address, "data:", "blob:")):
        problems.append(f"a foreign host was asked: {request.url}")


@pytest.fixture
def desk_of(visit: Callable[..., Any], sessions: dict[str, Any]) -> Callable[..., Any]:
    """``desk_of("leader")`` is a browser in which that account is signed in."""

    def signed_in(account: str, **options: Any) -> Any:
        page = visit(storage_state=sessions.get(account), **options)
        if account not in sessions:
            sign_in(page, account)
            sessions[account] = page.context.storage_state()
        return page

    return signed_in


def sign_in(page: Any, account: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in form as a person does."""
    page.goto("/account/login/")
    page.get_by_label("用户名").fill(account)
    page.get_by_label("密码", exact=True).fill(password)
    page.locator("main").get_by_role("button", name="登录").click()
    page.wait_for_url("**/")
