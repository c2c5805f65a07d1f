"""The feed of changes: every committed change once, in order, with no gap, for whoever follows."""

import datetime
import json
import threading
import time

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from api.feed import cursor_of
from core.models import Change, ChangeHead, Institution
from core.operations import changes as writing
from core.operations.changes import prune
from core.operations.records import save_record
from core.queries.changes import CursorGone, Place, end, read_after
from listings.models import Enterprise
from tests.factories import InstitutionFactory
from tests.filing import NOW, month

WRITERS, EACH = 6, 12


@pytest.fixture
def office(caller, province_clerk):
    return caller(province_clerk, **{"Accept-Language": "en"})


def edited(pk: int, name: str) -> Institution:
    """Save an institution with its lock, as operations do."""
    found = Institution.objects.select_for_update().get(pk=pk)
    found.name = name
    return save_record(found, actor=None, expected_version=found.version)


def told(since: int = 0) -> list[tuple[str, str]]:
    rows = Change.objects.filter(position__gt=since).order_by("position")
    return list(rows.values_list("action", "key"))


def at_once(*works) -> None:
    """Run works in threads with connections of their own; raise what any of them raised."""
    errors: list[BaseException] = []

    def run(work) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


# Writers and readers at the same time


@pytest.mark.django_db(transaction=True)
def test_every_change_once_in_order_with_no_gap_while_many_write_and_read(province_clerk) -> None:
    own = [InstitutionFactory(code=f"W{number}") for number in range(WRITERS)]
    shared = InstitutionFactory(code="SHARED")
    start, writing_on = end(), threading.Event()
    writing_on.set()
    seen: list[list[tuple]] = [[], []]

    def writer(number: int):
        def write() -> None:
            for turn in range(EACH):
                try:
                    with transaction.atomic():
                        edited(own[number].pk, f"甲{number}-{turn}")
                        try:
                            with transaction.atomic():
                                edited(own[number].pk, "收回")
                                raise LookupError
                        except LookupError:
                            pass
                        if turn % 3 == 0:
                            edited(shared.pk, f"乙{number}-{turn}")
                        if turn % 4 == 3:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass

        return write

    def reader(into: list[tuple]):
        def follow() -> None:
            place = start
            while True:
                last = not writing_on.is_set()  # asked before reading: what comes after is none
                found, place, _more = read_after(province_clerk, place, size=5)
                into.extend(found)
                if not found and last:
                    return

        return follow

    def writers() -> None:
        try:
            at_once(*(writer(number) for number in range(WRITERS)))
        finally:
            writing_on.clear()

    at_once(writers, *(reader(each) for each in seen))
    kept = [turn for turn in range(EACH) if turn % 4 != 3]
    shares = [turn for turn in kept if turn % 3 == 0]
    for found in seen:
        first = start.position + 1
        positions = [row[0] for row in found]
        assert positions == list(range(first, first + len(found)))
        by_key: dict[str, list[int]] = {}
        for row in found:
            by_key.setdefault(row[4], []).append(row[5])
        assert by_key.keys() == {*(each.code for each in own), "SHARED"}
        for each in own:
            assert by_key[each.code] == list(range(2, 2 + len(kept)))
        assert by_key["SHARED"] == list(range(2, 2 + WRITERS * len(shares)))


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_row_does_not_hold_the_feed() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    one, two = InstitutionFactory(code="ONE"), InstitutionFactory(code="TWO")
    since = end().position
    locked, noted = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            assert locked.wait(10)
            edited(one.pk, "甲")
            noted.set()
            edited(two.pk, "甲")  # waits for the other one

    def second() -> None:
        with transaction.atomic():
            Institution.objects.select_for_update().get(pk=two.pk)
            locked.set()
            assert noted.wait(10)
            edited(two.pk, "乙")

    at_once(first, second)
    # the first noted its change earlier, but the second committed first
    assert told(since) == [("institution.changed", key) for key in ("TWO", "ONE", "TWO")]


# What is told


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_nothing(bank) -> None:
    def undone() -> None:
        with transaction.atomic():
            edited(bank.pk, "甲")
            raise ZeroDivisionError

    since = end()
    with pytest.raises(ZeroDivisionError):
        undone()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            undone()
        assert Institution.objects.count() == 1
    assert end() == since
    assert told(since.position) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("problem", [DatabaseError, TypeError])
def test_a_change_that_cannot_be_written_is_not_made(bank, monkeypatch, problem) -> None:
    def fail(*_: object) -> None:
        raise problem("no feed")

    name = bank.name
    with monkeypatch.context() as broken:
        broken.setattr(writing, "_write", fail)
        with pytest.raises(problem), transaction.atomic():
            edited(bank.pk, "甲")
    bank.refresh_from_db()
    assert bank.name == name
    since = end().position
    with transaction.atomic():  # the connection is well
        edited(bank.pk, "乙")
    assert told(since) == [("institution.changed", "B9001")]


@pytest.mark.django_db(transaction=True)
def test_a_change_says_version_fields_and_place(bank, office) -> None:
    since = cursor_of(end())
    with transaction.atomic():
        found = edited(bank.pk, "演示新银行")
    change = office.get("/changes/", since=since).json()["results"]
    assert [each | {"at": None} for each in change] == [
        {
            "position": end().position, "at": None, "action": "institution.changed",
            "resource": "institutions", "key": "B9001", "version": found.version,
            "fields": ["name"], "prefecture": "440200", "url": "/api/v1/institutions/B9001/",
        }
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_acts_on_returns_are_told_with_all_that_they_change(bank, accepted, june) -> None:
    since = end().position
    first = accepted(bank, june)
    actions = [action for action, _key in told(since)]
    assert actions == ["return.received", "return.signed", "loan-figure.changed", "return.accepted"]
    figures = Change.objects.get(resource="loan-figures")
    assert (figures.key, figures.prefecture.code) == ("2012-06/B9001", "440200")
    assert Change.objects.filter(resource="returns", key=str(first.pk)).count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_figures_of_a_change_are_read_from_its_address(bank, accepted, june, office) -> None:
    accepted(bank, june)
    change = office.get("/changes/", kind="loan-figures").json()["results"][0]
    rows = office.get(change["url"].removeprefix("/api/v1")).json()["results"]
    assert {(each["period"], each["institution"]) for each in rows} == {("2012-06", "B9001")}


@pytest.mark.django_db(transaction=True)
def test_bulk_writing_is_told_too(shaoguan, province_clerk) -> None:
    since = end().position
    rows = [
        Enterprise(code=f"E{number}", name=f"演示{number}公司", prefecture=shaoguan,
                   first_prefecture=shaoguan)
        for number in range(1203)
    ]  # fmt: skip
    manager = Enterprise.objects.all()
    manager.history_kept = True
    with transaction.atomic():
        manager.bulk_create(rows)
        Enterprise.history.bulk_history_create(rows, default_user=province_clerk)
    assert told(since) == [("enterprise.created", f"E{number}") for number in range(1203)]
    assert end().position == since + 1203
    assert set(Change.objects.filter(position__gt=since).values_list("prefecture__code")) == {
        ("440200",)
    }


@pytest.mark.django_db(transaction=True)
def test_an_opened_period_tells_of_each_duty(province_clerk, bank, other_bank, rules) -> None:
    from returns.operations.periods import open_period

    since = end().position
    open_period(actor=province_clerk, form="sme-loans", year=2012, number=5, now=NOW)
    actions = [action for action, _key in told(since)]
    assert actions == ["obligation.created", "obligation.created", "period.opened"]


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_outside_a_transaction_is_told(bank) -> None:
    since = end().position
    bank.name = "甲"
    bank.save()
    assert told(since) == [("institution.changed", "B9001")]


# Following


@pytest.fixture
def several(bank, other_bank, feed_at_once):
    """Changes of institutions of two prefectures, and of a period."""
    month(2012, 6)
    return end()


@pytest.mark.django_db
def test_filters_by_kind_and_prefecture_lead_past_what_they_leave_out(several, office) -> None:
    def found(**asked: str) -> list[str]:
        page = office.get("/changes/", **asked).json()
        assert page["next"] == cursor_of(several)
        return [each["key"] for each in page["results"]]

    assert found(kind="institutions") == ["B9001", "B9002"]
    assert found(kind="institutions", prefecture="440100") == ["B9002"]
    assert {"B9001", "B9002"} < set(found(kind="institutions,periods"))
    assert found(kind="enterprises") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "secrets"}, "bad-filter"),
        ({"prefecture": "440299"}, "bad-filter"),
        ({"wait": "31"}, "bad-filter"),
        ({"wait": "soon"}, "bad-filter"),
        ({"colour": "red"}, "unknown-parameter"),
        ({"format": "csv"}, "unknown-format"),
        ({"since": "x"}, "bad-cursor"),
        ({"since": "Zm9vLmJhcg"}, "bad-cursor"),
    ],
)
def test_what_means_nothing_is_refused(office, asked, code) -> None:
    answer = office.get("/changes/", **asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.django_db
def test_a_page_costs_the_same_whatever_its_length(several, office, bank) -> None:
    def cost(size: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert office.get("/changes/", page_size=size).status_code == 200
        return len(queries)

    cost(1)
    assert cost(1) == cost(1000)


@pytest.mark.django_db
def test_only_who_may_read_changes_hears_of_them(several, caller, auditor, shaoguan_clerk) -> None:
    assert caller(auditor).get("/changes/").json()["results"]
    assert caller(shaoguan_clerk).get("/changes/").status_code == 403
    assert read_after(shaoguan_clerk, None, size=10)[0] == []


@pytest.mark.django_db
def test_all_there_is_as_ndjson_with_where_to_go_on(several, office) -> None:
    answer = office.get("/changes/", format="ndjson")
    lines = [json.loads(each) for each in b"".join(answer.streaming_content).splitlines()]
    assert [each["position"] for each in lines] == list(range(1, several.position + 1))
    assert office.get("/changes/", since=answer["Next-Cursor"]).json()["results"] == []


@pytest.mark.django_db
def test_now_hears_only_what_comes(several, office, bank) -> None:
    page = office.get("/changes/", since="now").json()
    assert (page["results"], page["next"]) == ([], cursor_of(several))


@pytest.mark.django_db(transaction=True)
def test_who_waits_is_answered_as_soon_as_something_changes(bank, office) -> None:
    since = cursor_of(end())
    answers = []

    def listen() -> None:
        answers.append(office.get("/changes/", since=since, kind="institutions", wait=20))

    def act() -> None:
        time.sleep(0.4)
        month(2012, 7)  # not what was asked for
        with transaction.atomic():
            edited(bank.pk, "甲")

    began = time.monotonic()
    at_once(listen, act)
    assert [each["key"] for each in answers[0].json()["results"]] == ["B9001"]
    assert time.monotonic() - began < 19  # did not wait for the whole time


@pytest.mark.django_db
def test_waiting_ends_with_an_empty_page_and_seats_are_given_back(several, office) -> None:
    since = cursor_of(several)
    for _ in range(4):
        page = office.get("/changes/", since=since, wait=1).json()
        assert page == {"results": [], "next": since, "more": False}


# What is gone

OLD = "eyJqb3VybmFsIjo0MTIsImluc3RpdHV0aW9ucyI6OTl9"  # of the version before


@pytest.mark.django_db
def test_cursors_of_before_are_gone_and_say_how_to_begin_again(several, office) -> None:
    ahead = cursor_of(Place(several.feed, several.position + 1))
    for cursor in (OLD, ahead, cursor_of(Place("another", 1))):
        answer = office.get("/changes/", since=cursor)
        body = answer.json()
        assert (answer.status_code, body["code"]) == (410, "cursor-gone")
        assert body["snapshots"] == "/api/v1/snapshots/"
        assert "snapshot" in body["detail"]


@pytest.mark.django_db
def test_old_changes_are_pruned_and_their_readers_told(several, office, settings) -> None:
    first = cursor_of(Place(several.feed, 1))
    kept = cursor_of(several)
    day = datetime.timedelta(days=1)
    Change.objects.filter(position__lte=3).update(written_at=timezone.now() - 91 * day)
    call_command("prune_changes", verbosity=0)
    assert Change.objects.order_by("position").first().position == 4
    assert office.get("/changes/", since=first).status_code == 410
    assert office.get("/changes/", since=cursor_of(Place(several.feed, 3))).status_code == 200
    assert office.get("/changes/", since=kept).status_code == 200
    assert office.get("/changes/").json()["results"][0]["position"] == 4
    assert prune(before=timezone.now() - 91 * day) == 0


@pytest.mark.django_db
def test_what_goes_while_it_is_read_is_not_missed_unnoticed(
    several, province_clerk, monkeypatch
) -> None:
    from core.queries import changes

    read, calls = changes.head, []

    def head():
        if calls:  # pruned between the first look and the last
            ChangeHead.objects.update(pruned=several.position)
        calls.append(1)
        return read()

    monkeypatch.setattr(changes, "head", head)
    with pytest.raises(CursorGone):
        read_after(province_clerk, Place(several.feed, 1), size=10)


@pytest.mark.django_db
def test_after_a_restored_backup_followers_begin_anew(several, office) -> None:
    call_command("prune_changes", anew=True, verbosity=0)
    assert office.get("/changes/", since=cursor_of(several)).status_code == 410
    assert office.get("/changes/", since=cursor_of(end())).status_code == 200
