"""The coverage report as a page, in both languages, with its lineage."""

import re

import pytest
from django.utils import timezone

from core.models import Attachment
from core.operations.documents import keep_document


def test_the_page_shows_figures_tables_and_chart_data(province, client_of, leader) -> None:
    page = client_of(leader).get("/reports/coverage/?as_of=2012-06-30")
    text = page.content.decode()
    assert page.status_code == 200
    assert "1/21" in text
    assert "0/67" in text
    assert "演示中山小榄村镇银行" in text
    assert "挂钩未落实" in text
    assert 'data-chart="map"' in text
    assert 'data-chart="line"' in text


def test_every_linked_figure_opens(province, client_of, leader) -> None:
    client = client_of(leader)
    page = client.get("/reports/coverage/?as_of=2014-06-30&since=2013-12-31").content.decode()
    links = set(re.findall(r'href="(/reports/coverage/lineage/[^"]+)"', page))
    assert len(links) > 8
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_lineage_names_the_document(province, client_of, leader) -> None:
    address = "/reports/coverage/lineage/?as_of=2012-06-30&figure=prefecture:442000"
    text = client_of(leader).get(address).content.decode()
    assert "中银监复〔2008〕8号" in text
    assert "演示中山小榄村镇银行" in text


def test_lineage_opens_the_approval_s_file(province, client_of, leader, province_clerk) -> None:
    opened = province.xiaolan.facts.get(kind="opened")
    document = keep_document(
        b"%PDF-1.4 approval",
        filename="approval.pdf",
        content_type="application/pdf",
        channel="registry",
        institution=province.xiaolan,
        actor=province_clerk,
        now=timezone.now(),
    )
    kept = Attachment.objects.create(
        institution=province.xiaolan,
        fact=opened,
        document=document,
        title="开业批复",
        added_at=timezone.now(),
        added_by=province_clerk,
    )
    client = client_of(leader)
    text = client.get(
        "/reports/coverage/lineage/?as_of=2012-06-30&figure=prefecture:442000"
    ).content.decode()
    assert "开业批复" in text
    address = f"/files/{kept.pk}/"
    assert f'href="{address}"' in text
    assert b"".join(client.get(address).streaming_content) == b"%PDF-1.4 approval"


@pytest.mark.parametrize("figure", ["", "prefecture:999999", "nonsense", "pipeline:442000"])
def test_an_unknown_figure_is_not_found(province, client_of, leader, figure: str) -> None:
    address = f"/reports/coverage/lineage/?as_of=2012-06-30&figure={figure}"
    assert client_of(leader).get(address).status_code == 404


def test_a_misspelt_or_wrong_parameter_is_told_beside_its_field(
    province, client_of, leader
) -> None:
    client = client_of(leader)
    for address, said in (
        ("?as_off=2012-06-30", "as_off"),
        ("?as_of=2012-06-31", "id_as_of_error"),
        ("?as_of=2012-06-30&since=2013-01-01", "id_since_error"),
        ("?basis=guessed", "id_basis_error"),
    ):
        page = client.get(f"/reports/coverage/{address}")
        assert page.status_code == 422, address
        assert said in page.content.decode()
    assert client.get("/reports/coverage/?as_of=2012-06-30&format=docx").status_code == 422


def test_english_readers_get_english(province, client_of, leader) -> None:
    client = client_of(leader)
    client.cookies["django_language"] = "en"
    text = client.get("/reports/coverage/?as_of=2012-06-30").content.decode()
    assert "Village-bank coverage of Guangdong" in text
    assert "Pearl River Delta" in text
    assert "Linkage not settled" in text


def test_institutions_may_not_read_reports(province, client_of, preparer) -> None:
    assert client_of(preparer).get("/reports/coverage/").status_code == 403


def test_a_report_page_takes_seven_queries_whatever_is_asked(
    province, client_of, leader, django_assert_num_queries
) -> None:
    client = client_of(leader)
    client.get("/reports/coverage/?as_of=2014-06-30")  # the session is touched once a while
    for more in ("", "&since=2012-06-30&basis=established&unit=any_outlet"):
        with django_assert_num_queries(7):
            client.get(f"/reports/coverage/?as_of=2014-06-30{more}")
