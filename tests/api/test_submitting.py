"""A return by machine: filed, explained, signed, accepted, revised; and what is refused."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import JournalEntry
from core.operations.tokens import revoke_token
from finance.models import LoanLine
from returns.models import Return
from tests.filing import body


@pytest.fixture
def bank_api(caller, preparer):
    return caller(preparer, **{"Accept-Language": "en"})


def test_a_return_goes_the_whole_way(
    bank_api, caller, signatory, province_clerk, bank, june, accepted
) -> None:
    filed = bank_api.post("/returns/", body(bank, june))
    assert filed.status_code == 201
    here = filed["Location"].removeprefix("/api/v1")
    assert filed.json()["links"]["self"] == filed["Location"]
    assert bank_api.get(f"{here}findings/").json() == {"results": []}

    signed = caller(signatory).post(f"{here}sign/", headers={"If-Match": filed["ETag"]})
    assert signed.json()["receipt_number"].startswith("SL-201206-B9001-R1-")

    office = caller(province_clerk)
    assert office.post(f"{here}accept/", {"note": "ok"}).json()["state"] == "accepted"
    figures = office.get("/loan-figures/", period="2012-06").json()["results"]
    assert [row["balance"] for row in figures] == ["1000.00"]

    revision = bank_api.post(f"{here}revisions/", {"reason": "口径更正"})
    assert (revision.status_code, revision.json()["revision"]) == (201, 2)
    actions = [each["action"] for each in office.get(f"{here}events/").json()["results"]]
    assert actions == ["return.received", "return.signed", "return.accepted"]


def test_errors_are_answered_with_findings_and_the_draft_is_kept(bank_api, bank, june) -> None:
    answer = bank_api.post("/returns/", body(bank, june, npl="7"))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "return-has-errors")
    assert answer["Content-Type"] == "application/problem+json"
    (finding,) = problem["errors"]
    assert (finding["code"], finding["key"], finding["value"]) == ("SL-205", "440200/S/C", "7.00")
    assert finding["message"].isascii()
    assert finding["cure"]
    record = Return.objects.get(pk=problem["return"]["id"])
    assert (record.state, record.error_count) == ("draft", 1)
    assert not LoanLine.objects.exists()
    assert record.document.read() == body(bank, june, npl="7"), "kept byte for byte"


def test_a_file_may_be_sent_as_multipart(bank_api, bank, june) -> None:
    file = SimpleUploadedFile("june.csv", "行,列\r\n".encode("gbk"))
    sent = {"institution": bank.code, "form": "sme-loans", "period": "2012-06", "file": file}
    answer = bank_api.client.post("/api/v1/returns/", sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "return-has-errors")
    assert Return.objects.get().channel == "csv"


def test_a_file_over_the_limit_is_refused_unread(bank_api, bank, june, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    sent = {"institution": bank.code, "form": "sme-loans", "period": "2012-06"}
    for size in (1001, 2 * 2**20):
        file = SimpleUploadedFile("june.xlsx", b"PK\x03\x04" + b"x" * size)
        answer = bank_api.client.post("/api/v1/returns/", sent | {"file": file})
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    answer = bank_api.post("/returns/", {"form": "x" * 2000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert not Return.objects.exists()


@pytest.mark.parametrize(
    ("content_type", "sent", "status", "code"),
    [
        ("text/plain", "hello", 415, "unsupported-media-type"),
        ("application/json", "{", 400, "malformed-json"),
        ("application/json", "[1]", 422, "invalid-body"),
        ("application/json", "{}", 422, "invalid-body"),
        ("application/json", '{"form": NaN}', 400, "malformed-json"),
        ("application/json", "[" * 100_000, 400, "malformed-json"),
        ("application/json", '{"tables": {}, "form": 7}', 422, "invalid-body"),
    ],
)
def test_bodies_that_cannot_be_read(bank_api, june, content_type, sent, status, code) -> None:
    answer = bank_api.post("/returns/", sent, content_type=content_type)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_nobody_files_for_others_or_for_what_is_not(bank_api, bank, other_bank, june) -> None:
    for changes, field in (
        ({"institution": other_bank.code}, "institution"),
        ({"institution": "B0000"}, "institution"),
        ({"period": "2012-13"}, "period"),
        ({"period": "June"}, "period"),
        ({"form": "sme"}, "form"),
    ):
        answer = bank_api.post("/returns/", json.loads(body(bank, june)) | changes)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")
        assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert not Return.objects.exists()


def test_explanations_are_by_finding(bank_api, bank, june, accepted, other_bank) -> None:
    filed = bank_api.post("/returns/", body(bank, june)).json()
    here = f"/returns/{filed['id']}/explanations/"
    for wrong in ({"explanations": [1]}, {"explanations": [{"finding": "a", "text": "b"}]}, {}):
        assert bank_api.post(here, wrong).json()["code"] == "invalid-body"
    unknown = bank_api.post(here, {"explanations": [{"finding": 999, "text": "because"}]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "bad-explanation")


def test_sending_back_needs_a_reason_and_names_cells(
    caller, province_clerk, signatory, bank_api, bank, june
) -> None:
    filed = bank_api.post("/returns/", body(bank, june)).json()
    here = f"/returns/{filed['id']}"
    caller(signatory).post(f"{here}/sign/")
    office = caller(province_clerk)
    assert office.post(f"{here}/return/", {}).json()["code"] == "reason-needed"
    remark = {"table": "lines", "key": "440200/S/C", "column": "nothing", "text": "?"}
    wrong = office.post(f"{here}/return/", {"reason": "x", "remarks": [remark]})
    assert wrong.json()["code"] == "invalid-body"
    remark["column"] = "balance"
    back = office.post(f"{here}/return/", {"reason": "请核对", "remarks": [remark]})
    assert back.json()["state"] == "returned"
    assert Return.objects.get().comments.get().text == "?"


def test_the_preparer_does_not_sign_and_others_do_not_see(
    bank_api, caller, bank, june, other_bank
) -> None:
    from tests.factories import UserFactory

    filed = bank_api.post("/returns/", body(bank, june)).json()
    here = f"/returns/{filed['id']}/"
    assert bank_api.post(f"{here}sign/").status_code == 403
    stranger = UserFactory(role="signatory", institution=other_bank)
    assert caller(stranger).get(here).status_code == 404
    assert caller(stranger).post(f"{here}sign/").status_code == 404


def test_tokens_that_read_or_ended_do_not_write(caller, preparer, bank, june) -> None:
    from core.models import ApiToken

    reader = caller(preparer, can_write=False)
    refused = reader.post("/returns/", body(bank, june))
    assert (refused.status_code, refused.json()["code"]) == (403, "read-only-token")
    assert reader.get("/returns/").status_code == 200
    token = ApiToken.objects.get()
    revoke_token(actor=preparer, token=token, now=token.created_at)
    ended = reader.get("/returns/")
    assert (ended.status_code, ended.json()["code"]) == (401, "invalid-token")
    assert ended["WWW-Authenticate"].startswith("Bearer")


def test_a_lost_edit_is_412_by_if_match(bank_api, bank, june) -> None:
    first = bank_api.post("/returns/", body(bank, june))
    bank_api.post("/returns/", body(bank, june, balance="2000.00"))
    stale = bank_api.post("/returns/", body(bank, june), headers={"If-Match": first["ETag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "edit-conflict")


def test_the_same_key_is_worked_once_and_answered_twice(bank_api, bank, june) -> None:
    key = {"Idempotency-Key": "june-1"}
    first = bank_api.post("/returns/", body(bank, june), headers=key)
    again = bank_api.post("/returns/", body(bank, june), headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert (again["Idempotent-Replay"], again["ETag"]) == ("true", first["ETag"])
    assert JournalEntry.objects.filter(action="return.received").count() == 1
    other = bank_api.post("/returns/", body(bank, june, balance="3.00"), headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency-key-reused")


def test_a_fault_of_ours_gives_the_key_back(bank_api, bank, june, monkeypatch) -> None:
    from api.models import IdempotentAnswer
    from api.views import returns

    def broken(**_arguments: object) -> None:
        raise RuntimeError("disk full")

    bank_api.client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(returns.act, "receive", broken)
        key = {"Idempotency-Key": "june-2"}
        failed = bank_api.post("/returns/", body(bank, june), headers=key)
    assert (failed.status_code, failed.json()["code"]) == (500, "internal-error")
    assert "disk" not in failed.content.decode()
    assert not IdempotentAnswer.objects.exists()
    assert bank_api.post("/returns/", body(bank, june), headers=key).status_code == 201
