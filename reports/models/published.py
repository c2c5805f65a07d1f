"""A report as it was published, figure by figure."""

from django.conf import settings
from django.db import models


class PublishedReport(models.Model):
    """The snapshot of a report: what was asked, what was known, what was answered."""

    report = models.CharField("报告", max_length=40)
    number = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("标题", max_length=150)
    parameters = models.JSONField("参数")
    as_of = models.DateField("截至")
    known_at = models.DateTimeField("数据时点")
    figures = models.JSONField("数字")
    figures_sha256 = models.CharField("数字指纹", max_length=64)
    pdf = models.ForeignKey(
        "core.SourceDocument", models.PROTECT, related_name="+", verbose_name="PDF"
    )
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人"
    )
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        ordering = ["-published_at"]
        verbose_name = "已发布报告"

    def __str__(self) -> str:
        return self.title
