"""Tokens by which machines sign in: only a digest is kept, every use is counted."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A token of one person: what it may do is never more than what that person may do.

    After a rotation the text before is taken until ``previous_until``. Limits that are not set
    are those of the settings.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name=_("用户")
    )
    name = models.CharField(_("用途"), max_length=60)
    prefix = models.CharField(_("前缀"), max_length=12, unique=True)
    digest = models.CharField("SHA-256", max_length=64)
    previous_digest = models.CharField(_("前一令牌的 SHA-256"), max_length=64, blank=True)
    previous_until = models.DateTimeField(_("前一令牌有效至"), null=True, blank=True)
    scopes = models.JSONField(_("权限范围"), default=list)
    networks = models.CharField(
        _("允许的网段"), max_length=200, blank=True, help_text=_("以逗号分隔的 CIDR，空为不限")
    )
    rate_per_minute = models.PositiveIntegerField(_("每分钟请求数"), null=True, blank=True)
    bulk_per_day = models.PositiveIntegerField(_("每日批量导出次数"), null=True, blank=True)
    bulk_rows_per_day = models.PositiveBigIntegerField(_("每日批量导出行数"), null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("签发人"),
    )
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    last_used_from = models.CharField(_("最近来源地址"), max_length=45, blank=True)
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("接口令牌")

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime.datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class TokenUse(models.Model):
    """What one token asked for from one address within one hour, summed."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="uses")
    hour = models.DateTimeField(_("小时"))
    address = models.CharField(_("来源地址"), max_length=45)
    method = models.CharField(_("方法"), max_length=8)
    resource = models.CharField(_("资源"), max_length=60)
    requests = models.PositiveBigIntegerField(_("请求数"), default=0)
    refused = models.PositiveBigIntegerField(_("被拒绝数"), default=0)
    rows = models.PositiveBigIntegerField(_("行数"), default=0)
    size = models.PositiveBigIntegerField(_("字节数"), default=0)
    first_at = models.DateTimeField(_("最早"))
    last_at = models.DateTimeField(_("最近"))

    class Meta:
        verbose_name = _("令牌使用")
        ordering = ["-hour", "resource", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token", "hour", "address", "method", "resource"],
                name="one_sum_of_token_uses",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.resource}"


class TokenAllowance(models.Model):
    """How much of a limit a token has taken in the present window, by all processes."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    window = models.BigIntegerField()
    used = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("令牌额度")
        constraints = [
            models.UniqueConstraint(fields=["token", "kind"], name="one_allowance_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.used}"
