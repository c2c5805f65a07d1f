"""What a machine writes to a register is what a page writes: the same form, the same refusals."""

import datetime

import pytest

from core.models import Licence

BODY = {
    "institution": "B9001",
    "kind": "operating",
    "number": "粤0002",
    "issued_on": "2011-03-01",
    "valid_until": "2016-03-01",
}


@pytest.fixture
def office(register, caller, province_clerk):
    return caller(province_clerk)


def test_a_machine_adds_reads_changes_and_voids(office, bank) -> None:
    added = office.post("/try-licences/", BODY)
    assert added.status_code == 201
    record = added.json()
    assert record["code"] == "LC00001"
    assert record["institution_name"] == bank.name
    assert record["kind_label"] == "经营许可证"
    assert record["prefecture_name"] == "韶关市"
    changed = office.patch(
        "/try-licences/LC00001/", {"number": "粤0003"}, headers={"If-Match": added["ETag"]}
    )
    assert changed.json()["number"] == "粤0003"
    assert changed.json()["valid_until"] == "2016-03-01"
    late = office.patch("/try-licences/LC00001/", {"number": "x"},
                        headers={"If-Match": added["ETag"]})  # fmt: skip
    assert late.status_code == 412
    assert office.post("/try-licences/LC00001/void/", {"reason": "重复"}).status_code == 200
    assert office.get("/try-licences/").json()["results"] == []
    assert len(office.get("/try-licences/", voided="include").json()["results"]) == 1
    assert office.get("/try-licences/LC00001/").json()["void_reason"] == "重复"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"institution": "nobody"}, "institution"),
        ({"kind": "driving"}, "kind"),
        ({"valid_until": "2040-01-01"}, "valid_until"),
        ({"issued_on": "soon"}, "issued_on"),
        ({"colour": "red"}, "colour"),
        ({"number": 7}, "number"),
    ],
)
def test_a_bad_body_is_refused_by_field(office, bank, change, field) -> None:
    answer = office.post("/try-licences/", BODY | change)
    assert answer.status_code == 422
    assert field in str(answer.json())
    assert not Licence.objects.exists()


def test_a_register_is_exported_whole(office, licence) -> None:
    lines = office.get("/try-licences/", format="ndjson")
    assert b"LC00001" in b"".join(lines)


def test_a_prefecture_writes_its_own_only(
    register, caller, shaoguan_clerk, other_bank, licence
) -> None:
    client = caller(shaoguan_clerk)
    assert client.post("/try-licences/", BODY | {"institution": "B9002"}).status_code == 422
    foreign = Licence(code="LC9", institution=other_bank, number="x",
                      issued_on=datetime.date(2011, 1, 1))  # fmt: skip
    foreign.save()
    refused = client.patch("/try-licences/LC9/", {}, headers={"If-Match": '"v1"'})
    assert refused.status_code == 403
