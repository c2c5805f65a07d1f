"""Workbook import: a dry run that tells each row, then all or nothing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Institution, JournalEntry, SourceDocument
from core.tabular import Column, Sheet, write_xlsx
from finance.models import VillageBank
from tests.factories import InstitutionFactory

HEAD = ("机构编码", "名称", "类别", "地市")


def workbook(*rows, head=HEAD):
    file = io.BytesIO()
    write_xlsx(file, [Sheet("机构", [Column(h, h) for h in head], rows)], "zh-hans")
    return file.getvalue()


def send(client, data, name="机构.xlsx", to="core:institution-import"):
    return client.post(reverse(to), {"file": SimpleUploadedFile(name, data)}, follow=True)


def confirm(client, page):
    address = page.redirect_chain[-1][0]
    return client.post(address, {"fingerprint": page.context["outcome"].fingerprint})


def test_a_dry_run_tells_each_row_and_writes_nothing(province_clerk, client_of, bank):
    client = client_of(province_clerk)
    InstitutionFactory(code="B5", name="不变银行", kind="city_bank", prefecture=bank.prefecture)
    data = workbook(
        ("B9001", "演示粤北银行", "城市商业银行", "韶关市"),
        ("B77", "演示新银行", "城市商业银行", "韶关"),
        ("B5", "不变银行", "城市商业银行", "440200"),
    )
    page = send(client, data)
    outcomes = [(r.number, r.outcome) for r in page.context["outcome"].rows]
    assert outcomes == [(2, "changed"), (3, "new"), (4, "unchanged")]
    assert "<del>演示韶关银行</del>" in page.content.decode()
    assert not Institution.objects.filter(code="B77").exists()
    assert confirm(client, page).status_code == 302
    assert Institution.objects.get(code="B9001").name == "演示粤北银行"
    assert Institution.objects.get(code="B77").pinyin_initials == "ysxyh"
    entry = JournalEntry.objects.get(action="institution.import")
    assert (entry.detail["new"], entry.detail["changed"]) == (1, 1)
    assert SourceDocument.objects.get().read() == data


def test_one_wrong_row_stops_all_and_names_its_cells(province_clerk, client_of, bank):
    client = client_of(province_clerk)
    data = workbook(
        ("B77", "演示新银行", "城市商业银行", "韶关市"),
        ("B78", "", "城市银行", "海南省"),
        ("B77", "又一家", "城市商业银行", "韶关市"),
    )
    page = send(client, data)
    problems = {cell for row in page.context["outcome"].rows for cell, _ in row.problems}
    assert problems == {"B3", "C3", "D3", "A4"}
    assert confirm(client, page).status_code == 422
    assert not Institution.objects.filter(code="B77").exists()


def test_a_registry_that_changed_since_the_dry_run_is_looked_at_again(
    province_clerk, client_of, bank
):
    client = client_of(province_clerk)
    page = send(client, workbook(("B9001", "甲银行", "城市商业银行", "韶关市")))
    bank.name = "乙银行"
    bank.save()
    answer = confirm(client, page)
    assert answer.status_code == 422
    assert "已有变化" in answer.content.decode()
    assert Institution.objects.get(code="B9001").name == "乙银行"


def test_a_prefectures_clerk_imports_only_its_prefecture(
    shaoguan_clerk, province_clerk, client_of, other_bank
):
    client = client_of(shaoguan_clerk)
    page = send(client, workbook(("B9002", "改名", "城市商业银行", "广州市")))
    assert [row.outcome for row in page.context["outcome"].rows] == ["error"]
    address = page.redirect_chain[-1][0]
    assert client_of(province_clerk).get(address).status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"not,a,heading\n1,2,3\n", "x.csv", "机构编码"),
        (b"%PDF-1.4", "x.xlsx", "不是工作簿"),
        (workbook(("a", "b"), head=("机构编码", "名称")), "x.xlsx", "缺少必填列"),
        (workbook(("a", "b"), head=("机构编码", "名字")), "x.xlsx", "B1"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(data, name, words, province_clerk, client_of):
    page = send(client_of(province_clerk), data, name)
    assert page.status_code == 422
    assert words in page.content.decode()


def test_a_gbk_csv_and_the_template_itself_are_read(province_clerk, client_of, shaoguan):
    client = client_of(province_clerk)
    text = "机构编码,名称,类别,地市\nB1,演示一,其他机构,韶关市\n"
    assert send(client, text.encode("gbk"), "x.csv").context["outcome"].number("new") == 1
    answer = client.get(reverse("finance:village-bank-import-template"))
    template = b"".join(answer.streaming_content)
    page = send(client, template, to="finance:village-bank-import")
    row = page.context["outcome"].rows[0]
    assert [cell for cell, _ in row.problems] == ["E2"]  # the county is not registered here


def test_village_banks_come_with_their_detail(province_clerk, client_of, shaoguan):
    client = client_of(province_clerk)
    head = ("机构编码", "名称", "地市", "主发起行", "注册资本（万元）")
    data = workbook(("V1", "甲村镇银行股份有限公司", "韶关市", "某行", "5,000.00"), head=head)
    page = send(client, data, to="finance:village-bank-import")
    assert page.context["outcome"].rows[0].outcome == "new"
    assert confirm(client, page).status_code == 302
    bank = VillageBank.objects.get()
    assert (bank.main_sponsor_name, bank.capital) == ("某行", 5000)
    again = send(client, data, to="finance:village-bank-import")
    assert again.context["outcome"].rows[0].outcome == "unchanged"
    bad = workbook(("V1", "甲村镇银行", "韶关市", "某行", "1e308"), head=head)
    page = send(client, bad, to="finance:village-bank-import")
    assert [cell for cell, _ in page.context["outcome"].rows[0].problems] == ["E2"]


def test_a_doubtful_identifier_is_shown_and_does_not_stop_an_import(
    province_clerk, client_of, shaoguan
):
    client = client_of(province_clerk)
    row = ("B1", "演示一", "其他机构", "韶关市", "19220382-2")
    page = send(client, workbook(row, head=(*HEAD, "组织机构代码")))
    assert [cell for cell, _ in page.context["outcome"].rows[0].doubts] == ["E2"]
    assert "存疑" in page.content.decode()
    assert confirm(client, page).status_code == 302
    assert Institution.objects.get(code="B1").organisation_code == "19220382-2"


def test_an_empty_cell_changes_nothing_and_a_dash_empties(province_clerk, client_of, bank):
    client = client_of(province_clerk)
    kept = InstitutionFactory(code="B5", note="保留", kind="city_bank", prefecture=bank.prefecture)
    gone = InstitutionFactory(code="B6", note="去掉", kind="city_bank", prefecture=bank.prefecture)
    head = (*HEAD, "备注")
    data = workbook(
        ("B5", kept.name, "城市商业银行", "韶关市", ""),
        ("B6", gone.name, "城市商业银行", "韶关市", "-"),
        head=head,
    )
    page = send(client, data)
    assert [row.outcome for row in page.context["outcome"].rows] == ["unchanged", "changed"]
    confirm(client, page)
    assert list(
        Institution.objects.filter(code__in=["B5", "B6"]).values_list("note", flat=True)
    ) == [
        "保留",
        "",
    ]
