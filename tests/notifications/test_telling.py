"""What happens is told to those whom it concerns, and to nobody else."""

import datetime
from typing import Any

from django.db import transaction

from core.models import Job, Notification, User
from core.models.notifications import Channel, NotificationKind
from core.models.users import Role
from core.operations.jobs import finish
from core.operations.notifications import choose_channels, mark_read, notify
from core.text import Text
from returns.operations import send_back, sign_return
from tests.factories import UserFactory
from tests.filing import NOW

MATTER = Text("某事", "a matter")


def told(person: User) -> list[str]:
    return list(person.notifications.order_by("pk").values_list("zh", flat=True))


def tell(*people: User, key: str = "a", kind: Any = NotificationKind.PLAN_DUE) -> int:
    return notify(people, kind, MATTER, url="/", key=key, now=NOW)


def unread(person: User) -> int:
    return User.objects.get(pk=person.pk).unread


def test_a_return_goes_to_its_own_office_and_the_answer_to_its_own_people(
    june, bank, filed, signatory, preparer, shaoguan_clerk, province_clerk, other_bank, guangzhou
) -> None:
    other_clerk = UserFactory(role=Role.PREFECTURE_STAFF, prefecture=guangzhou)
    other_preparer = UserFactory(role=Role.PREPARER, institution=other_bank)
    record = sign_return(actor=signatory, record=filed(bank, june), expected_version=None, now=NOW)
    assert told(shaoguan_clerk) == [f"演示韶关银行报送了{june}，请审核"]
    send_back(actor=province_clerk, record=record, reason="核对", expected_version=None, now=NOW)
    for person in (preparer, signatory):
        assert told(person) == [f"演示韶关银行的{june}已退回，请更正后重新报送"]
    assert told(other_clerk) == told(other_preparer) == told(province_clerk) == []


def test_its_people_learn_that_it_was_accepted(june, bank, accepted, preparer, signatory) -> None:
    accepted(bank, june)
    assert told(preparer) == told(signatory) == [f"演示韶关银行的{june}已接受"]


def test_where_a_place_has_no_office_the_province_is_told(
    june, bank, filed, signatory, province_clerk
) -> None:
    sign_return(actor=signatory, record=filed(bank, june), expected_version=None, now=NOW)
    assert len(told(province_clerk)) == 1


def test_nobody_is_told_the_same_twice(leader, auditor) -> None:
    assert tell(leader) == 1
    assert tell(leader, auditor) == 1
    assert tell(leader, key="b") == 1
    assert (unread(leader), unread(auditor)) == (2, 1)


def test_what_did_not_happen_is_not_told(leader) -> None:
    with transaction.atomic():
        tell(leader)
        transaction.set_rollback(True)
    assert (told(leader), unread(leader)) == ([], 0)


def test_everybody_chooses(leader, with_address) -> None:
    with_address(leader)
    kinds = NotificationKind.PLAN_DUE, NotificationKind.EXPIRY, NotificationKind.REPORT_ANSWERED
    choose_channels(actor=leader, chosen={kinds[0]: Channel.NONE, kinds[1]: Channel.PAGE})
    for kind in kinds:
        tell(leader, key=kind, kind=kind)
    assert dict(leader.notifications.values_list("kind", "channel")) == {
        kinds[1]: Channel.PAGE, kinds[2]: Channel.MAIL,
    }  # fmt: skip
    choose_channels(actor=leader, chosen={})
    tell(leader, key="again")
    assert leader.notifications.get(key="again").channel == Channel.DIGEST


def test_who_left_is_told_nothing(leader) -> None:
    leader.is_active = False
    leader.save()
    assert tell(leader) == 0


def test_the_number_beside_the_bell_is_what_is_unread(leader, auditor) -> None:
    for key in "abc":
        tell(leader, auditor, key=key)
    one = leader.notifications.first()
    foreign = auditor.notifications.first()
    assert mark_read(actor=leader, now=NOW, keys=[one.pk, foreign.pk]) == 1
    assert (unread(leader), unread(auditor)) == (2, 3)
    assert mark_read(actor=leader, now=NOW) == 2
    assert unread(leader) == 0


def test_queries_do_not_grow_with_the_people(django_assert_num_queries, db) -> None:
    people = [UserFactory() for _ in range(5)]
    with django_assert_num_queries(6):  # savepoint, told already, choices, insert, bell, release
        tell(*people)
    with django_assert_num_queries(6):
        tell(people[0], key="b")


def test_the_pages(leader, auditor, client_of) -> None:
    tell(leader)
    tell(auditor)
    client = client_of(leader)
    assert '<span class="unread">1</span>' in client.get("/reports/coverage/").content.decode()
    page = client.get("/notifications/?unread=1").content.decode()
    assert "某事" in page
    own, foreign = Notification.objects.get(recipient=leader), auditor.notifications.get()
    assert client.get(f"/notifications/{foreign.pk}/").status_code == 404
    assert client.post(f"/notifications/{foreign.pk}/").status_code == 404
    assert client.get(f"/notifications/{own.pk}/")["Location"] == "/"
    assert "没有未读通知" in client.get("/notifications/?unread=1").content.decode()
    assert unread(auditor) == 1
    tell(leader, key="later")
    client.post("/notifications/")
    assert unread(leader) == 0
    chosen = dict.fromkeys(NotificationKind.values, "page") | {"expiry": "none"}
    assert client.post("/notifications/choices/", chosen).status_code == 302
    assert tell(leader, key="x", kind=NotificationKind.EXPIRY) == 0
    refused = client.post("/notifications/choices/", chosen | {"expiry": "pigeon"})
    assert refused.status_code == 422


def test_a_page_costs_no_query_more(leader, client_of, django_assert_max_num_queries) -> None:
    client = client_of(leader)
    client.get("/notifications/")

    def queries() -> int:
        with django_assert_max_num_queries(20) as found:
            client.get("/notifications/")
        return len(found)

    tell(leader)
    one = queries()
    for number in range(10):
        tell(leader, key=str(number))
    assert queries() == one


def test_a_notification_speaks_the_readers_language(leader, client_of) -> None:
    tell(leader)
    client = client_of(leader)
    client.cookies["django_language"] = "en"
    page = client.get("/notifications/").content.decode()
    assert "a matter" in page
    assert "某事" not in page
    assert NOW.tzinfo is not None
    assert leader.notifications.get().created_at == NOW.astimezone(datetime.UTC)


def test_one_is_marked_as_read_without_opening_it(leader, client_of) -> None:
    tell(leader)
    tell(leader, key="b")
    one = leader.notifications.first()
    answer = client_of(leader).post(f"/notifications/{one.pk}/")
    assert answer["Location"] == "/notifications/?unread=1"
    assert unread(leader) == 1
    assert leader.notifications.get(read_at=None).pk != one.pk


def test_whoever_started_a_job_learns_how_it_ended(auditor, leader) -> None:
    for title, failed in (("核验日志", False), ("批量报送", True)):
        job = Job.objects.create(kind="k", title=title, created_by=auditor, created_at=NOW)
        finish(job, message="ValueError('figure 12.34')", failed=failed, now=NOW)
        finish(job, message="again", failed=failed, now=NOW)
    assert told(auditor) == ["核验日志：已完成", "批量报送：未能完成"]
    assert told(leader) == []
    assert auditor.notifications.get(zh__startswith="核验").url == f"/jobs/{job.pk - 1}/"
