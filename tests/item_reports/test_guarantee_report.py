"""Guarantee agencies for leaders: sums, indicators, ratings as a picture, who bears losses."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from core.registers.saving import save_entry
from guarantees.models import (
    CaseMovement,
    CompensationCase,
    LossShareScheme,
    SchemeParticipant,
)
from guarantees.registers import MOVEMENTS
from guarantees.rules.ratios import INDICATORS
from reports.demo.guarantee_figures import GuaranteeBook
from tests.item_reports.conftest import (
    GUANGZHOU,
    SHAOGUAN,
    SHENZHEN,
    day,
    figures,
    group,
    numbers,
    pdf_text,
    sheets,
)

ADDRESS = "/reports/guarantees/?as_of=2012-07-31"


@pytest.fixture
def loss(bank, province_clerk) -> Any:
    """``loss(agency, 1000, 300, bank=20)``: paid and came back; the rest is the agency's."""

    def share(agency: Any, paid: int, back: int = 0, **shares: int) -> CompensationCase:
        number = CompensationCase.objects.count() + 1
        scheme = LossShareScheme(code=f"LS-{number}", name="方案", valid_from=day("2011-01-01"))
        scheme.save()
        parts = {"guarantor": 100 - sum(shares.values()), **shares}
        for order, (party, percent) in enumerate(parts.items(), start=1):
            SchemeParticipant(
                parent=scheme, order=order, party=party, share=Decimal(percent)
            ).save()
        case = CompensationCase(
            code=f"CC-{number}", institution=agency, bank=bank, scheme=scheme,
            borrower=f"借款人{number}", loan_amount=Decimal(9000),
            guaranteed_amount=Decimal(9000), defaulted_on=day("2012-02-01"),
        )  # fmt: skip
        case.save()
        for kind, on, amount in (("compensation", "03-01", paid), ("recovery", "05-01", back)):
            if amount:
                move = CaseMovement(case=case, kind=kind, happened_on=day(f"2012-{on}"),
                                    principal=Decimal(amount))  # fmt: skip
                save_entry(MOVEMENTS, move, actor=province_clerk, now=timezone.now())
        return case

    return share


def test_page_pdf_workbook_json_and_api_hold_the_same_ratios(
    three_agencies, client_of, leader, caller, tmp_path
) -> None:
    client = client_of(leader)
    page = client.get(ADDRESS).content.decode()
    book = sheets(client.get(f"{ADDRESS}&format=xlsx").content)
    paper = pdf_text(client.get(f"{ADDRESS}&format=pdf").content, tmp_path)
    document = json.loads(client.get(f"{ADDRESS}&format=json").content)
    api = caller(leader).get("/reports/guarantees/", as_of="2012-07-31").json()
    assert api["figures"] == document["figures"]
    told = document["figures"]["total"]["indicators"]
    rows = {row[0]: row for row in book["监管指标"]}
    for code, ratio in told.items():
        indicator = INDICATORS[code]
        if indicator.unit == "%":
            percent = Decimal(ratio["percent"])
            said = f"{percent:,}%"
            assert Decimal(str(rows[indicator.name.zh][1])) == percent
        else:
            exact = Decimal(ratio["numerator"]) / Decimal(ratio["denominator"])
            said = f"{round(exact, 2)} 倍"
            assert rows[indicator.name.zh][1] == said
        assert said in page
        assert said.replace(" ", "") in paper.replace(" ", "")
        assert Decimal(str(rows[indicator.name.zh][2])) == Decimal(ratio["numerator"])


def panel(answer: Any, title: str) -> str:
    """The panel of a page under a title."""
    return answer.content.decode().split(f"<h2>{title}")[1].split("</section>")[0]


def test_both_loss_ratios_go_by_their_full_names(three_agencies, client_of, leader) -> None:
    page = client_of(leader).get(ADDRESS).content.decode()
    for name in ("担保损失率（核销额 ÷ 解除担保额）", "代偿损失率（未收回额 ÷ 代偿额）"):
        assert name in page


def test_an_indicator_of_several_is_a_ratio_of_sums_never_an_average(three_agencies) -> None:
    found = figures("guarantees", shenzhen="yes")
    places = (SHAOGUAN, GUANGZHOU, SHENZHEN)
    parts = [group(found, code)["indicators"]["compensation-ratio"] for code in places]
    whole = found["total"]["indicators"]["compensation-ratio"]
    for name in ("numerator", "denominator"):
        assert Decimal(whole[name]) == sum(Decimal(each[name]) for each in parts)
    exact = Decimal(whole["numerator"]) / Decimal(whole["denominator"]) * 100
    assert Decimal(whole["percent"]) == round(exact, 2)
    average = sum(Decimal(each["percent"]) for each in parts) / 3
    assert abs(Decimal(whole["percent"]) - average) > Decimal("0.5")


def test_the_first_month_has_released_nothing_and_prints_a_dash(
    institution, opened, accept, client_of, leader, tmp_path
) -> None:
    agency = institution("guarantee", "GA01", SHAOGUAN)
    accept(agency, opened("guarantee", 6), GuaranteeBook(seed=1, capital=5000).month(6))
    told = figures("guarantees")["total"]["indicators"]["compensation-ratio"]
    assert (Decimal(told["denominator"]), told["percent"]) == (0, None)
    client = client_of(leader)
    assert panel(client.get(ADDRESS), "监管指标").split("担保代偿率")[1].count("—") > 0
    cells = next(
        each for each in sheets(client.get(f"{ADDRESS}&format=xlsx").content)["按地市"]
        if each[0] == "韶关市"
    )  # fmt: skip
    assert cells[5] in ("", "—", None)
    paper = pdf_text(client.get(f"{ADDRESS}&format=pdf").content, tmp_path)
    lines = [line for line in paper.splitlines() if line.strip().startswith("担保代偿率")]
    assert any("—" in line.split() for line in lines)


def test_with_and_without_shenzhen(three_agencies) -> None:
    without, with_it = figures("guarantees"), figures("guarantees", shenzhen="yes")
    one, two, three = numbers(
        without["total"]["closing"],
        with_it["total"]["closing"],
        group(with_it, SHENZHEN)["closing"],
    )
    assert two - one == three > 0
    for found in (without, with_it):
        sides = {each["code"]: Decimal(each["closing"]) for each in found["shenzhen"]}
        assert sides == {"without": one, "shenzhen": three, "with": two}


def test_a_lapsed_rating_is_in_report_calendar_and_cockpit(
    three_agencies, rated, client_of, leader, shaoguan_clerk, province_clerk
) -> None:
    rated(three_agencies["small"], "A", "2011-06-01", "2012-05-31")
    rated(three_agencies["large"], "AA", "2012-06-01", "2013-05-31")
    found = figures("guarantees")
    assert found["ratings"] == [{"code": "AA", "agencies": 1}]
    assert (found["total"]["lapsed_ratings"], found["total"]["unrated"]) == (1, 0)
    assert figures("guarantees", as_of="2012-05-31")["total"]["lapsed_ratings"] == 0
    for person in (leader, shaoguan_clerk, province_clerk):
        client = client_of(person)
        assert "演示GA01有限公司" in panel(client.get(ADDRESS), "信用评级已过期的机构")
        calendar = client.get("/reports/expiries/?as_of=2012-07-31").content.decode()
        assert "演示GA01有限公司" in calendar
        assert "2012年5月31日" in calendar
        reminders = client.get("/").content.decode().split("到期提醒")[1]
        assert "演示GA01有限公司" in reminders
        assert "信用评级到期" in reminders


def test_the_distribution_of_ratings_is_a_picture_in_the_order_of_the_scale(
    three_agencies, rated, client_of, leader
) -> None:
    rated(three_agencies["small"], "BBB", "2012-06-01", "2013-05-31")
    rated(three_agencies["large"], "AA+", "2012-06-01", "2013-05-31")
    client = client_of(leader)
    page = client.get(f"{ADDRESS}&shenzhen=yes").content.decode()
    picture = page.split("信用评级分布")[1].split("</section>")[0]
    assert picture.count("<svg") == 4
    places = [picture.index(name) for name in ("AA+", "BBB", "已过期", "未评级")]
    assert places == sorted(places)
    behind = "/reports/guarantees/lineage/?as_of=2012-07-31&shenzhen=yes&figure="
    assert "演示GA02有限公司" in client.get(f"{behind}grade:AA%2B").content.decode()
    assert "演示GA03有限公司" in client.get(f"{behind}unrated").content.decode()
    assert client.get(f"{behind}grade:CCC").status_code == 404


def test_the_banks_share_in_losses_is_net_of_what_came_back(three_agencies, loss) -> None:
    loss(three_agencies["small"], 1000, 200, bank=20)
    loss(three_agencies["large"], 300)
    loss(three_agencies["shenzhen"], 500, bank=50)
    found = figures("guarantees", shenzhen="yes")
    ratios = {
        each["code"]: (each["banks_share_in_losses"]["percent"])
        for each in [*found["groups"], *found["shenzhen"]]
    }
    assert ratios[SHAOGUAN] == "20.00"  # 160 of 800
    assert ratios[GUANGZHOU] == "0.00"
    assert ratios["440800"] is None  # no case at all
    assert ratios["without"] == "14.55"  # 160 of 1,100
    assert ratios["with"] == "25.63"  # 410 of 1,600
    borne = {each["code"]: each for each in found["total"]["borne"]}
    assert numbers(borne["bank"]["borne"], borne["bank"]["returned"]) == [450, 40]


def test_every_case_stands_behind_the_banks_share(three_agencies, loss, client_of, leader) -> None:
    loss(three_agencies["small"], 1000, 200, bank=20)
    loss(three_agencies["shenzhen"], 500, bank=50)
    client = client_of(leader)
    behind = "/reports/guarantees/lineage/?as_of=2012-07-31&figure="
    page = client.get(f"{behind}losses").content.decode()
    assert "借款人1（演示GA01有限公司）　银行 160.00，各方 800.00 万元" in page
    assert "1 件，160.00 ÷ 800.00 = 20.00%" in page
    assert "借款人2" not in page
    assert "借款人2" in client.get(f"{behind}losses:with").content.decode()
    assert "担保机构 640.00" in client.get(f"{behind}party:guarantor").content.decode()
    assert client.get(f"{behind}party:nobody").status_code == 404
