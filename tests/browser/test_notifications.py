"""The bell: what was sent back is seen, opened and read."""

import re
from collections.abc import Callable
from typing import Any


def test_the_bell_leads_to_what_is_unread_and_opens_it(desk_of: Callable[..., Any]) -> None:
    page = desk_of("microloan-preparer")
    page.goto("/")
    bell = page.locator(".bell")
    before = int(re.sub(r"\D", "", bell.inner_text()))
    bell.click()
    rows = page.locator("table.data tbody tr")
    assert rows.count() == before
    rows.first.get_by_role("link").click()
    assert page.url.count("/returns/") == 1
    page.go_back()
    page.reload()
    assert page.locator("table.data tbody tr").count() == before - 1
    page.get_by_role("link", name="通知方式").first.click()
    page.get_by_label("报表到期或逾期").select_option(label="立即发邮件")
    page.get_by_role("button", name="保存").click()
    page.goto("/notifications/choices/")
    assert page.get_by_label("报表到期或逾期").input_value() == "mail"
