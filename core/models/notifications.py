"""Notifications 通知: what somebody should know, and by which way each kind comes to him."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.text import Text


class NotificationKind(models.TextChoices):
    RETURN_SUBMITTED = "return_submitted", _("报表待审核")
    RETURN_ANSWERED = "return_answered", _("报表退回或接受")
    REPORT_SUBMITTED = "report_submitted", _("工作情况报告待审核")
    REPORT_ANSWERED = "report_answered", _("工作情况报告退回或接受")
    RETURN_DUE = "return_due", _("报表到期或逾期")
    PLAN_DUE = "plan_due", _("行动计划到期或逾期")
    EXPIRY = "expiry", _("证照、评级等到期")
    JOB_DONE = "job_done", _("后台工作结束")


class Channel(models.TextChoices):
    MAIL = "mail", _("立即发邮件")
    DIGEST = "digest", _("每日汇总邮件")
    PAGE = "page", _("只在系统内")
    NONE = "none", _("不通知")


# Unless somebody chooses otherwise: what waits for one's own hand comes at once, and what one
# started oneself is no news for a mailbox.
DEFAULTS = {
    NotificationKind.RETURN_ANSWERED: Channel.MAIL,
    NotificationKind.REPORT_ANSWERED: Channel.MAIL,
    NotificationKind.JOB_DONE: Channel.PAGE,
}


class NotificationChoice(models.Model):
    """By which way one kind of notification comes to somebody."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(_("类型"), max_length=20, choices=NotificationKind)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel)

    class Meta:
        verbose_name = _("通知方式")
        constraints = [models.UniqueConstraint(name="one_choice_a_kind", fields=["user", "kind"])]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.channel}"


class Notification(models.Model):
    """One thing told to one person, in both languages. ``key`` tells it from a repetition."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(_("类型"), max_length=20, choices=NotificationKind)
    zh = models.CharField(_("内容"), max_length=300)
    en = models.CharField(_("内容（英文）"), max_length=300)
    url = models.CharField(_("链接"), max_length=300)
    key = models.CharField(max_length=120)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("邮件"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("通知")
        constraints = [models.UniqueConstraint(name="told_once", fields=["recipient", "key"])]
        indexes = [
            models.Index(name="unread", fields=["recipient"], condition=Q(read_at=None)),
            models.Index(
                name="to_be_mailed",
                fields=["channel", "recipient"],
                condition=Q(mailed_at=None, read_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.zh

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)
