"""Limits hold for all processes together, and say what is left."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from core.operations.token_limits import Limit, Shares, charge, standing_of

pytestmark = pytest.mark.django_db


def test_the_headers_count_down_to_429(program, auditor, same_minute) -> None:
    _token, caller = program(auditor, "read:core", limits={"rate_per_minute": 3})
    answers = [caller.get("/token/") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each["RateLimit-Remaining"] for each in answers] == ["2", "1", "0", "0"]
    last = answers[-1]
    assert last["RateLimit-Limit"] == "3"
    assert last["RateLimit-Policy"] == "3;w=60"
    assert 0 < int(last["Retry-After"]) <= 60
    assert last["Retry-After"] == last["RateLimit-Reset"]
    assert (last.json()["code"], last["Content-Type"]) == ("throttled", "application/problem+json")


def test_what_is_refused_counts_too(program, auditor, same_minute) -> None:
    _token, caller = program(auditor, "read:core", limits={"rate_per_minute": 2})
    codes = [caller.get("/returns/").status_code for _ in range(3)]
    assert codes == [403, 403, 429]


def test_the_next_window_begins_anew(program, auditor) -> None:
    token, _caller = program(auditor, "read:core")
    shares, limit = Shares(), Limit("rate", 1, 60)
    now = timezone.now()
    later = now + timezone.timedelta(seconds=60)
    allowed = [shares.take(token.pk, limit, at).allowed for at in (now, now, later, later)]
    assert allowed == [True, False, True, False]


def test_a_request_seldom_costs_a_write(program, auditor, django_assert_num_queries) -> None:
    token, _caller = program(auditor, "read:core")
    shares, limit, now = Shares(), Limit("rate", 600, 60, share=12), timezone.now()
    assert shares.take(token.pk, limit, now).allowed
    with django_assert_num_queries(0):
        for _ in range(11):
            assert shares.take(token.pk, limit, now).allowed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("share", [1, 4])
def test_many_processes_never_pass_the_limit(program, auditor, share) -> None:
    """Each thread holds its own shares and connection, as a worker process does."""
    token, _caller = program(auditor, "read:core")
    limit, now = Limit("rate", 60, 86_400, share=share), timezone.now()
    workers, granted, lock = 6, [0], threading.Lock()

    def work() -> None:
        shares, mine = Shares(), 0
        try:
            for _ in range(20):
                mine += shares.take(token.pk, limit, now).allowed
        finally:
            connection.close()
        with lock:
            granted[0] += mine

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert limit.amount - workers * (share - 1) <= granted[0] <= limit.amount


def test_bulk_has_a_quota_of_exports(program, province_clerk, bank) -> None:
    _token, caller = program(province_clerk, "read:core", limits={"bulk_per_day": 2})
    answers = [caller.get("/institutions/", format="ndjson") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[-1].json()["code"] == "bulk-quota-spent"
    assert caller.get("/institutions/").status_code == 200


@pytest.mark.parametrize("kind", ["ndjson", "csv", "xlsx"])
def test_bulk_has_a_quota_of_rows(program, province_clerk, bank, other_bank, kind) -> None:
    _token, caller = program(province_clerk, "read:core", limits={"bulk_rows_per_day": 3})
    left = []
    for _ in range(3):
        answer = caller.get("/institutions/", format=kind)
        b"".join(answer.streaming_content) if answer.streaming else answer.content
        left.append(caller.get("/token/").json()["limits"]["bulk_rows"]["remaining"])
    assert left == [1, 0, 0]  # the export that passes the limit is finished
    assert answer.status_code == 429


def test_a_charge_may_pass_the_limit(program, auditor) -> None:
    token, _caller = program(auditor, "read:core")
    limit, now = Limit("bulk-rows", 10, 86_400), timezone.now()
    charge(token.pk, limit, 7, now)
    assert standing_of(token.pk, limit, now).remaining == 3
    charge(token.pk, limit, 7, now)
    assert standing_of(token.pk, limit, now).remaining == 0
