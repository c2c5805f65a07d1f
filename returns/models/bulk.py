"""Bulk submissions: one file with the returns of many institutions, answered one by one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.permissions import Scope, scope_of


class BulkSubmissionQuerySet(models.QuerySet):
    def visible_to(self, user: object) -> "BulkSubmissionQuerySet":
        """One's own; for whoever submits for the whole province, all."""
        scope = scope_of(user, "return.submit-many")
        if scope is None:
            return self.none()
        return self.filter(Q() if scope == Scope.ALL else Q(created_by=user))


class BulkSubmission(models.Model):
    """A file as it was sent. Form and period are those said beside it, for rows without."""

    document = models.ForeignKey(
        "core.SourceDocument", models.PROTECT, related_name="+", verbose_name=_("文件")
    )
    sha256 = models.CharField("SHA-256", max_length=64)
    form = models.CharField(_("报表"), max_length=20, blank=True)
    period_code = models.CharField(_("报告期"), max_length=10, blank=True)
    job = models.ForeignKey(
        "core.Job", models.PROTECT, null=True, related_name="+", verbose_name=_("后台工作")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提交人")
    )
    created_at = models.DateTimeField(_("提交时间"))
    objects = BulkSubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("批量报送")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "sha256", "form", "period_code"],
                name="one_bulk_submission_of_a_file",
            )
        ]

    def __str__(self) -> str:
        return self.document.filename


class PartState(models.TextChoices):
    WAITING = "waiting", _("等待")
    RECEIVED = "received", _("已收到")
    WITH_ERRORS = "with_errors", _("有错误")
    UNCHANGED = "unchanged", _("与已收到的相同")
    REFUSED = "refused", _("未收下")


class BulkPart(models.Model):
    """What the file holds of one institution and period, and what became of it.

    ``findings`` are those of the moment, whatever the institution changes later.
    """

    submission = models.ForeignKey(BulkSubmission, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField(_("次序"))
    institution_code = models.CharField(_("机构编码"), max_length=60)
    form = models.CharField(_("报表"), max_length=60)
    period_code = models.CharField(_("报告期"), max_length=60)
    line = models.PositiveIntegerField(_("文件中的行"))
    state = models.CharField(_("状态"), max_length=12, choices=PartState, default=PartState.WAITING)
    code = models.CharField(_("代码"), max_length=60, blank=True)
    message_zh = models.TextField(blank=True)
    message_en = models.TextField(blank=True)
    return_record = models.ForeignKey(
        "returns.Return", models.PROTECT, null=True, related_name="+", verbose_name=_("报表")
    )
    error_count = models.PositiveIntegerField(_("错误数"), default=0)
    warning_count = models.PositiveIntegerField(_("预警数"), default=0)
    findings = models.JSONField(_("审核意见"), default=list)

    class Meta:
        verbose_name = _("批量报送的一家")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="one_part_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.institution_code} {self.period_code}"
