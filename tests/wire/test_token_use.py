"""Every use is counted without slowing it; a leaked token ends and its journal is complete."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import JournalEntry, TokenUse
from core.operations.journal import verify
from core.operations.token_use import LEDGER
from core.operations.tokens import revoke_token
from core.queries.token_use import what_it_read

pytestmark = pytest.mark.django_db


def read_in_bulk(caller, path) -> int:
    answer = caller.get(path, format="ndjson")
    return b"".join(answer.streaming_content).count(b"\n")


def test_uses_are_summed_by_resource_and_address(program, province_clerk, bank, other_bank) -> None:
    token, caller = program(province_clerk, "read:core")
    for _ in range(3):
        caller.get("/institutions/")
    caller.get("/returns/")
    assert read_in_bulk(caller, "/institutions/") == 2
    assert not TokenUse.objects.exists()  # nothing is written for a request
    LEDGER.flush()
    read = {each["resource"]: each for each in what_it_read(token)}
    listed = read["institutions"]
    assert (listed["requests"], listed["rows"], listed["refused"]) == (4, 3 * 2 + 2, 0)
    assert (read["returns"]["requests"], read["returns"]["refused"]) == (1, 1)
    assert listed["address"] == "127.0.0.1"
    token.refresh_from_db()
    assert token.last_used_from == "127.0.0.1"
    caller.get("/institutions/")
    LEDGER.flush()
    assert TokenUse.objects.count() == 2  # added to the same sums


def test_a_read_costs_no_write(program, province_clerk, bank) -> None:
    _token, caller = program(province_clerk, "read:core")
    caller.get("/institutions/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        caller.get("/institutions/")
    words = [each["sql"].split()[0] for each in queries.captured_queries]
    assert set(words) == {"SELECT"}
    assert len(words) == 2


def test_a_leaked_token_ends_in_one_act_and_the_journal_says_what_it_read(
    program, administrator, province_clerk, bank, other_bank, client_of
) -> None:
    token, caller = program(province_clerk, "read:core")
    caller.get("/institutions/")
    read_in_bulk(caller, "/prefectures/")
    client_of(administrator).post(reverse("core:revoke-token", args=[token.pk]), {"leaked": "on"})
    assert caller.get("/institutions/").status_code == 401
    entry = JournalEntry.objects.get(action="token.revoked")
    assert (entry.detail["leaked"], entry.detail["rows"]) == (True, 2 + 2)
    lines = {each["resource"]: each for each in entry.detail["read"]}
    assert lines["institutions"]["rows"] == lines["prefectures"]["rows"] == 2
    assert {"address", "first_at", "last_at", "requests"} <= lines["prefectures"].keys()
    assert verify() is None


def test_what_another_process_still_held_reaches_the_journal(
    program, administrator, province_clerk, bank
) -> None:
    token, caller = program(province_clerk, "read:core")
    revoke_token(actor=administrator, token=token, now=timezone.now())
    LEDGER.note(token=token.pk, address="10.0.0.9", method="GET", resource="institutions",
                now=timezone.now(), rows=40)  # fmt: skip
    caller.get("/institutions/")  # a try with the dead token
    LEDGER.flush()
    entry = JournalEntry.objects.get(action="token.counted")
    found = {each["address"]: each for each in entry.detail["read"]}
    assert found["10.0.0.9"]["rows"] == 40
    assert found["127.0.0.1"]["refused"] == 1
    assert verify() is None


def test_what_cannot_be_written_is_kept(program, auditor, monkeypatch) -> None:
    token, caller = program(auditor, "read:core")
    caller.get("/token/")
    with monkeypatch.context() as broken:
        broken.setattr(TokenUse, "save", lambda *_args, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            LEDGER.flush()
    caller.get("/token/")
    LEDGER.flush()
    assert what_it_read(token)[0]["requests"] == 2


@pytest.mark.django_db(transaction=True)
def test_the_timer_writes_by_itself(program, auditor, settings) -> None:
    settings.TOKEN_USE_SECONDS = 0.01
    token, caller = program(auditor, "read:core")
    caller.get("/token/")
    timer = LEDGER._timer
    if timer is not None:  # else it has already written
        timer.join(10)
    settings.TOKEN_USE_SECONDS = 0
    assert what_it_read(token)[0]["requests"] == 1
