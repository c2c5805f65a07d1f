"""The report on collective notes: progress when issued, and one set of figures in four forms."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from reports import registry
from tests.listings_notes.conftest import day
from tests.reports.test_renderings import pdf_text

TODAY = day("2013-12-31")


@pytest.fixture
def report(rules):
    """``report(as_of="2012-12-31")`` is the computed report, as the house itself asks for it."""

    def compute(known_at=None, **asked):
        return registry.compute("collective-notes", asked, user=None, today=TODAY,
                                known_at=known_at)  # fmt: skip

    return compute


@pytest.fixture
def three(issued, noted, happened) -> None:
    """Two issued in 2012, one registered, one selected; a bond that is none of them."""
    issued(("5000", "4000"))
    issued(("5000", "4000"), number="中市协注〔2012〕SMECN2号", on="2012-07-02")
    registered = noted(("3000", "3000"), number=3)
    happened(registered, "registered", "2012-12-01")
    happened(noted(("1", "1"), number=4), "selected", "2012-12-01")
    bond = noted(("90000",), kind="collective_bond", number=5)
    happened(bond, "issued", "2012-06-20")


@pytest.mark.parametrize(
    ("as_of", "number", "standing", "registered", "preparing"),
    [
        ("2012-06-19", 0, "below", 2, 2),
        ("2012-06-20", 1, "below", 1, 2),
        ("2012-07-02", 2, "met", 0, 2),
        ("2012-12-31", 2, "met", 1, 1),
    ],
)
def test_progress_is_counted_when_issued_with_the_rest_beside_it(
    report, three, as_of, number, standing, registered, preparing
) -> None:
    found = report(as_of=as_of).figures["progress"]
    assert (found["issued"], found["standing"]) == (number, standing)
    assert (found["registered"], found["preparing"]) == (registered, preparing)
    assert found["target"]["low"] == 2


def test_a_year_without_a_target_is_counted_and_not_judged(report, three) -> None:
    found = report(as_of="2013-12-31").figures["progress"]
    assert (found["year"], found["issued"], found["standing"]) == (2013, 0, None)
    assert report(as_of="2013-12-31", year="2012").figures["progress"]["standing"] == "met"


def test_a_fourth_tranche_is_more_than_asked_for(report, issued) -> None:
    for number in range(4):
        issued(("5000", "4000"), number=f"中市协注〔2012〕SMECN{number}号")
    assert report(as_of="2012-12-31").figures["progress"]["standing"] == "above"


def test_a_tranche_without_an_issuer_of_the_library_does_not_count(report, issued) -> None:
    issued(("5000", "4000"), issuers=[{"name": "外省甲"}, {"name": "外省乙"}])
    assert report(as_of="2012-12-31").figures["progress"]["issued"] == 0


def test_page_pdf_workbook_and_interface_agree(
    report, three, client_of, caller, leader, tmp_path
) -> None:
    asked = {"as_of": "2013-06-01", "year": "2012"}
    figures = report(**asked).figures
    served = caller(leader, can_write=False).get("/reports/collective-notes/", **asked)
    assert served.json()["figures"] == json.loads(json.dumps(figures))
    client = client_of(leader)
    url = f"/reports/collective-notes/?{'&'.join(f'{k}={v}' for k, v in asked.items())}"
    page = client.get(url).content.decode()
    book = load_workbook(BytesIO(client.get(f"{url}&format=xlsx").content))
    printed = "".join(pdf_text(client.get(f"{url}&format=pdf").content, tmp_path).split())
    cells = {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }
    (first, *_rest) = figures["payments"]
    assert (first["on"], first["open"]) == ("2013-06-20", "549.00")
    for shown in (
        "549.00",
        "9,000.00",
        "韶关市中小企业2012年度第一期集合票据",
        "演示甲股份有限公司",
    ):
        assert shown in page
        assert shown in printed
    assert {"549", "9000", "演示甲股份有限公司"} <= {each.removesuffix(".0") for each in cells}
    assert sum(Decimal(each["interest"]) for each in first["parts"]) == Decimal("549.00")
    for door in (page, printed):
        assert "2—3期" in door.replace(" ", "")
        assert "达标" in door


def test_every_linked_figure_opens(report, three, client_of, leader, happened) -> None:
    computed = report(as_of="2013-06-21", year="2012")
    names = {each.figure for section in computed.content.sections
             for each in getattr(section, "figures", getattr(section, "bars", ()))}  # fmt: skip
    names |= {cell.figure for table in computed.content.tables() for row in table.rows
              for cell in row if getattr(cell, "figure", "")}  # fmt: skip
    assert {"year:2012", "registered", "preparing", "outstanding", "overdue"} <= names
    client = client_of(leader)
    for name in names:
        behind = registry.lineage(computed, name, user=leader)
        assert behind.title.en
        page = client.get(
            "/reports/collective-notes/lineage/",
            {"as_of": "2013-06-21", "year": "2012", "figure": name},
        )
        assert page.status_code == 200, name
    two = registry.lineage(computed, "year:2012", user=leader).evidence
    assert [each.on for each in two] == [day("2012-06-20"), day("2012-07-02")]
    wrong = client.get("/reports/collective-notes/lineage/?as_of=2013-06-21&figure=year:1999")
    assert wrong.status_code == 404


def test_findings_stand_with_rule_source_value_and_sum(report, noted, enterprise) -> None:
    pair = [{"enterprise": enterprise(each).code, "net_assets": "10000"} for each in "甲乙"]
    noted(("4000.01", "4000"), issuers=pair)
    (found,) = report(as_of="2012-12-31").figures["findings"]
    assert found["rule"] == "note.net-assets-share-max"
    assert "集合票据业务指引" in found["source"]
    assert (
        "÷ 净资产 10,000.00 万元 = 40.00%" in found["value"]["zh"]
    )  # shown rounded, judged exactly
    assert found["issuer"] == "演示甲股份有限公司"


def test_a_publication_is_computed_again_as_it_was_known(report, three, noted, happened) -> None:
    then = timezone.now()
    before = report(as_of="2013-12-31", year="2012").figures
    late = noted(("100", "100"), number=9)
    happened(late, "issued", "2012-12-30")
    assert report(as_of="2013-12-31", year="2012").figures["progress"]["issued"] == 3
    assert report(as_of="2013-12-31", year="2012", known_at=then).figures == before
    declared = registry.get("collective-notes")
    parameters = report(as_of="2013-12-31").form.parameters()
    learnt = declared.learnt_since(parameters, then)
    assert [each.keys for each in learnt] == [(late.code,)] * 2  # selected, issued


def test_a_prefecture_is_told_alone_and_without_the_provinces_target(
    report, three, guangzhou, noted, happened
) -> None:
    other = noted(("100", "100"), prefecture=guangzhou, number=9)
    happened(other, "issued", "2012-12-30")
    found = report(as_of="2012-12-31", prefecture="440100").figures
    assert (found["progress"]["issued"], found["progress"]["target"]) == (1, None)
    assert [each["code"] for each in found["notes"]] == [other.code]


@pytest.mark.parametrize(
    "asked",
    [{"year": "soon"}, {"within": "-1"}, {"prefecture": "999999"}, {"colour": "red"},
     {"as_of": "soon"}],
)  # fmt: skip
def test_wrong_parameters_are_refused(rules, client_of, leader, asked) -> None:
    client = client_of(leader)
    assert client.get("/reports/collective-notes/", asked).status_code == 422


def test_the_report_costs_the_same_however_many_notes(report, issued) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            _ = report(as_of="2013-12-31").content
        return len(queries)

    issued(("5000", "4000"))
    assert cost() == 9
    for number in range(2, 6):
        issued(("5000", "4000"), number=f"中市协注〔2012〕SMECN{number}号")
    assert cost() == 9


@pytest.mark.parametrize("who", ["preparer", "signatory"])
def test_people_of_an_institution_read_no_report(client_of, who, request) -> None:
    client = client_of(request.getfixturevalue(who))
    assert client.get("/reports/collective-notes/").status_code == 403
