"""The desks as people use them: every step by its page, every refusal a sentence."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import Period
from returns.models import Return
from tests.filing import body, month
from tests.workbooks.make import broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_month(rules, bank, other_bank) -> Period:
    """Last month, which is open today."""
    last = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    return month(last.year, last.month, bank, other_bank)


def upload(client, period, data: bytes, name: str = "a.xlsx", **more):
    file = SimpleUploadedFile(name, data)
    address = reverse("returns:upload", args=[period.pk])
    return client.post(address, {"file": file, **more}, follow=True)


def grid_fields(payload: bytes) -> dict[str, str]:
    tables = json.loads(payload)["tables"]
    return {
        f"{table}-{number}-{name}": str(value)
        for table, rows in tables.items()
        for number, row in enumerate(rows)
        for name, value in row.items()
    }


def test_desk_period_and_grid_show_what_is_due(client_of, preparer, bank, open_month) -> None:
    client = client_of(preparer)
    assert "开始填报" in client.get(reverse("returns:desk")).content.decode()
    page = client.get(reverse("returns:period", args=[open_month.pk])).content.decode()
    assert "下载工作簿" in page
    grid = client.get(reverse("returns:grid", args=[open_month.pk])).content.decode()
    assert "lines-0-balance" in grid
    workbook = client.get(reverse("returns:workbook", args=[open_month.pk]))
    assert workbook.content.startswith(b"PK")
    assert bank.code in workbook["Content-Disposition"]


def test_grid_keeps_bad_cells_marks_them_and_takes_the_mended(
    client_of, preparer, bank, open_month
) -> None:
    client = client_of(preparer)
    address = reverse("returns:grid", args=[open_month.pk])
    fields = grid_fields(body(bank, open_month))
    bad = client.post(address, fields | {"lines-0-balance": "一千"}, follow=True).content.decode()
    assert 'value="一千"' in bad
    assert 'aria-invalid="true"' in bad
    record = Return.objects.get()
    assert record.error_count
    client.post(address, fields | {"version": record.version})
    record.refresh_from_db()
    assert (record.error_count, record.line_count, record.channel) == (0, 1, "grid")


def test_sign_review_accept_and_read_the_receipt(
    client_of, preparer, signatory, shaoguan_clerk, bank, open_month
) -> None:
    client_of(preparer).post(
        reverse("returns:grid", args=[open_month.pk]), grid_fields(body(bank, open_month))
    )
    record = Return.objects.get()
    receipt = client_of(signatory).post(
        reverse("returns:sign", args=[record.pk]), {"version": record.version}, follow=True
    )
    record.refresh_from_db()
    assert record.receipt_number in receipt.content.decode()
    pdf = client_of(signatory).get(reverse("returns:receipt-pdf", args=[record.pk]))
    assert pdf.content.startswith(b"%PDF")
    clerk = client_of(shaoguan_clerk)
    assert bank.name in clerk.get(reverse("returns:queue")).content.decode()
    for by in ("", "prefecture", "size", "industry"):
        review = clerk.get(reverse("returns:review", args=[record.pk]), {"by": by})
        assert "1,000.00" in review.content.decode()
    clerk.post(
        reverse("returns:decide", args=[record.pk]),
        {"version": record.version, "decision": "accept"},
    )
    record.refresh_from_db()
    assert record.state == "accepted"
    assert "✓" in clerk.get(reverse("returns:board")).content.decode()


def test_sending_back_needs_a_reason_and_reaches_the_bank(
    client_of, preparer, signatory, province_clerk, filed, bank, open_month
) -> None:
    record = filed(bank, open_month, now=timezone.now())
    client_of(signatory).post(reverse("returns:sign", args=[record.pk]))
    clerk = client_of(province_clerk)
    decide = reverse("returns:decide", args=[record.pk])
    assert (
        "退回须写明原因"
        in clerk.post(decide, {"decision": "send_back"}, follow=True).content.decode()
    )
    remark = {"remark_cell": "lines|440200/S/C|balance", "remark_text": "与台账不符"}
    clerk.post(decide, {"decision": "send_back", "note": "请核对余额", **remark})
    page = client_of(preparer).get(reverse("returns:return", args=[record.pk])).content.decode()
    assert "请核对余额" in page
    assert "与台账不符" in page
    revised = client_of(preparer).post(
        reverse("returns:revise", args=[record.pk]), {"reason": "按意见"}, follow=True
    )
    assert revised.status_code == 200
    assert Return.objects.count() == 2


@pytest.mark.parametrize("name", sorted(broken()))
def test_no_broken_file_is_ever_an_error_page(client_of, preparer, bank, open_month, name) -> None:
    """Each file of the corpus is answered with findings or a message, and nothing is stored."""
    answer = upload(client_of(preparer), open_month, broken()[name][0](), name)
    assert answer.status_code == 200
    record = Return.objects.first()
    assert record is None or record.error_count > 0 or record.line_count == 0
    assert "<article" in answer.content.decode() or "alert" in answer.content.decode()


def test_the_marked_workbook_comes_back_for_any_draft(
    client_of, preparer, bank, open_month
) -> None:
    client = client_of(preparer)
    upload(client, open_month, b"nonsense", "x.csv")
    record = Return.objects.get()
    for name in ("marked", "document"):
        assert client.get(reverse(f"returns:{name}", args=[record.pk])).status_code == 200


def test_another_banks_people_see_nothing(
    client_of, preparer, other_bank, open_month, filed, bank
) -> None:
    from tests.factories import UserFactory

    record = filed(bank, open_month, now=timezone.now())
    stranger = client_of(UserFactory(role="preparer", institution=other_bank))
    for name in ("return", "marked", "document", "row"):
        assert stranger.get(reverse(f"returns:{name}", args=[record.pk])).status_code == 404
    for name in ("explain", "revise"):
        assert stranger.post(reverse(f"returns:{name}", args=[record.pk])).status_code == 404


@pytest.mark.parametrize(("page", "most"), [("queue", 9), ("board", 12), ("periods", 12)])
def test_query_counts_do_not_grow(
    client_of, province_clerk, accepted, bank, rules, page, most, django_assert_max_num_queries
) -> None:
    for number in range(1, 7):
        accepted(bank, month(2012, number, bank), granted_year=f"{20 * number}.00")
    client = client_of(province_clerk)
    address = reverse(f"returns:{page}") + ("?state=accepted" if page == "queue" else "")
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_checks_and_dictionary_are_written_from_the_declarations(client_of, preparer) -> None:
    client = client_of(preparer)
    assert 'id="SL-201"' in client.get(reverse("returns:checks")).content.decode()
    assert "granted_year" in client.get(reverse("returns:dictionary")).content.decode()
