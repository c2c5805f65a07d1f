"""What was published stays: recomputed it is equal, and every correction shows with its cause."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from core.models import County, Fact, RuleParameter
from core.registers.saving import save_entry, void_entry
from finance.models import EventDrawing, FinancingEvent, Shareholder
from guarantees.models import CaseMovement, CompensationCase, LossShareScheme, SchemeParticipant
from guarantees.registers import CREDIT_RATINGS, MOVEMENTS
from reports.demo.guarantee_figures import GuaranteeBook
from reports.demo.microloan_figures import MicroloanBook
from reports.models import PublishedReport
from reports.operations.publishing import publish
from reports.queries.comparison import compared_with_today, recomputed
from tests.factories import fact
from tests.filing import NOW
from tests.item_reports.conftest import SHAOGUAN, day, report

LATER = NOW + datetime.timedelta(days=9)


@pytest.fixture
def published(province_clerk) -> Any:
    def keep(code: str, **asked: str) -> PublishedReport:
        asked = {"as_of": "2012-07-31", **asked}
        return publish(code=code, asked=asked, actor=province_clerk, now=timezone.now())

    return keep


def same(publication: PublishedReport) -> bool:
    """Whether it computes to the very figures again, as they were known then."""
    publication.refresh_from_db()
    again = recomputed(publication)
    return again.equal and again.sha256 == publication.figures_sha256


def news(publication: PublishedReport) -> dict[str, Any]:
    """What differs today, by the path of the figure."""
    return {each.path: each for each in compared_with_today(publication).differences}


def test_a_corrected_return_of_a_company(three_companies, published, accept) -> None:
    paper, watch = published("microloan"), published("watch-list", show="all")
    assert not news(paper)
    june = report("microloan").parameters.period
    moment = timezone.now() + datetime.timedelta(seconds=1)
    tables = MicroloanBook(seed=9, capital=2600, borrowing=0.2).month(6)
    corrected = accept(three_companies["small"], june, tables, now=moment)
    assert same(paper)
    assert same(watch)
    found = news(paper)
    mine = found[f"groups.{SHAOGUAN}.capital"]
    assert (mine.published, mine.found) == ("2000.00", "2600.00")
    assert [each.document for each in mine.causes] == [corrected.receipt_number]
    assert f"groups.{SHAOGUAN}.npl" in found
    assert not any(path.startswith("groups.440100") for path in found)
    moved = news(watch)["watched.ML01/microloan.borrowing-ratio-max.standing"]
    assert (moved.published, moved.found) == ("near", "free")


def test_a_month_accepted_later_lengthens_no_trend_of_the_past(
    three_companies, published, opened, accept
) -> None:
    paper, watch = published("microloan"), published("watch-list", show="all")
    may = opened("microloan", 5)
    moment = timezone.now() + datetime.timedelta(seconds=1)
    accept(three_companies["small"], may, MicroloanBook(seed=1, capital=2000).month(5), now=moment)
    assert same(paper)
    assert same(watch)
    assert "trend.2012-05.balance" in news(paper)
    assert news(watch)["watched.ML01/microloan.single-borrower-max.share_last_month"].found


def test_founders_found_out_later(three_companies, published) -> None:
    paper = published("microloan")
    Shareholder.objects.create(
        code="SH-1", institution=three_companies["small"], name="演示集团", stake=Decimal(40),
        role="main_sponsor", held_from=day("2010-05-01"), is_quality_enterprise=True,
        home_prefecture=three_companies["large"].prefecture,
    )  # fmt: skip
    assert same(paper)
    wished = news(paper)["underdeveloped.founded_as_the_plan_wishes"]
    assert (wished.published, wished.found) == (0, 1)
    assert "SH-1" in [each.document for each in wished.causes]


def test_an_agency_that_had_closed(three_agencies, published) -> None:
    paper = published("guarantees")
    fact(three_agencies["large"], "exited", "2012-07-01", reason="dissolved")
    assert same(paper)
    assert news(paper)["total.agencies"].found == 1


def test_a_rating_voided_and_another_recorded(
    three_agencies, published, rated, province_clerk
) -> None:
    entry = rated(three_agencies["small"], "A", "2011-06-01", "2012-05-31")
    paper, calendar = published("guarantees"), published("expiries")
    void_entry(CREDIT_RATINGS, code=entry.code, actor=province_clerk, reason="录错",
               now=timezone.now())  # fmt: skip
    rated(three_agencies["small"], "AA", "2012-06-01", "2013-05-31")
    assert same(paper)
    assert same(calendar)
    found = news(paper)
    assert (found["total.lapsed_ratings"].published, found["total.lapsed_ratings"].found) == (1, 0)
    assert found["ratings.AA.agencies"].found == 1
    gone = news(calendar)["expiring.credit-ratings/CR-1.on"]
    assert (gone.published, gone.found) == ("2012-05-31", None)
    assert any("录错" in cause.what.zh for cause in gone.causes)


@pytest.fixture
def case(three_agencies, bank) -> CompensationCase:
    scheme = LossShareScheme(code="LS-1", name="方案", valid_from=day("2011-01-01"))
    scheme.save()
    for order, (party, share) in enumerate((("guarantor", 67), ("bank", 33)), start=1):
        SchemeParticipant(parent=scheme, order=order, party=party, share=Decimal(share)).save()
    found = CompensationCase(
        code="CC-1", institution=three_agencies["small"], bank=bank, scheme=scheme,
        borrower="演示食品厂", loan_amount=Decimal(9000), guaranteed_amount=Decimal(9000),
        defaulted_on=day("2012-02-01"),
    )  # fmt: skip
    found.save()
    return found


def test_a_movement_voided_splits_nothing_anew_that_was_published(
    case, published, province_clerk
) -> None:
    def moved(kind: str, on: str, amount: str, **more: Any) -> CaseMovement:
        entry = CaseMovement(case=case, kind=kind, happened_on=day(on),
                             principal=Decimal(amount), **more)  # fmt: skip
        return save_entry(MOVEMENTS, entry, actor=province_clerk, now=timezone.now())

    moved("compensation", "2012-03-01", "100.01", interest=Decimal("0.10"))
    wrong = moved("recovery", "2012-04-01", "33.34")
    moved("recovery", "2012-05-01", "0.02")
    paper = published("guarantees")
    assert paper.figures["total"]["banks_share_in_losses"]["numerator"] == "22.03"
    void_entry(MOVEMENTS, code=wrong.code, actor=province_clerk, reason="错录", now=timezone.now())
    moved("recovery", "2012-06-01", "50.00")
    assert same(paper)
    share = news(paper)["total.banks_share_in_losses.numerator"]
    assert share.found != share.published
    codes = {each.document for each in share.causes}
    assert wrong.code in codes


def test_a_limit_that_the_office_changed(three_companies, three_agencies, published) -> None:
    watch = published("watch-list", show="all")
    for code in ("microloan.borrowing-ratio-max", "limits.near"):
        rule = RuleParameter.objects.get(code=code)
        rule.value = 80
        rule.save()
    assert same(watch)
    moved = news(watch)["watched.ML01/microloan.borrowing-ratio-max.limit"]
    assert (Decimal(moved.published), Decimal(moved.found)) == (50, 80)


def test_a_drawing_corrected(guangdong, published) -> None:
    event = FinancingEvent(code="FE-1", name="对接会", held_on=day("2012-03-01"),
                           amount_signed=Decimal(1000))  # fmt: skip
    event.save()
    drawing = EventDrawing(code="ED-1", event=event, as_of=day("2012-06-30"), amount=Decimal(100))
    drawing.save()
    paper = published("services")
    drawing.amount = Decimal(400)
    drawing.save()
    assert same(paper)
    drawn = news(paper)["total.drawn"]
    assert (drawn.published, drawn.found) == ("100.00", "400.00")
    assert "ED-1" in [each.document for each in drawn.causes]


def test_an_institution_goes_by_the_name_it_had(three_companies, published, rated) -> None:
    rated(three_companies["small"], "A", "2011-06-01", "2012-05-31")
    papers = [published("watch-list", show="all"), published("expiries")]
    company = three_companies["small"]
    company.name = "改名后的公司"
    company.save()
    for paper in papers:
        assert same(paper)
        assert any(each.found == "改名后的公司" for each in news(paper).values())


def test_the_page_of_a_publication_says_that_it_is_still_the_same(
    three_agencies, published, accept, client_of, leader
) -> None:
    paper = published("guarantees")
    june = report("guarantees").parameters.period
    book = GuaranteeBook(seed=1, capital=5000, leverage=9.4, compensation=0.05)
    book.month(5)
    book.premium += 12300
    moment = timezone.now() + datetime.timedelta(seconds=1)
    accept(three_agencies["small"], june, book.month(6), now=moment)
    page = client_of(leader).get(f"/reports/published/{paper.number}/").content.decode()
    assert "与发布的数字完全一致" in page
    assert "premium" in page


def test_facts_and_flags_known_then(three_companies, published) -> None:
    paper = published("microloan")
    Fact.objects.filter(institution=three_companies["small"]).update(
        voided_at=timezone.now(), void_reason="录错"
    )
    for county in County.objects.filter(code="440222"):
        county.underdeveloped = False
        county.save()
    assert same(paper)
    assert news(paper)["total.companies"].found == 1
