"""What was published stays: recomputed it is equal, and later news shows as a difference."""

import hashlib

import pytest
from django.utils import timezone

from core.errors import DomainError, PermissionRefused
from core.models import Fact, JournalEntry
from core.operations.journal import verify
from reports.models import PublishedReport
from reports.operations.publishing import publish
from reports.queries.comparison import compared_with_today, recomputed
from tests.factories import fact

ASKED = {"as_of": "2012-12-31", "basis": "opened"}


@pytest.fixture
def published(province, province_clerk) -> PublishedReport:
    return publish(
        code="coverage",
        asked=ASKED,
        actor=province_clerk,
        now=timezone.now(),
        note="报省政府",
    )


def test_a_publication_keeps_figures_pdf_and_fingerprints(published) -> None:
    published.refresh_from_db()
    assert published.number == "coverage-20121231-01"
    assert published.figures["prefectures"]["numerator"] == 2
    assert published.parameters["basis"] == "opened"
    data = published.pdf.read()
    assert data.startswith(b"%PDF")
    assert hashlib.sha256(data).hexdigest() == published.pdf.sha256
    entry = JournalEntry.objects.get(action="report.published")
    assert entry.detail["figures_sha256"] == published.figures_sha256
    assert verify() is None


def test_numbers_count_up(published, province_clerk) -> None:
    second = publish(code="coverage", asked=ASKED, actor=province_clerk, now=timezone.now())
    assert second.number == "coverage-20121231-02"


def test_later_news_shows_as_a_difference_with_its_cause(published, province) -> None:
    assert compared_with_today(published).equal
    fact(province.yangxi, "opened", "2012-11-01", document_number="阳银监复〔2012〕7号")
    assert recomputed(published).equal
    assert recomputed(published).sha256 == published.figures_sha256
    today = compared_with_today(published)
    found = {each.path: each for each in today.differences}
    assert (
        found["prefectures.numerator"].published,
        found["prefectures.numerator"].found,
    ) == (2, 3)
    moved = found["by_prefecture.441700.covered"]
    assert (moved.published, moved.found) == (False, True)
    assert [cause.document for cause in moved.causes] == ["阳银监复〔2012〕7号"]
    assert "by_prefecture.440200.covered" not in found


def test_a_voided_fact_is_a_difference_and_never_a_silent_change(published, province) -> None:
    Fact.objects.filter(institution=province.lechang, kind="opened").update(
        voided_at=timezone.now(), void_reason="日期录错"
    )
    assert recomputed(published).equal
    found = {each.path: each for each in compared_with_today(published).differences}
    cause = found["by_prefecture.440200.covered"].causes[0]
    assert "日期录错" in cause.what.zh


def test_a_tampered_snapshot_is_told(published) -> None:
    published.figures["prefectures"]["numerator"] = 21
    published.save()
    again = recomputed(published)
    assert [each.path for each in again.differences] == ["prefectures.numerator"]


def test_only_the_province_publishes(province, leader, shaoguan_clerk) -> None:
    for person in (leader, shaoguan_clerk):
        with pytest.raises(PermissionRefused):
            publish(code="coverage", asked=ASKED, actor=person, now=timezone.now())
    assert not PublishedReport.objects.exists()


def test_wrong_parameters_publish_nothing(province, province_clerk) -> None:
    with pytest.raises(DomainError) as refused:
        publish(code="coverage", asked={"as_of": "soon"}, actor=province_clerk, now=timezone.now())
    assert (refused.value.code, list(refused.value.fields)) == ("invalid-parameters", ["as_of"])
    assert not PublishedReport.objects.exists()


def test_publishing_by_page(province, client_of, province_clerk, leader) -> None:
    client = client_of(province_clerk)
    address = "/reports/coverage/publish/?as_of=2012-12-31"
    assert "2/21" in client.get(address).content.decode()
    answer = client.post(address, {"note": "报省政府"}, follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "coverage-20121231-01" in text
    assert "与发布的数字完全一致" in text
    reader = client_of(leader)
    assert "coverage-20121231-01" in reader.get("/reports/published/").content.decode()
    paper = reader.get("/reports/published/coverage-20121231-01/pdf/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    figures = reader.get("/reports/published/coverage-20121231-01/figures/").json()
    assert figures["figures"]["prefectures"]["numerator"] == 2
    assert reader.get("/reports/published/coverage-20991231-01/").status_code == 404
    assert reader.get(address).status_code == 403
    assert reader.post(address).status_code == 403
