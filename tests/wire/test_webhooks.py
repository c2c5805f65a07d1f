"""From a change to a receiver on loopback: in order, at least once, and nothing for good lost."""

import datetime
import urllib.error
import urllib.request

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from api.models import Attempt, Delivery, Webhook
from api.webhooks.delivering import deliver
from api.webhooks.subscriptions import redeliver, rotate_secret, set_state, subscribe
from api.webhooks.waking import sweep
from core.errors import DomainError, StateConflict
from core.models import JournalEntry
from tests.wire.receivers import answering, example, free_port, status

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _loopback(settings, monkeypatch, feed_at_once) -> None:
    """This office lets itself be sent to; what is saved is read at once."""
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    settings.WEBHOOK_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    settings.WEBHOOK_ALLOW_HTTP = True
    settings.WEBHOOK_PAUSES = [0, 0]
    monkeypatch.setattr("api.webhooks.waking.OFTEN", datetime.timedelta(0))


@pytest.fixture
def subscribed(province_clerk):
    def make(port: int, **more):
        values = {"name": "省级平台", "kinds": [], "prefecture": None, "actor": province_clerk}
        url = f"http://127.0.0.1:{port}/in"
        return subscribe(url=url, now=timezone.now(), **(values | more))

    return make


def edited(institution, name: str):
    institution.name = name
    institution.save()
    return institution


def turn(webhook) -> None:
    """A turn of the worker, and those that it asks for at once."""
    wanted = [webhook.pk]
    while wanted:
        deliver(wanted.pop(), lambda pk, at: wanted.append(pk) if at <= timezone.now() else None)


@pytest.mark.django_db(transaction=True)
def test_a_receiver_sees_each_event_once_in_order_and_refuses_a_forged_one(
    bank, june, accepted, subscribed, tmp_path
) -> None:
    port = free_port()
    webhook, secret = subscribed(port)
    with example(port, secret, tmp_path / "events.ndjson") as events:
        accepted(bank, june)
        for number in range(5):
            edited(bank, f"演示银行{number}")
        call_command("db_worker", batch=True, verbosity=0, queue_name="*")
        taken = events()
        actions = [each["type"] for each in taken]
        returns = [each for each in actions if each.startswith("return.")]
        assert returns == ["return.received", "return.signed", "return.accepted"]
        assert actions.count("institution.changed") == 5
        assert len({each["id"] for each in taken}) == len(taken) == Delivery.objects.count()
        assert not webhook.deliveries.exclude(state="delivered").exists()
        sent = Delivery.objects.first()
        forged = urllib.request.Request(f"http://127.0.0.1:{port}/", data=sent.body.encode())
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(forged, timeout=5)
        # the very event again: it is proved, but not taken twice
        redeliver(actor=webhook.user, delivery=sent, now=timezone.now())
        assert len(events()) == len(taken)


def test_only_the_kinds_and_the_prefecture_that_were_asked_for(
    bank, other_bank, june, subscribed, shaoguan, filed
) -> None:
    with answering(status(204)) as (port, heard):
        whole, _secret = subscribed(port)
        kind, _secret = subscribed(port, kinds=["returns"])
        place, _secret = subscribed(port, prefecture=shaoguan)
        edited(bank, "演示甲银行")
        edited(other_bank, "演示乙银行")
        filed(bank, june)
        for each in (whole, kind, place):
            turn(each)
    kinds = {
        each.pk: list(each.deliveries.values_list("kind", flat=True))
        for each in (whole, kind, place)
    }
    assert kinds[whole.pk].count("institutions") == 2
    assert kinds[kind.pk] == ["returns"]
    assert sorted(kinds[place.pk]) == ["institutions", "returns"]
    assert len(heard) == Delivery.objects.count()


def test_nothing_overtakes_what_failed(bank, subscribed, settings) -> None:
    settings.WEBHOOK_PAUSES = [3600]
    refusing = [True]

    def respond(handler) -> None:
        status(500 if refusing[0] else 204)(handler)

    with answering(respond) as (port, heard):
        webhook, _secret = subscribed(port)
        edited(bank, "甲")
        edited(bank, "乙")
        turn(webhook)
        assert len(heard) == 1
        turn(webhook)
        assert len(heard) == 1  # its pause is not over
        refusing[0] = False
        webhook.deliveries.update(next_at=None)
        turn(webhook)
    ids = [headers["webhook-id"] for _path, headers, _body in heard]
    assert ids[0] == ids[1] < ids[2]
    assert len(ids) == 3


def test_the_pauses_grow_and_then_it_is_a_dead_letter(bank, subscribed, settings) -> None:
    settings.WEBHOOK_PAUSES = [10, 60]
    with answering(status(503)) as (port, _heard):
        webhook, _secret = subscribed(port)
        edited(bank, "甲")
        pauses = []
        for _ in range(3):
            turn(webhook)
            found = webhook.deliveries.get()
            if found.next_at:
                pauses.append(round((found.next_at - timezone.now()).total_seconds()))
            webhook.deliveries.update(next_at=None)
    assert pauses == [10, 60]
    assert (found.state, found.attempts, Attempt.objects.count()) == ("dead", 3, 3)


def test_a_dead_letter_is_redelivered_by_hand(bank, subscribed, tmp_path, settings) -> None:
    settings.WEBHOOK_PAUSES = []
    port = free_port()
    webhook, secret = subscribed(port)
    edited(bank, "甲")
    turn(webhook)  # nobody is there
    dead = webhook.deliveries.get()
    assert (dead.state, dead.log.get().outcome) == ("dead", "connection")
    with example(port, secret, tmp_path / "events.ndjson") as events:
        outcome = redeliver(actor=webhook.user, delivery=dead, now=timezone.now())
        assert outcome.ok
        assert [each["id"] for each in events()] == [dead.event]
    dead.refresh_from_db()
    assert (dead.state, dead.log.last().by_hand) == ("delivered", True)
    assert JournalEntry.objects.filter(action="webhook.redelivered").count() == 1


def test_what_waits_in_line_is_not_sent_by_hand(bank, subscribed, settings) -> None:
    settings.WEBHOOK_PAUSES = [3600]
    webhook, _secret = subscribed(free_port())
    edited(bank, "甲")
    turn(webhook)
    with pytest.raises(StateConflict) as caught:
        redeliver(actor=webhook.user, delivery=webhook.deliveries.get(), now=timezone.now())
    assert caught.value.code == "delivery-waiting"


def test_too_many_dead_letters_suspend_and_resuming_leaves_nothing_out(
    bank, subscribed, settings
) -> None:
    settings.WEBHOOK_PAUSES = []
    answer = [status(500)]
    with answering(lambda handler: answer[0](handler)) as (port, heard):
        webhook, _secret = subscribed(port)
        for number in range(8):
            edited(bank, f"甲{number}")
        turn(webhook)
        webhook.refresh_from_db()
        assert (webhook.state, webhook.state_reason) == ("suspended", "too-many-dead-letters")
        assert webhook.deliveries.filter(state="dead").count() == 5
        answer[0] = status(204)
        set_state(actor=webhook.user, webhook=webhook, state="active", now=timezone.now())
        turn(webhook)
    assert webhook.deliveries.filter(state="delivered").count() == 3
    assert len({headers["webhook-id"] for _path, headers, _body in heard}) == 8


def test_a_receiver_that_is_gone_is_left_alone(bank, subscribed) -> None:
    with answering(status(410)) as (port, heard):
        webhook, _secret = subscribed(port)
        edited(bank, "甲")
        edited(bank, "乙")
        turn(webhook)
    webhook.refresh_from_db()
    assert (webhook.state, webhook.state_reason, len(heard)) == ("suspended", "gone", 1)


def test_who_may_read_no_changes_hears_none(bank, subscribed, province_clerk) -> None:
    with answering(status(204)) as (port, heard):
        webhook, _secret = subscribed(port)
        edited(bank, "甲")
        province_clerk.is_active = False
        province_clerk.save()
        turn(webhook)
    webhook.refresh_from_db()
    assert (webhook.state, webhook.state_reason, heard) == ("suspended", "no-permission", [])


def test_two_workers_never_deliver_side_by_side(bank, subscribed) -> None:
    with answering(status(204)) as (port, heard):
        webhook, _secret = subscribed(port)
        edited(bank, "甲")
        Webhook.objects.update(working_until=timezone.now() + DAY)  # another one is at it
        turn(webhook)
        assert heard == []
        Webhook.objects.update(working_until=timezone.now() - DAY)  # it was killed
        turn(webhook)
    assert len(heard) == 1


def test_a_rotation_signs_with_both_for_the_overlap(bank, subscribed) -> None:
    with answering(status(204)) as (port, heard):
        webhook, _old = subscribed(port)
        webhook, _new = rotate_secret(
            actor=webhook.user, webhook=webhook, overlap=DAY, now=timezone.now()
        )
        edited(bank, "甲")
        turn(webhook)
        Webhook.objects.update(previous_until=timezone.now() - DAY)
        edited(bank, "乙")
        turn(webhook)
    assert [len(each["webhook-signature"].split()) for _p, each, _b in heard] == [2, 1]


@pytest.mark.django_db(transaction=True)
def test_many_changes_of_a_transaction_wake_once(bank, subscribed) -> None:
    subscribed(free_port())
    DBTaskResult.objects.all().delete()
    Webhook.objects.update(queued_at=None, woken_at=None)
    with transaction.atomic():
        for number in range(10):
            edited(bank, f"甲{number}")
    assert DBTaskResult.objects.count() == 1
    Webhook.objects.update(queued_at=timezone.now() - DAY)  # its task was lost with a worker
    assert sweep(timezone.now()) == 1
    assert DBTaskResult.objects.count() == 2


def test_a_sweep_queues_nothing_twice(bank, subscribed) -> None:
    subscribed(free_port())
    assert [sweep(timezone.now()) for _ in range(2)] == [1, 0]


def test_the_log_of_what_was_delivered_ends_that_of_dead_letters_stays(
    bank, subscribed, settings, capsys
) -> None:
    settings.WEBHOOK_PAUSES = []
    answer = [status(204)]
    with answering(lambda handler: answer[0](handler)) as (port, _heard):
        webhook, _secret = subscribed(port)
        edited(bank, "甲")
        turn(webhook)
        answer[0] = status(500)
        edited(bank, "乙")
        turn(webhook)
    call_command("sweep_webhooks")
    assert webhook.deliveries.count() == 2
    webhook.deliveries.update(
        created_at=timezone.now() - 100 * DAY, delivered_at=timezone.now() - 91 * DAY
    )
    call_command("sweep_webhooks")
    assert [each.state for each in webhook.deliveries.all()] == ["dead"]
    assert "1 old events gone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"url": "http://example.org/"}, "url"),
        ({"url": f"http://127.0.0.1/{'x' * 300}"}, "url"),
        ({"kinds": ["secrets"]}, "kinds"),
        ({"name": "x" * 61}, "name"),
        ({"name": " "}, "name"),
    ],
)
def test_a_wrong_subscription_says_which_field(province_clerk, more, field) -> None:
    values = {"name": "x", "url": "http://127.0.0.1:9/", "kinds": [], "prefecture": None}
    with pytest.raises(DomainError) as caught:
        subscribe(actor=province_clerk, now=timezone.now(), **(values | more))
    assert list(caught.value.fields) == [field]
    assert not Webhook.objects.exists()


# By machine and by page


def test_by_machine_from_subscription_to_log(bank, program, province_clerk, settings) -> None:
    settings.WEBHOOK_PAUSES = []
    _token, caller = program(province_clerk, "webhook")
    with answering(status(500)) as (port, _heard):
        body = {"name": "x", "url": f"http://127.0.0.1:{port}/", "kinds": ["institutions"]}
        made = caller.post("/webhooks/", body)
        assert made.status_code == 201, made.content
        assert made.json()["secret"].startswith("whsec_")
        here = made["Location"].removeprefix("/api/v1")
        assert "secret" not in caller.get(here).json()
        edited(bank, "甲")
        turn(Webhook.objects.get())
        log = caller.get(f"{here}deliveries/", state="dead").json()["results"]
        assert log[0]["log"][0]["outcome"] == "status"
        assert log[0]["log"][0]["status"] == 500
        again = caller.post(f"{here}deliveries/{log[0]['id']}/redeliver/")
        assert [each["by_hand"] for each in again.json()["log"]] == [False, True]
    etag = caller.get(here)["ETag"]
    changed = caller.patch(here, {"kinds": [], "prefecture": "440200"}, headers={"If-Match": etag})
    assert changed.json()["prefecture"] == "440200"
    stale = caller.patch(here, {"name": "y"}, headers={"If-Match": etag})
    assert stale.status_code == 412
    assert caller.post(f"{here}suspend/").json()["state"] == "suspended"
    assert caller.post(f"{here}resume/").json()["state"] == "active"
    assert caller.post(f"{here}rotate/", {"overlap_days": 1}).json()["secret"]
    assert caller.post(f"{here}rotate/", {"overlap_days": 99}).json()["code"] == "bad-webhook"
    assert caller.client.delete(f"/api/v1{here}").json()["state"] == "ended"
    assert caller.post(f"{here}resume/").json()["code"] == "webhook-ended"


def test_one_sees_ones_own_and_the_administrator_all(
    subscribed, program, auditor, administrator, client_of, province_clerk
) -> None:
    webhook, _secret = subscribed(9)
    _token, stranger = program(auditor, "webhook")
    assert stranger.get(f"/webhooks/{webhook.pk}/").status_code == 404
    page = reverse("webhooks:webhook", args=[webhook.pk])
    assert client_of(auditor).get(page).status_code == 404
    assert client_of(administrator).get(page).status_code == 200
    _token, chief = program(administrator, "webhook")
    redirected = chief.patch(
        f"/webhooks/{webhook.pk}/", {"url": "http://127.0.0.1:1/"}, headers={"If-Match": '"v1"'}
    )
    assert redirected.json()["code"] == "permission-refused"
    client_of(administrator).post(reverse("webhooks:state", args=[webhook.pk, "end"]))
    webhook.refresh_from_db()
    assert webhook.state == "ended"


def test_by_page_and_at_a_constant_cost(bank, subscribed, client_of, province_clerk) -> None:
    client = client_of(province_clerk)
    form = {"name": "省级平台", "url": "http://127.0.0.1:9/", "kinds": ["institutions"]}
    page = client.post(reverse("webhooks:webhooks"), form)
    assert "whsec_" in page.content.decode()
    refused = client.post(reverse("webhooks:webhooks"), form | {"url": "https://example.org/"})
    assert (refused.status_code, "允许推送的名单" in refused.content.decode()) == (422, True)
    webhook = Webhook.objects.get()

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    edited(bank, "甲")
    turn(webhook)
    listed, shown = reverse("webhooks:webhooks"), reverse("webhooks:webhook", args=[webhook.pk])
    client.get(listed)
    first = cost(listed), cost(shown)
    for number in range(4):
        edited(bank, f"乙{number}")
        subscribed(9)
    turn(webhook)
    assert Delivery.objects.count() == 5
    assert (cost(listed), cost(shown)) == first
    assert "whsec_" not in client.get(shown).content.decode()


def test_the_log_by_machine_pages_at_a_constant_cost(bank, subscribed, caller) -> None:
    with answering(status(204)) as (port, _heard):
        webhook, _secret = subscribed(port)
        for number in range(3):
            edited(bank, f"甲{number}")
        turn(webhook)
    program = caller(webhook.user)

    def cost(path: str, **asked: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert program.get(path, **asked).status_code == 200
        return len(queries)

    log = f"/webhooks/{webhook.pk}/deliveries/"
    assert cost(log, page_size=1) == cost(log)
    first = cost("/webhooks/")
    subscribed(9)
    assert cost("/webhooks/") == first
    seen, before = [], {}
    while True:
        page = program.get(log, page_size=2, **before).json()
        seen += [each["id"] for each in page["results"]]
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    assert seen == sorted(webhook.deliveries.values_list("pk", flat=True), reverse=True)
    for wrong in ({"state": "lost"}, {"before": "x"}, {"page_size": "0"}, {"colour": "red"}):
        assert program.get(log, **wrong).status_code == 422
