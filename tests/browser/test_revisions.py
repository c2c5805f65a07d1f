"""An accepted return is corrected by a second revision that shows its differences."""

from collections.abc import Callable
from typing import Any

from tests.browser import steps
from tests.browser.figures import as_filed, grow, typed


def test_a_second_revision_shows_what_it_changes(desk_of: Callable[..., Any]) -> None:
    preparer, signatory = desk_of("demo-b01-preparer"), desk_of("demo-b01-signatory")
    newest, _before = steps.periods_of(preparer)
    sent = preparer.request.get(f"{newest}document/").body()
    preparer.goto(newest)
    assert "已接受" in preparer.locator(".lead-text").inner_text()
    preparer.get_by_label("修订原因").fill("漏计一笔贷款")
    preparer.get_by_role("button", name="开始新的一版").click()
    with preparer.expect_download() as waiting:
        preparer.get_by_role("link", name="空白工作簿").click()
    rows = as_filed(sent)
    more = float(grow(rows, 0, "1.1"))
    steps.upload(preparer, typed(waiting.value.path().read_bytes(), rows))

    shown = preparer.locator("#differences").inner_text()
    assert "与第 1 版的差异" in shown
    assert f"{more:,.2f}" in shown
    receipt = steps.sign(signatory, preparer.url)
    assert "-R2-" in receipt
