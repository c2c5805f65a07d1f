"""Lists: strict, in scope, paged by cursor, in a constant number of queries, alike in bulk."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api import streams
from api.resources_finance import LOAN_FIGURES, figures_in_force
from core.models import County, Prefecture, RuleParameter, SourceDocument
from finance.models import LoanLine, VillageBank
from reports.models import PublishedReport
from reports.operations.publishing import publish
from returns.models import Return
from tests.factories import InstitutionFactory, UserFactory, fact
from tests.filing import month

LISTS = (
    "prefectures", "counties", "institutions", "banks", "village-banks", "approvals", "rules",
    "periods", "obligations", "returns", "loan-figures", "published-reports",
)  # fmt: skip


@pytest.fixture
def office(caller, province_clerk):
    return caller(province_clerk, **{"Accept-Language": "en"})


@pytest.mark.parametrize("name", LISTS)
def test_what_a_list_does_not_know_is_refused(name, office) -> None:
    for wrong, code in (
        ({"colour": "red"}, "unknown-parameter"),
        ({"kind_min": "1"}, "unknown-parameter"),
        ({"ordering": "password"}, "unknown-parameter"),
        ({"page_size": "0"}, "bad-page-size"),
        ({"page_size": "²"}, "bad-page-size"),
        ({"cursor": "zzz"}, "bad-cursor"),
        ({"format": "exe"}, "unknown-format"),
    ):
        answer = office.get(f"/{name}/", **wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, code), wrong


def test_a_filter_with_a_wrong_value_names_its_field(office) -> None:
    answer = office.get("/institutions/", as_of="yesterday")
    assert answer.json()["code"] == "bad-filter"
    assert [each["field"] for each in answer.json()["errors"]] == ["as_of"]


def again(record, **changes):
    """One more row like ``record``."""
    record.pk, record._state.adding = None, True
    for name, value in changes.items():
        setattr(record, name, value)
    record.save(force_insert=True)
    return record


def grow(shaoguan, number: int) -> None:
    """One more row in every list that grows."""
    place = again(Prefecture.objects.get(pk=shaoguan.pk), code=f"45{number:04}",
                  display_order=500 + number)  # fmt: skip
    County.objects.create(code=f"46{number:04}", name="县", kind="county", prefecture=place)
    bank = InstitutionFactory(code=f"M{number:03}", kind="village_bank", prefecture=place)
    VillageBank(institution=bank).save()
    fact(bank, "intention", "2010-01-01")
    period = month(2000 + number, 1, bank)
    sent = again(SourceDocument.objects.order_by("pk")[0])
    again(Return.objects.order_by("pk")[0], institution=bank, document=sent, period=period,
          receipt_number=f"R{number}")  # fmt: skip
    again(LoanLine.objects.order_by("pk")[0], document=sent, institution=bank, period=period)
    again(RuleParameter.objects.order_by("pk")[0], code=f"rule.{number}")
    again(PublishedReport.objects.order_by("pk")[0], number=f"coverage-{number}")


@pytest.fixture
def one_of_each(bank, june, accepted, province_clerk):
    accepted(bank, june)
    asked = {"as_of": "2012-06-30"}
    publish(code="coverage", asked=asked, actor=province_clerk, now=timezone.now())


@pytest.mark.parametrize("name", LISTS)
def test_the_number_of_queries_does_not_grow(name, office, shaoguan, one_of_each) -> None:
    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            answer = office.get(f"/{name}/", page_size=1000)
        return len(answer.json()["results"]), len(queries)

    grow(shaoguan, 0)
    office.get(f"/{name}/")
    few, queries = count()
    for number in range(1, 31):
        grow(shaoguan, number)
    assert count() == (few + 30, queries)
    assert queries == 2, "the token with its person, and the page"


def test_pages_lead_to_their_neighbours(office, shaoguan) -> None:
    for number in range(25):
        InstitutionFactory(code=f"P{number:03}", prefecture=shaoguan)
    seen: list[list[str]] = []
    address = "/institutions/?page_size=10"
    while address:
        page = office.get(address).json()
        seen.append([row["code"] for row in page["results"]])
        address = page["next"] and page["next"].removeprefix("http://testserver/api/v1")
    assert [len(found) for found in seen] == [10, 10, 5]
    codes = [code for found in seen for code in found]
    assert codes == sorted(codes)
    back = office.get(page["previous"].removeprefix("http://testserver/api/v1")).json()
    assert [row["code"] for row in back["results"]] == seen[1]


def test_states_are_those_of_the_day_asked(office, bank) -> None:
    fact(bank, "exited", "2012-05-01", reason="merged")
    assert office.get("/banks/B9001/", as_of="2012-04-30").json()["state"] == "open"
    after = office.get("/banks/B9001/").json()
    assert after["state"] == "ended"
    assert office.get("/banks/B9001/", as_of="x").json()["code"] == "bad-filter"


def test_figures_are_only_those_of_the_caller(
    caller, office, bank, other_bank, june, accepted, shaoguan_clerk, preparer, guangzhou
) -> None:
    accepted(bank, june)
    stranger = UserFactory(role="preparer", institution=other_bank)
    elsewhere = UserFactory(role="prefecture_staff", prefecture=guangzhou)
    for person, count in (
        (shaoguan_clerk, 1), (preparer, 1), (stranger, 0), (elsewhere, 0),
    ):  # fmt: skip
        api = caller(person)
        assert len(api.get("/loan-figures/").json()["results"]) == count
        for wanted in ("csv", "ndjson"):
            body = b"".join(api.get("/loan-figures/", format=wanted).streaming_content)
            assert body.count(b"B9001") == count


@pytest.fixture
def odd_figures(bank, june, accepted):
    """Lines with every awkward thing in them: quotes, formulas, line ends, large and negative."""
    accepted(bank, june)
    line = LoanLine.objects.get()
    for place, industry in enumerate("ABDEFG"):
        line.pk, line.industry, line.row = None, industry, place + 5
        line.interest, line.granted_period = "-0.0005", f"-{place}.07"
        line.balance = line.normal = "9999999999.99"
        line.save(force_insert=True)
    bank.name = '=1+1,"银行"\\n\\\\t\t\r\n尾'
    bank.save()


@pytest.mark.parametrize("wanted", ["csv", "ndjson"])
def test_the_database_writes_the_same_lines_as_python(wanted, odd_figures, province_clerk) -> None:
    rows = figures_in_force(user=province_clerk).order_by("-balance", "pk")
    fields = LOAN_FIGURES.fields
    fast = b"".join(streams.fast(fields, rows, wanted)).decode()
    plain = b"".join(streams.plain(fields, rows, wanted)).decode()

    def read(text: str) -> list:
        if wanted == "csv":
            return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        return [json.loads(line) for line in text.rstrip("\n").split("\n")]

    assert read(fast) == read(plain)
    assert len(read(fast)) == 7 + (wanted == "csv")
    assert ("'=1+1" in fast) == (wanted == "csv")


def test_bulk_keeps_filters_and_order(office, odd_figures) -> None:
    answer = office.get("/loan-figures/", format="ndjson", industry="C", period="2012-06")
    rows = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert [row["industry"] for row in rows] == ["C"]
    workbook = office.get("/loan-figures/", format="xlsx")
    assert b"".join(workbook.streaming_content).startswith(b"PK")
