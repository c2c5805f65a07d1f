"""E-mails over a real SMTP connection: at once, as a digest, and when the server is in trouble."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.models import Notification, User
from core.models.notifications import NotificationKind
from core.operations.mailing import KEPT, send_digests
from core.operations.notifications import choose_channels, mark_read, notify
from core.text import Text

AT_ONCE, DAILY = NotificationKind.RETURN_ANSWERED, NotificationKind.EXPIRY
pytestmark = pytest.mark.django_db(transaction=True)


def tell(person, kind, *, key="a", text="某行牌照到期", url="/licences/LC1/", now=None) -> None:
    words = Text(text, f"{text} (English)")
    notify([person], kind, words, url=url, key=key, now=now or timezone.now())


def bodies(mail) -> tuple[str, str]:
    plain = mail.get_body(preferencelist=("plain",)).get_content()
    return plain, mail.get_body(preferencelist=("html",)).get_content()


def test_what_waits_for_ones_own_hand_comes_at_once(mailbox, worker, leader, with_address) -> None:
    tell(with_address(leader), AT_ONCE, text="六月报表已退回", url="/returns/7/")
    worker()
    [mail] = mailbox.to("leader@example.com")
    assert mail["Subject"] == "六月报表已退回"
    for body in bodies(mail):
        assert "https://tracker.example.com/returns/7/" in body
        assert "https://tracker.example.com/notifications/choices/" in body
    assert Notification.objects.get().mailed_at is not None
    assert send_digests(now=timezone.now()) == (0, [])


def test_the_digest_is_one_mail_a_person_grouped_and_sent_once(
    mailbox, leader, auditor, with_address
) -> None:
    with_address(leader)
    with_address(auditor)
    auditor.language = "en"
    auditor.save()
    for number in range(3):
        for person in (leader, auditor):
            tell(person, DAILY, key=str(number), text=f"某行<{number}>号牌照到期")
    tell(leader, NotificationKind.PLAN_DUE, key="p", text="半年报告未报")
    call_command("send_digest")
    call_command("send_digest")
    assert len(mailbox.mails) == 2
    [mail] = mailbox.to("leader@example.com")
    assert mail["Subject"] == "4 条通知"
    plain, page = bodies(mail)
    assert plain.count("证照、评级等到期") == 1
    assert "某行<2>号牌照到期" in plain
    assert "某行&lt;2&gt;号牌照到期" in page
    [english] = mailbox.to("auditor@example.com")
    assert english["Subject"] == "3 notifications"
    assert "(English)" in bodies(english)[0]


def test_no_mail_of_what_was_read_chosen_away_or_is_old(mailbox, leader, with_address) -> None:
    with_address(leader)
    now = timezone.now()
    tell(leader, DAILY, key="read")
    mark_read(actor=leader, now=now)
    tell(leader, DAILY, key="old", now=now - KEPT - datetime.timedelta(hours=1))
    choose_channels(actor=leader, chosen={DAILY: "page"})
    tell(leader, DAILY, key="page")
    call_command("send_digest")
    assert mailbox.mails == []


def test_who_has_no_address_is_told_in_the_interface(mailbox, worker, leader) -> None:
    tell(leader, AT_ONCE)
    worker()
    call_command("send_digest")
    assert mailbox.mails == []
    assert leader.notifications.count() == 1


def test_a_server_in_trouble_loses_nothing_and_blocks_nothing(
    mailbox, worker, leader, with_address
) -> None:
    mailbox.refusing = True
    tell(with_address(leader), AT_ONCE)
    worker()
    assert Notification.objects.get().mailed_at is None
    with pytest.raises(CommandError, match="leader"):
        call_command("send_digest")
    mailbox.refusing = False
    call_command("send_digest")
    assert len(mailbox.to("leader@example.com")) == 1


def test_a_failed_mail_is_tried_again_later(
    mailbox, worker, leader, with_address, settings
) -> None:

    mailbox.refusing = True
    tell(with_address(leader), AT_ONCE)
    worker()
    waiting = DBTaskResult.objects.exclude(run_after=None).filter(status="READY")
    assert waiting.count() == 1
    mailbox.refusing = False
    waiting.update(run_after=timezone.now())
    worker()
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_no_mail_to_who_left_or_lost_the_address_before_it_went(
    mailbox, worker, leader, with_address, change
) -> None:
    tell(with_address(leader), AT_ONCE)
    User.objects.filter(pk=leader.pk).update(**change)
    worker()
    assert mailbox.mails == []
    assert Notification.objects.get().mailed_at is None


def test_no_mail_of_what_was_read_before_it_went(mailbox, worker, leader, with_address) -> None:
    tell(with_address(leader), AT_ONCE)
    mark_read(actor=leader, now=timezone.now())
    worker()
    assert mailbox.mails == []


def test_without_a_server_nothing_is_sent_nor_said_to_be(leader, with_address, settings, capsys):
    settings.EMAIL_HOST = ""
    tell(with_address(leader), AT_ONCE)
    call_command("send_digest")
    assert "EMAIL_HOST" in capsys.readouterr().out
    assert Notification.objects.get().mailed_at is None
