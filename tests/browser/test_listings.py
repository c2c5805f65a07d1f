"""Listings by their pages: an enterprise's way with its past, a city's library from a workbook,
a department's own case, and a policy that pays."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from tests.browser.steps import money

# kind, batch, day, reason
WAY = (
    ("enter", "CULTIVATE", "2001-03-01", ""),
    ("enter", "RESTRUCTURE", "2001-06-01", ""),
    ("enter", "TUTOR", "2001-09-03", ""),
    ("enter", "FILE", "2002-01-10", ""),
    ("reject", "", "2002-05-20", "发审会未通过"),
    ("enter", "TUTOR", "2002-07-01", "整改后重新辅导"),
    ("enter", "FILE", "2002-11-04", ""),
    ("list", "", "2003-02-14", ""),
)
# where it stood at the end of days between, as the report counts it
PAST = {
    "2001-02-28": "",
    "2001-04-30": "培育（储备）一批",
    "2001-07-31": "改制一批",
    "2001-12-31": "辅导一批",
    "2002-03-31": "申报一批",
    "2002-06-30": "申报一批",  # rejected, and still among those who filed
    "2002-09-30": "辅导一批",
    "2002-12-31": "申报一批",
    "2003-02-28": "上市一批",
}
SECTION = "O"  # an industry in which the demonstration has nobody


@pytest.fixture
def office(desk_of: Callable[..., Any]) -> Any:
    return desk_of("province")


def kept(page: Any, address: str, **values: str) -> str:
    """Fill in a form of a register and save it; returns the address of the record."""
    page.goto(address)
    form = page.locator("main form[data-save]")
    for name, value in values.items():
        field = form.locator(f"[name='{name}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name="保存").click()
    page.wait_for_load_state()
    refused = page.locator("main .alert-danger")
    assert refused.count() == 0, refused.all_inner_texts()
    return page.url


def code_of(address: str) -> str:
    return address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]


def stock_on(page: Any, day: str) -> dict[str, int]:
    """How many stand in each batch at the end of a day, read off the report's page."""
    page.goto(f"/reports/pipeline/?as_of={day}&industry={SECTION}")
    table = page.locator("section#stock table")
    rows = [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]
    heads = table.locator("thead th").all_inner_texts()
    return {row[0]: int(row[heads.index("期末在库")]) for row in rows}


def test_an_enterprise_goes_through_the_batches_and_the_past_stays(office: Any) -> None:
    """培育 → 改制 → 辅导 → 申报, rejected, back to 辅导, listed: each day tells what held then."""
    record = kept(
        office, "/enterprises/new/", name="演示梯度培育股份有限公司", prefecture="440200",
        industry="80", intended_board="sme",
    )  # fmt: skip
    for kind, stage, day, reason in WAY:
        kept(
            office, "/stage-events/new/", enterprise=code_of(record), kind=kind, stage=stage,
            happened_on=day, reason=reason,
        )  # fmt: skip
    for day, where in PAST.items():
        told = stock_on(office, day)
        total = told.pop("合计")
        assert {name for name, number in told.items() if number} == ({where} - {""}), day
        assert total == (1 if where else 0), day

    office.goto(f"{record}?as_of=2002-06-30")
    then = office.locator("#way").inner_text()
    assert "未通过（否决）" in then
    assert "上市一批" not in then
    office.goto(record)
    assert "上市一批" in office.locator("#way").inner_text()


def test_a_citys_library_comes_from_its_workbook(desk_of: Callable[..., Any]) -> None:
    """The dry run names row and cell of a slip and writes nothing; mended, all comes at once."""
    city = desk_of("shaoguan")
    city.goto("/enterprises/import/")
    with city.expect_download() as waiting:
        city.get_by_role("link", name="下载模板").click()
    template = waiting.value.path().read_bytes()
    rows = [
        {"name": "演示北江器材有限公司", "prefecture": "440200", "industry": "3911"},
        {"name": "演示丹霞药业有限公司", "prefecture": "440200", "industry": "药品"},
    ]
    tried(city, filled(template, rows))
    problem = city.locator("td .error").inner_text()
    assert "药品" in problem
    assert city.get_by_role("button", name="确认导入").count() == 0
    assert found(city, "演示北江器材") == 0

    rows[1]["industry"] = "2740"
    city.get_by_role("link", name="换一个文件").click()
    tried(city, filled(template, rows))
    assert city.locator("tbody tr").count() == 2
    city.get_by_role("button", name="确认导入").click()
    city.get_by_text("已导入：新增 2，修改 0。").wait_for()
    assert found(city, "演示北江器材") == 1
    assert found(city, "ysdxyy") == 1  # by the initials of its pinyin


def tried(page: Any, data: bytes) -> None:
    """Send a workbook to the dry run."""
    name = {"name": "企业库.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    page.locator("main form input[type=file]").set_input_files([name])
    page.get_by_role("button", name="试导入").click()
    page.get_by_role("region", name="试导入结果").wait_for()


def filled(template: bytes, rows: list[dict[str, str]]) -> bytes:
    """The template with rows under its headings, whatever else it says."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for place, row in enumerate(rows, start=2):
        for name, value in row.items():
            label = {"name": "企业名称", "prefecture": "地市", "industry": "行业代码"}[name]
            sheet.cell(place, heads[label]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def found(page: Any, words: str) -> int:
    """How many enterprises a search shows, in a page of its own."""
    other = page.context.new_page()
    other.goto(f"/enterprises/?q={words}")
    number = other.locator("tbody tr td a").count()
    other.close()
    return number


def test_a_department_answers_its_own_case(desk_of: Callable[..., Any], office: Any) -> None:
    """Its desk shows its case and no other's; what it closes, the office reads at once."""
    case = kept(
        office, "/green-channel-cases/new/", enterprise="EN00001", issue="projects",
        subject="募投项目用地预审", department="省经济和信息化委",
        opened_on="2012-05-07", promised_days="10",
    )  # fmt: skip
    other = kept(
        office, "/green-channel-cases/new/", enterprise="EN00001", issue="property",
        subject="补办土地使用权证", department="省国土资源厅",
        opened_on="2012-05-07", promised_days="10",
    )  # fmt: skip
    clerk = desk_of("department")
    clerk.goto("/green-channel-cases/")
    assert {"募投项目用地预审", "补办土地使用权证"} & set(
        clerk.locator("tbody td").all_inner_texts()
    ) == {"募投项目用地预审"}
    assert clerk.request.get(other).status == 404

    clerk.goto(case)
    clerk.get_by_role("link", name="办结").click()
    form = clerk.locator("main form[data-save]")
    form.locator("[name=happened_on]").fill("2012-05-14")
    form.locator("[name=result]").select_option("solved")
    form.locator("[name=document_number]").fill("粤经信函〔2012〕9号")
    form.get_by_role("button", name="保存").click()
    clerk.locator("#record").wait_for()
    assert "按期办结" in clerk.locator("main").inner_text()
    office.goto(case)
    assert "粤经信函〔2012〕9号" in office.locator("main").inner_text()


def test_a_policy_pays_and_its_budget_falls(office: Any) -> None:
    """What is left of the year falls by what is paid; what is not left is not paid."""
    policy = kept(
        office, "/incentive-policies/new/", name="演示始兴县鼓励上市办法", level="county",
        county="440222", prefecture="440200", valid_from="2012-01-01",
        **{"tranches-0-topic": "restructured", "tranches-0-basis": "fixed",
           "tranches-0-amount": "50", "budgets-0-year": "2012", "budgets-0-amount": "60"},
    )  # fmt: skip
    awards = [award_of(office, policy, f"演示始兴第{place}有限公司") for place in ("一", "二")]
    assert years_of(office, policy) == [["2012", 60, 100, 0, 60]]
    pay(office, awards[0], "50")
    office.locator("#record").wait_for()
    assert years_of(office, policy) == [["2012", 60, 100, 50, 10]]
    pay(office, awards[1], "50")
    refusal = office.locator("main .alert-danger").inner_text()
    assert "“演示始兴县鼓励上市办法”2012 年预算 60.00 万元" in refusal
    assert "超出 40.00 万元" in refusal
    assert "422" in office.problems.pop()  # Chromium's own line about the refusal just read
    assert years_of(office, policy) == [["2012", 60, 100, 50, 10]]


def award_of(page: Any, policy: str, name: str) -> str:
    """An enterprise that reported its restructuring, and its award; returns its code."""
    enterprise = kept(
        page, "/enterprises/new/", name=name, prefecture="440200", county="440222"
    )  # fmt: skip
    kept(
        page, "/event-reports/new/", enterprise=code_of(enterprise), topic="restructured",
        happened_on="2012-03-01", reported_on="2012-03-06",
    )  # fmt: skip
    award = kept(
        page, "/incentive-awards/new/", enterprise=code_of(enterprise), policy=code_of(policy),
        topic="restructured", applied_on="2012-06-01", decision="approved",
        decided_on="2012-07-02", granted="50",
    )  # fmt: skip
    return code_of(award)


def pay(page: Any, award: str, amount: str) -> None:
    page.goto("/incentive-payments/new/")
    form = page.locator("main form[data-save]")
    form.locator("[name=award]").select_option(award)
    form.locator("[name=paid_on]").fill("2012-08-01")
    form.locator("[name=amount]").fill(amount)
    form.get_by_role("button", name="保存").click()
    page.wait_for_load_state()


def years_of(page: Any, policy: str) -> list[list[Any]]:
    """Year, budget, granted, paid and left, as the policy's page shows them."""
    page.goto(policy)
    rows = [row.locator("td").all_inner_texts() for row in page.locator("#years tbody tr").all()]
    return [[row[0], *map(money, row[1:5])] for row in rows]
