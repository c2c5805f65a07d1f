"""Tokens by which machines sign in; only a digest is kept."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A token of one person: what it may do is never more than what that person may do."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", verbose_name=_("用户")
    )
    name = models.CharField(_("用途"), max_length=60)
    prefix = models.CharField(_("前缀"), max_length=12, unique=True)
    digest = models.CharField("SHA-256", max_length=64)
    can_write = models.BooleanField(_("可写"), default=False)
    networks = models.CharField(
        _("允许的网段"), max_length=200, blank=True, help_text=_("以逗号分隔的 CIDR，空为不限")
    )
    created_at = models.DateTimeField(_("建立时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("接口令牌")

    def __str__(self) -> str:
        return self.name

    def is_live(self, now: datetime.datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
