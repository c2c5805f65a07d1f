"""Snapshots: every resource as of one moment of the feed, in files that are what they say."""

import csv
import hashlib
import io
import json
import threading
import time

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from api.models import Snapshot
from api.representing import Representation, representations
from api.snapshots import taking, writing
from api.snapshots.ranges import wanted_range
from api.snapshots.taking import folder_of
from core.models import Institution, Prefecture
from core.operations.records import save_record
from finance.models import LoanLine
from tests.factories import InstitutionFactory

FORMATS = ["ndjson", "csv", "parquet"]


@pytest.fixture
def office(caller, province_clerk):
    return caller(province_clerk, **{"Accept-Language": "en"})


def work() -> None:
    """Let the background worker do what waits."""
    call_command("db_worker", batch=True, verbosity=0)


def taken(office, **body) -> dict:
    asked = office.post("/snapshots/", body)
    assert asked.status_code == 202, asked.content
    here = asked["Location"].removeprefix("/api/v1")
    assert asked.json()["state"] == "waiting"
    work()
    return office.get(here).json()


def content(office, file: dict, **headers: str):
    return office.client.get(file["url"], headers=headers)


def lines(office, manifest: dict, resource: str) -> list[dict]:
    file = next(f for f in manifest["files"] if f["name"] == f"{resource}.ndjson")
    return [json.loads(each) for each in body(content(office, file)).splitlines()]


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.django_db(transaction=True)
def test_rows_are_what_the_records_own_addresses_answer(
    bank, other_bank, june, accepted, office, province_clerk
) -> None:
    from reports.operations.publishing import publish
    from tests.filing import NOW

    accepted(bank, june)
    publish(code="coverage", asked={"as_of": "2012-06-30"}, actor=province_clerk, now=NOW)
    manifest = taken(office)
    assert manifest["state"] == "done"
    assert {each["resource"] for each in manifest["resources"]} == set(representations())
    seen = 0
    for each in manifest["resources"]:
        rows = lines(office, manifest, each["resource"])
        for row in rows if not each["group"] else ():
            answer = office.get(f"/{each['resource']}/{row[each['key']]}/")
            assert answer.json() == row
            seen += 1
    assert seen > 10
    assert lines(office, manifest, "published-reports")[0]["figures"]
    assert [row["institution"] for row in lines(office, manifest, "loan-figures")] == ["B9001"]


@pytest.mark.django_db(transaction=True)
def test_lines_of_the_database_are_those_of_the_list(bank, other_bank, june, accepted, office):
    accepted(bank, june)
    manifest = taken(office, resources=["loan-figures"])
    rows = lines(office, manifest, "loan-figures")
    listed = office.get("/loan-figures/").json()["results"]
    assert rows == listed
    assert [list(row) for row in rows] == [list(row) for row in listed]
    assert rows[0]["size_label"]
    with_others = taken(office, resources=["loan-figures"], formats=["ndjson", "csv"])
    assert with_others["files"][0]["sha256"] == manifest["files"][0]["sha256"]  # byte for byte


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rows", [1, 2, 3])
def test_many_lines_come_in_parts(bank, june, accepted, office, monkeypatch, rows) -> None:
    accepted(bank, june)
    line = LoanLine.objects.get()
    for place in Prefecture.objects.exclude(pk=line.prefecture_id)[:4]:
        line.pk, line.prefecture, line.row = None, place, line.row + 1
        line.save(force_insert=True)
    whole = lines(office, taken(office, resources=["loan-figures"]), "loan-figures")
    monkeypatch.setattr(writing, "PART_ROWS", rows)
    manifest = taken(office, resources=["loan-figures", "institutions"])
    parts = [each for each in manifest["files"] if each["resource"] == "loan-figures"]
    assert len(parts) == -(-len(whole) // rows)
    found = [
        json.loads(line) for each in parts for line in body(content(office, each)).splitlines()
    ]
    assert sorted(found, key=lambda row: row["id"]) == sorted(whole, key=lambda row: row["id"])
    assert manifest["done"] == manifest["total"] == sum(f["rows"] for f in manifest["files"])


@pytest.mark.django_db(transaction=True)
def test_large_files_are_handed_out_while_others_are_written(
    bank, june, accepted, office, monkeypatch
) -> None:
    accepted(bank, june)
    monkeypatch.setattr(taking, "EARLY", 1)
    seen: list[int] = []

    def look() -> None:
        seen.append(len(Snapshot.objects.get().files))
        connection.close()

    def slowly(*args):
        for file in writing.write_resource(*args):
            yield file
            time.sleep(0.3)  # the other thread writes down what is there
            watcher = threading.Thread(target=look)
            watcher.start()
            watcher.join()

    monkeypatch.setattr(taking, "write_resource", slowly)
    manifest = taken(office, resources=["institutions", "loan-figures", "periods"])
    assert seen == [1, 2, 3]
    assert manifest["state"] == "done"
    assert len(manifest["files"]) == 3


@pytest.mark.django_db(transaction=True)
def test_the_manifest_counts_and_seals_every_file(bank, june, accepted, office) -> None:
    accepted(bank, june)
    manifest = taken(office, resources=["institutions", "loan-figures"], formats=FORMATS)
    assert len(manifest["files"]) == 6
    for each in manifest["files"]:
        data = body(content(office, each))
        assert (len(data), hashlib.sha256(data).hexdigest()) == (each["bytes"], each["sha256"])
        if each["format"] == "ndjson":
            found = data.count(b"\n")
        elif each["format"] == "csv":
            found = len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))) - 1
        else:
            found = pq.read_table(io.BytesIO(data)).num_rows
        assert found == each["rows"]
    assert manifest["done"] == manifest["total"] == sum(f["rows"] for f in manifest["files"]) // 3


@pytest.mark.django_db(transaction=True)
def test_parquet_keeps_exact_amounts_and_types(bank, june, accepted, office) -> None:
    from decimal import Decimal

    accepted(bank, june)
    manifest = taken(office, resources=["loan-figures", "returns"], formats=["parquet"])
    by_name = {f["resource"]: pq.read_table(io.BytesIO(body(content(office, f))))
               for f in manifest["files"]}  # fmt: skip
    figure = by_name["loan-figures"].to_pylist()[0]
    assert (figure["balance"], figure["interest"]) == (Decimal("1000.00"), Decimal("1.4000"))
    record = by_name["returns"].to_pylist()[0]
    assert record["accepted_at"].utcoffset() is not None
    assert json.loads(record["links"])["self"] == f"/api/v1/returns/{record['id']}/"


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_of_one_moment_and_its_cursor_goes_on_from_it(
    office, shaoguan, monkeypatch
) -> None:
    banks = [InstitutionFactory(code=f"S{n}", prefecture=shaoguan) for n in range(3)]
    read = Representation.chunks

    def meanwhile() -> None:
        with transaction.atomic():
            found = Institution.objects.get(pk=banks[0].pk)
            found.name = "后来改的名"
            save_record(found, actor=None, expected_version=found.version)
            InstitutionFactory(code="LATER", prefecture=shaoguan)
        connection.close()

    def chunks(self, *arguments):
        if self.resource.name == "institutions":  # the snapshot has begun: somebody else writes
            thread = threading.Thread(target=meanwhile)
            thread.start()
            thread.join()
        return read(self, *arguments)

    monkeypatch.setattr(Representation, "chunks", chunks)
    manifest = taken(office, resources=["prefectures", "institutions"])
    rows = {row["code"]: row["name"] for row in lines(office, manifest, "institutions")}
    assert rows == {each.code: each.name for each in banks}
    after = office.get("/changes/", since=manifest["cursor"], kind="institutions").json()
    assert [each["key"] for each in after["results"]] == ["S0", "LATER"]


@pytest.mark.django_db(transaction=True)
def test_parts_of_a_file_by_range(bank, office) -> None:
    file = taken(office, resources=["institutions"])["files"][0]
    whole = content(office, file)
    data, tag = body(whole), whole["ETag"]
    size = len(data)
    assert (whole.status_code, whole["Accept-Ranges"], tag) == (200, "bytes", f'"{file["sha256"]}"')
    for asked, start, stop in (
        ("bytes=0-9", 0, 10), ("bytes=10-", 10, size), ("bytes=-7", size - 7, size),
        (f"bytes=5-{size + 99}", 5, size), (f"bytes={size - 1}-{size - 1}", size - 1, size),
    ):  # fmt: skip
        part = content(office, file, Range=asked)
        assert (part.status_code, body(part)) == (206, data[start:stop]), asked
        assert part["Content-Range"] == f"bytes {start}-{stop - 1}/{size}"
        assert int(part["Content-Length"]) == stop - start
    for asked in (f"bytes={size}-", "bytes=-0"):
        beyond = content(office, file, Range=asked)
        assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}")
        assert beyond.json()["code"] == "range-beyond-end"
    for asked in ("lines=1-2", "bytes=9-2", "bytes=0-1,4-5", "bytes=-", "bytes=x-"):
        assert (content(office, file, Range=asked).status_code, asked) == (200, asked)
    same = content(office, file, Range="bytes=0-1", **{"If-Range": tag})
    other = content(office, file, Range="bytes=0-1", **{"If-Range": '"another"'})
    assert (same.status_code, other.status_code, body(other)) == (206, 200, data)
    assert content(office, file, **{"If-None-Match": tag}).status_code == 304


def test_an_empty_file_has_no_ranges() -> None:
    with pytest.raises(ValueError, match="bytes=0-"):
        wanted_range("bytes=0-", 0)


@pytest.mark.django_db(transaction=True)
def test_asked_for_again_while_it_is_made_it_is_the_same(bank, office) -> None:
    first, again = (office.post("/snapshots/", {"resources": ["rules"]}).json() for _ in "12")
    other = office.post("/snapshots/", {"resources": ["periods"]}).json()
    assert (first["id"], again["id"]) == (again["id"], first["id"])
    assert other["id"] != first["id"]
    work()
    assert office.post("/snapshots/", {"resources": ["rules"]}).json()["id"] not in (
        first["id"], other["id"])  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"resources": ["secrets"]}, {"formats": ["exe"]}, {"resources": [["rules"]]},
              {"resources": "rules"}, {"colour": "red"}],
)  # fmt: skip
def test_what_there_is_not_is_refused(office, wrong) -> None:
    answer = office.post("/snapshots/", wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")
    assert answer.json()["errors"][0]["field"] == next(iter(wrong))


@pytest.mark.django_db(transaction=True)
def test_only_its_own_person_reads_it_and_who_may_read_changes_takes_one(
    bank, office, caller, auditor, shaoguan_clerk
) -> None:
    manifest = taken(office, resources=["institutions"])
    here = manifest["links"]["self"].removeprefix("/api/v1")
    stranger = caller(auditor)
    assert stranger.get(here).status_code == 404
    assert stranger.client.get(manifest["files"][0]["url"]).status_code == 404
    assert stranger.get("/snapshots/").json()["results"] == []
    assert caller(shaoguan_clerk).post("/snapshots/", {}).status_code == 403
    assert office.get(f"{here}files/../../secret_key").status_code == 404
    assert office.get("/snapshots/").json()["results"] == [manifest]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_that_fails_says_so_and_leaves_no_file(bank, office, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("api.snapshots.writing.NDJSONWriter.write", fail)
    manifest = taken(office, resources=["institutions"])
    assert (manifest["state"], manifest["files"], manifest["cursor"]) == ("failed", [], "")
    assert "disk full" in manifest["message"]
    assert not folder_of(Snapshot.objects.get()).exists()
    monkeypatch.undo()
    with transaction.atomic():  # the connection is well
        InstitutionFactory(code="AFTER")


@pytest.mark.django_db(transaction=True)
def test_it_is_dropped_by_hand_or_when_it_is_old(bank, office, settings) -> None:
    first = taken(office, resources=["institutions"])
    folder = folder_of(Snapshot.objects.get())
    assert folder.exists()
    assert office.client.delete(first["links"]["self"]).status_code == 204
    assert not folder.exists()
    taken(office, resources=["institutions"])
    call_command("prune_snapshots", verbosity=0)
    assert Snapshot.objects.count() == 1
    settings.SNAPSHOT_KEEP_DAYS = -1
    call_command("prune_snapshots", verbosity=0)
    assert not Snapshot.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_changes_bring_their_records(bank, june, accepted, office) -> None:
    record = accepted(bank, june)
    found = office.get("/changes/", records=1, page_size=1000).json()["results"]
    by_kind = {each["resource"]: each for each in found}
    assert by_kind["institutions"]["record"] == office.get("/institutions/B9002/").json()
    assert by_kind["returns"]["record"] == office.get(f"/returns/{record.pk}/").json()
    assert "record" not in by_kind["loan-figures"]
    assert office.get("/changes/", records=2).json()["code"] == "bad-filter"


def test_own_fields_are_those_of_the_record(db) -> None:
    shapes = representations()
    own = {name: set(shapes[name].own) for name in ("institutions", "village-banks", "returns")}
    assert {"code", "name", "prefecture", "parent", "version"} <= own["institutions"]
    assert not {"state", "opened_on", "prefecture_name", "kind_label"} & own["institutions"]
    assert "code" in own["village-banks"]
    assert not {"name", "stage"} & own["village-banks"]
    assert {"institution", "document_sha256"} <= own["returns"] | {"document_sha256"}
    assert not {"institution_name", "prepared_by", "links"} & own["returns"]
    for shape in shapes.values():
        assert shape.resource.key in shape.own
        assert set(shape.own) <= set(shape.names)
