"""Webhooks: what is sent to whom, what became of it, and each attempt."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.permissions import scope_filter


class WebhookState(models.TextChoices):
    ACTIVE = "active", _("启用")
    SUSPENDED = "suspended", _("暂停")
    ENDED = "ended", _("已终止")


class WebhookQuerySet(models.QuerySet):
    def visible_to(self, user: object) -> "WebhookQuerySet":
        """One's own; for the administrator, all."""
        return self.filter(scope_filter(user, "webhook.manage"))


class Webhook(models.Model):
    """A subscription: an address, and which changes it hears of.

    Its secret is no column: it follows from ``salt`` and the office's ``SECRET_KEY``, so that
    a copy of the database cannot sign. ``position`` is the cursor in the feed of changes up to
    which deliveries were made; ``woken_at`` is when the last change was made, ``queued_at`` when
    the next turn is; ``working_until`` keeps workers from delivering side by side.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks", verbose_name=_("订阅人")
    )
    name = models.CharField(_("名称"), max_length=60)
    url = models.URLField(_("地址"), max_length=300)
    kinds = models.JSONField(_("记录种类"), default=list, blank=True)
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, null=True, blank=True, verbose_name=_("地市")
    )
    salt = models.CharField(max_length=64)
    previous_salt = models.CharField(max_length=64, blank=True)
    previous_until = models.DateTimeField(_("原密钥有效至"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=WebhookState, default=WebhookState.ACTIVE
    )
    state_reason = models.CharField(_("原因"), max_length=40, blank=True)
    dead_in_a_row = models.PositiveIntegerField(_("连续死信"), default=0)
    position = models.TextField(blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    working_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    version = models.PositiveIntegerField(_("版本"), default=1)
    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("变更推送")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("等待")
    DELIVERED = "delivered", _("已送达")
    DEAD = "dead", _("死信")


class Delivery(models.Model):
    """One event for one subscription; ``body`` is what is signed and sent, byte for byte."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(_("事件编号"), max_length=100)
    kind = models.CharField(_("记录种类"), max_length=60)
    body = models.TextField(_("内容"))
    state = models.CharField(
        _("状态"), max_length=10, choices=DeliveryState, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_at = models.DateTimeField(_("下次尝试"), null=True, blank=True)
    created_at = models.DateTimeField(_("产生时间"))
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("推送")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="one_delivery_an_event")
        ]
        indexes = [models.Index(fields=["webhook", "state", "id"])]

    def __str__(self) -> str:
        return self.event


class Attempt(models.Model):
    """One try to deliver: what the log of the subscriber shows."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    at = models.DateTimeField(_("时间"))
    outcome = models.CharField(_("结果"), max_length=20)
    status = models.PositiveSmallIntegerField(_("状态码"), null=True, blank=True)
    address = models.CharField(_("连接的地址"), max_length=45, blank=True)
    milliseconds = models.PositiveIntegerField(_("毫秒"), default=0)
    by_hand = models.BooleanField(_("手工重发"), default=False)

    class Meta:
        verbose_name = _("推送尝试")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.status or ''}".strip()
