"""A report as it was published, figure by figure."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedReport(models.Model):
    """The snapshot of a report: what was asked, what was known, what was answered."""

    report = models.CharField(_("报告"), max_length=40)
    number = models.CharField(_("编号"), max_length=40, unique=True)
    title = models.CharField(_("标题"), max_length=150)
    parameters = models.JSONField(_("参数"))
    as_of = models.DateField(_("截至"))
    known_at = models.DateTimeField(_("数据时点"))
    figures = models.JSONField(_("数字"))
    figures_sha256 = models.CharField(_("数字指纹"), max_length=64)
    pdf = models.ForeignKey(
        "core.SourceDocument", models.PROTECT, related_name="+", verbose_name="PDF"
    )
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("发布人")
    )
    note = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        ordering = ["-published_at"]
        verbose_name = _("已发布报告")

    def __str__(self) -> str:
        return self.title
