"""E-mails of notifications: one at once, or a digest a day.

An e-mail names the matter and links to it; figures stay behind the sign-in.
"""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import Notification, User
from core.models.notifications import Channel

KEPT = datetime.timedelta(days=7)  # what is older is no news any more


def send_digests(*, now: datetime.datetime) -> tuple[int, list[str]]:
    """Send everybody one e-mail with what is unread and was not mailed.

    Returns how many were sent, and the errors; what could not be sent stays for the next run.
    """
    if not settings.EMAIL_HOST:
        return 0, []
    rows = Notification.objects.filter(
        mailed_at=None,
        read_at=None,
        channel__in=(Channel.DIGEST, Channel.MAIL),
        created_at__gt=now - KEPT,
        created_at__lte=now,
    ).select_related("recipient")
    by_person: dict[User, list[Notification]] = {}
    for each in rows.order_by("recipient", "kind", "created_at"):
        by_person.setdefault(each.recipient, []).append(each)
    sent, errors = 0, []
    for person, notifications in by_person.items():
        if not person.is_active or not person.email:
            continue
        try:
            send_mail(person, notifications, now=now)
            sent += 1
        except OSError as error:  # smtplib's errors among them
            errors.append(f"{person.username}: {error}")
    return sent, errors


def send_mail(
    person: User, notifications: Sequence[Notification], *, now: datetime.datetime
) -> None:
    """Send one e-mail and note that it went. Raises OSError if the server does not take it."""
    with override(person.language):
        groups: dict[str, list[dict[str, str]]] = {}
        for each in notifications:
            line = {
                "text": each.text.in_language(person.language),
                "url": f"{settings.SITE_URL.rstrip('/')}{each.url}",
            }
            groups.setdefault(str(each.get_kind_display()), []).append(line)
        if len(notifications) == 1:
            subject = notifications[0].text.in_language(person.language)
        else:
            subject = _("%(number)s 条通知") % {"number": len(notifications)}
        context = {
            "person": person,
            "groups": groups,
            "choices_url": f"{settings.SITE_URL.rstrip('/')}/notifications/choices/",
        }
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("notifications/mail.txt", context),
            to=[person.email],
        )
        message.attach_alternative(
            render_to_string("notifications/mail.html", context), "text/html"
        )
        message.send()
    Notification.objects.filter(pk__in=[each.pk for each in notifications]).update(mailed_at=now)
