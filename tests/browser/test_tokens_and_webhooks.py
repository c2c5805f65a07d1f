"""In a browser: a token is issued, used by a machine, leaks and is ended; a webhook is refused."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from tests.browser.conftest import TELEPHONE


def ask(base: str, path: str, token: str) -> tuple[int, Any]:
    """What a machine without the browser's cookies gets: status and answer."""
    request = urllib.request.Request(
        f"{base}/api/v1{path}", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def issued(page: Any, name: str) -> str:
    """Issue a token for the province's clerk that reads the ground and nothing else."""
    page.goto("/tokens/issue/")
    options = page.locator("select[name=user] option").all_inner_texts()
    page.select_option("select[name=user]", label=next(o for o in options if "（province，" in o))
    page.get_by_label("用途").fill(name)
    for box in page.locator("input[name=scopes]").all():
        box.set_checked(box.get_attribute("value") == "read:core")
    page.get_by_role("button", name="签发").click()
    return page.locator("#new-token").inner_text()


def test_a_leaked_token_is_ended_and_the_journal_says_what_it_read(
    desk_of: Callable[..., Any],
) -> None:
    page = desk_of("administrator")
    token = issued(page, "泄露演练")
    base = page.url.split("/tokens/")[0]
    page.get_by_role("link", name="查看令牌").click()
    address = page.url
    assert token not in page.content()
    status, found = ask(base, "/institutions/", token)
    assert status == 200
    assert ask(base, "/returns/", token)[1]["code"] == "scope-missing"
    page.get_by_role("link", name="吊销").click()
    page.get_by_label("令牌可能已泄露").check()
    page.get_by_role("button", name="吊销").click()
    assert page.url == address
    assert ask(base, "/institutions/", token)[0] == 401
    page.goto("/journal/?action=token.revoked")
    told = page.locator("main").inner_text()
    assert "泄露演练" in told
    page.goto(address)
    page.wait_for_function(  # sums of other processes follow within seconds
        "() => document.body.innerText.includes('GET institutions') || (location.reload(), false)",
        timeout=15_000,
        polling=1500,
    )
    row = page.locator("tr", has_text="GET institutions")
    assert str(len(found["results"])) in row.inner_text()


def test_the_pages_fit_a_telephone(desk_of: Callable[..., Any]) -> None:
    page = desk_of("province")
    page.set_viewport_size(TELEPHONE)
    for path in ("/webhooks/", "/returns/bulk/", "/tokens/"):
        page.goto(path)
        over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(over) == 0, path


def test_an_address_that_the_office_does_not_list_is_refused(desk_of: Callable[..., Any]) -> None:
    page = desk_of("province")
    page.goto("/webhooks/")
    page.get_by_label("名称").fill("演练")
    page.get_by_label("接收地址").fill("https://169.254.169.254/latest/meta-data/")
    page.get_by_role("button", name="订阅", exact=True).click()
    assert "不在允许推送的名单中" in page.locator("[role=alert]").first.inner_text()
    assert page.get_by_label("接收地址").input_value().startswith("https://169.254")
    assert all("422" in each for each in page.problems)  # the console tells refused forms too
    page.problems.clear()
