"""A regulator files for many institutions: each is answered on its own, nothing twice."""

import csv
import io
import json
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import PermissionRefused, StateConflict
from core.models import Job, JournalEntry, SourceDocument
from returns.models import BulkPart, BulkSubmission, Finding, Return
from returns.operations import sign_return
from returns.operations.bulk import submit_many, try_again, work_through
from returns.tasks import file_many
from tests.factories import UserFactory
from tests.filing import NOW, month
from tests.wire.bulk_files import as_csv, ndjson

pytestmark = pytest.mark.django_db
BESIDE = {"form": "sme-loans", "period": "2012-06"}


def worked(actor, data, **beside):
    values = {"filename": "all.csv", "now": NOW} | beside
    submission, _new = submit_many(actor=actor, data=data, **values)
    work_through(submission, actor=actor, now=NOW)
    return submission


def states(submission):
    return dict(submission.parts.values_list("institution_code", "state"))


@pytest.mark.parametrize("kind", ["csv", "ndjson"])
def test_every_institution_is_filed_by_the_one_door(
    kind, bank, other_bank, june, province_clerk, signatory
) -> None:
    data = as_csv(bank, other_bank) if kind == "csv" else ndjson((bank, june), (other_bank, june))
    submission = worked(province_clerk, data, **BESIDE)
    assert set(states(submission).values()) == {"received"}
    record = Return.objects.get(institution=bank)
    assert (record.state, record.prepared_by, record.line_count) == ("draft", province_clerk, 1)
    assert record.document.channel == ("csv" if kind == "csv" else "api")
    # what was filed on its behalf is still the institution's to sign
    if not record.unexplained_count:
        signed = sign_return(actor=signatory, record=record, expected_version=None, now=NOW)
        assert signed.state == "submitted"
    assert JournalEntry.objects.filter(action="return.received").count() == 2
    assert JournalEntry.objects.get(action="bulk.received").detail["institutions"] == 2


def test_one_bad_institution_stops_no_other(bank, other_bank, june, province_clerk) -> None:
    rows = as_csv(bank, other_bank, npl="999.00").replace(b"B9002", b"B404", 1)
    submission = worked(province_clerk, rows, **BESIDE)
    assert states(submission) == {
        "B9001": "with_errors", "B404": "refused", "B9002": "with_errors",
    }  # fmt: skip
    refused = submission.parts.get(institution_code="B404")
    assert refused.code == "no-institution"
    assert "B404" in refused.message_en
    part = submission.parts.get(institution_code="B9001")
    rows_told = {each["row"] for each in part.findings if each["row"]}
    assert rows_told <= {1, 2, 4}  # the rows of the whole file that are this institution's
    assert 2 in rows_told


def test_the_same_file_is_one_submission_and_changes_nothing(
    bank, other_bank, june, province_clerk
) -> None:
    data = as_csv(bank, other_bank)
    first = worked(province_clerk, data, **BESIDE)
    documents = SourceDocument.objects.count()
    again, new = submit_many(
        actor=province_clerk, data=data, filename="again.csv", now=NOW, **BESIDE
    )
    assert (again, new) == (first, False)
    work_through(again, actor=province_clerk, now=NOW)
    assert (SourceDocument.objects.count(), Return.objects.count()) == (documents, 2)
    # another file in which one institution's rows are the same
    other = worked(province_clerk, as_csv(bank), **BESIDE)
    assert states(other) == {"B9001": "unchanged"}
    assert SourceDocument.objects.filter(institution=bank).count() == 1


def test_a_job_that_was_killed_goes_on_where_it_stopped(
    bank, other_bank, june, province_clerk, monkeypatch
) -> None:
    class Killed(BaseException):
        pass

    saved = BulkPart.save

    def once(part, *args, **more):
        saved(part, *args, **more)
        raise Killed

    data = ndjson((bank, june), (other_bank, june))
    with monkeypatch.context() as killing:
        killing.setattr(BulkPart, "save", once)
        with pytest.raises(Killed):
            worked(province_clerk, data)
    submission = BulkSubmission.objects.get()
    assert sorted(states(submission).values()) == ["received", "waiting"]
    work_through(submission, actor=province_clerk, now=NOW)
    assert set(states(submission).values()) == {"received"}
    assert SourceDocument.objects.filter(channel="api", institution=bank).count() == 1


def test_what_was_refused_is_tried_again(bank, june, province_clerk) -> None:
    july = month(2012, 7)
    submission = worked(province_clerk, ndjson((bank, july)))
    assert submission.parts.get().code == "period-not-open"
    month(2012, 7, bank)
    july.opens_on = NOW.date()
    july.save()
    try_again(actor=province_clerk, submission=submission, task=file_many, now=NOW)
    work_through(submission, actor=province_clerk, now=NOW)
    assert states(submission) == {"B9001": "received"}
    Job.objects.update(state="done")
    with pytest.raises(StateConflict) as caught:
        try_again(actor=province_clerk, submission=submission, task=file_many, now=NOW)
    assert caught.value.code == "bulk-complete"


def test_a_fault_of_ours_is_told_and_stops_no_other(
    bank, other_bank, june, province_clerk, monkeypatch
) -> None:
    from returns.operations import bulk

    def breaks(**values):
        if values["institution"] == bank:
            raise RuntimeError
        return receive(**values)

    receive = bulk.receive
    monkeypatch.setattr(bulk, "receive", breaks)
    submission = worked(province_clerk, ndjson((bank, june), (other_bank, june)))
    assert states(submission) == {"B9001": "refused", "B9002": "received"}
    assert submission.parts.get(institution_code="B9001").code == "internal-error"


def test_a_prefecture_files_for_its_own_only(bank, other_bank, june, shaoguan_clerk) -> None:
    submission = worked(shaoguan_clerk, ndjson((bank, june), (other_bank, june)))
    assert states(submission) == {"B9001": "received", "B9002": "refused"}
    assert not Return.objects.filter(institution=other_bank).exists()


def test_who_may_not_submits_nothing(bank, june, preparer, auditor) -> None:
    for person in (preparer, auditor):
        with pytest.raises(PermissionRefused):
            submit_many(actor=person, data=as_csv(bank), filename="x", now=NOW, **BESIDE)
    assert not BulkSubmission.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_by_machine_from_the_file_to_the_result(bank, other_bank, june, program, province_clerk):
    _token, caller = program(province_clerk, "submit:many", "read:returns")
    data = as_csv(bank, other_bank, npl="999.00")
    url = "/bulk-submissions/?form=sme-loans&period=2012-06"
    sent = caller.post(url, data, content_type="text/csv")
    assert sent.status_code == 202, sent.content
    assert sent.json()["counts"]["waiting"] == 2
    assert caller.post(url, data, content_type="text/csv").status_code == 200
    call_command("db_worker", batch=True, verbosity=0)
    told = caller.client.get(sent["Location"]).json()
    assert (told["state"], told["done"], told["counts"]["with_errors"]) == ("done", 2, 2)
    lines = b"".join(caller.client.get(told["links"]["result_ndjson"]).streaming_content)
    first = json.loads(lines.splitlines()[0])
    assert first["institution"] == "B9001"
    assert first["return"] == Return.objects.get(institution=bank).pk
    finding = next(each for each in first["findings"] if each["column"] == "npl")
    assert finding["row"] == 2
    assert finding["cure"]
    text = b"".join(caller.client.get(told["links"]["result_csv"]).streaming_content)
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert len(rows) == Finding.objects.count()
    assert {"state", "return", "table", "row", "column", "finding", "cure"} <= rows[0].keys()
    assert caller.client.get(told["links"]["result_csv"] + "x").json()["code"] == "unknown-format"


def test_a_token_needs_the_scope(bank, june, program, province_clerk) -> None:
    _token, caller = program(province_clerk, "submit", "read:returns")
    refused = caller.post("/bulk-submissions/", as_csv(bank), content_type="text/csv")
    assert refused.json()["code"] == "scope-missing"
    wrong = program(province_clerk, "submit:many")[1].post(
        "/bulk-submissions/", b"balance\n1\n", content_type="text/csv"
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad-bulk-file")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"form": "x" * 99}, "no-form"),
        ({"period": "yesterday and more"}, "no-period"),
        ({"period": "\0"}, "no-period"),
        ({"colour": "red"}, "unknown-parameter"),
    ],
)
def test_what_is_said_beside_must_be_sound(bank, program, province_clerk, question, code) -> None:
    _token, caller = program(province_clerk, "submit:many")
    url = f"/bulk-submissions/?{urlencode(question)}"
    answer = caller.post(url, as_csv(bank), content_type="text/csv")
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_what_no_database_keeps_is_refused_alone(bank, june, province_clerk) -> None:
    data = b'{"institution": "B\\u0000", "form": "sme-loans"}\n' + ndjson((bank, june))
    submission = worked(province_clerk, data)
    assert sorted(states(submission).values()) == ["received", "refused"]


@pytest.mark.django_db(transaction=True)
def test_by_page(bank, other_bank, june, client_of, province_clerk, shaoguan_clerk) -> None:
    client = client_of(province_clerk)
    file = io.BytesIO(as_csv(bank, other_bank))
    file.name = "六月.csv"
    sent = client.post(reverse("returns:bulk"), BESIDE | {"file": file})
    page = client.get(sent["Location"])
    assert page["Refresh"] == "3"
    call_command("db_worker", batch=True, verbosity=0)
    page = client.get(sent["Location"])
    assert "B9002" in page.content.decode()
    assert "Refresh" not in page
    pk = BulkSubmission.objects.get().pk
    result = client.get(reverse("returns:bulk-result", args=[pk]))
    assert "机构编码" in b"".join(result.streaming_content).decode()
    hidden = client_of(shaoguan_clerk).get(reverse("returns:bulk-submission", args=[pk]))
    assert hidden.status_code == 404
    bad = io.BytesIO(b"balance\n1\n")
    bad.name = "x.csv"
    refused = client.post(reverse("returns:bulk"), {"file": bad})
    assert refused.status_code == 422
    assert "institution" in refused.content.decode()


def test_pages_cost_the_same_for_many(bank, june, client_of, province_clerk, rules) -> None:
    client = client_of(province_clerk)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    submission = worked(province_clerk, ndjson((bank, june)))
    record = reverse("returns:bulk-submission", args=[submission.pk])
    client.get(record)
    first = cost(reverse("returns:bulk")), cost(record)
    for position in range(1, 5):
        part = submission.parts.first()
        part.pk, part.position = None, position
        part.save(force_insert=True)
        worked(UserFactory(role="province_staff"), ndjson((bank, june)))
    assert (cost(reverse("returns:bulk")), cost(record)) == first


def test_the_list_by_machine_costs_the_same_for_many(
    bank, other_bank, june, caller, province_clerk
) -> None:
    program = caller(province_clerk)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert program.get("/bulk-submissions/").status_code == 200
        return len(queries)

    worked(province_clerk, ndjson((bank, june)))
    first = cost()
    worked(province_clerk, ndjson((other_bank, june)))
    worked(province_clerk, ndjson((bank, june), (other_bank, june), balance="900.00"))
    assert cost() == first


def test_by_command(bank, other_bank, june, province_clerk, tmp_path, capsys) -> None:
    file, out = tmp_path / "all.csv", tmp_path / "answers.csv"
    file.write_bytes(as_csv(bank, other_bank, npl="999.00"))
    with pytest.raises(CommandError, match="errors"):
        call_command(
            "submit_many", str(file), form="sme-loans", period="2012-06",
            user=province_clerk.username, out=out,
        )  # fmt: skip
    assert "2 institutions: 2 with_errors" in capsys.readouterr().out
    assert b"B9002" in out.read_bytes()
