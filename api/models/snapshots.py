"""Snapshots: what was asked for, and what files came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.permissions import scope_of


class SnapshotQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "SnapshotQuerySet":
        """One's own: rows were chosen by what that person may see."""
        if scope_of(user, "changes.view") is None:
            return self.none()
        return self.filter(created_by=user)


class Snapshot(models.Model):
    """Resources in files as of one moment; ``cursor`` is where the feed of changes goes on.

    Its files lie in the file store under ``snapshots/<key>/``; ``files`` is the manifest.
    """

    job = models.OneToOneField("core.Job", models.PROTECT, null=True, related_name="+")
    resources = models.JSONField(_("记录种类"), default=list)
    formats = models.JSONField(_("格式"), default=list)
    language = models.CharField(_("语言"), max_length=10)
    as_of = models.DateField(_("截至"), null=True, blank=True)
    taken_at = models.DateTimeField(_("数据时点"), null=True, blank=True)
    cursor = models.CharField(max_length=80, blank=True)
    files = models.JSONField(_("文件"), default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("发起人")
    )
    created_at = models.DateTimeField(_("发起时间"))
    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("快照")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"
