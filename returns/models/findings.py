"""Findings, their explanations, and the reviewer's comments on cells."""

from django.conf import settings
from django.db import models


class Severity(models.TextChoices):
    ERROR = "error", "错误"
    WARNING = "warning", "预警"


class Finding(models.Model):
    """What a check found at a cell. Message and cure come from the check's declaration.

    Many equal findings of one check are kept as far as ``FINDINGS_KEPT`` a check; the rest is
    counted in ``more``. ``key`` names the line in the form's own words (``440100/S/C``), so
    that an explanation survives rows that move.
    """

    return_record = models.ForeignKey(
        "returns.Return", models.CASCADE, related_name="findings", verbose_name="报表"
    )
    check_code = models.CharField("规则", max_length=20)
    severity = models.CharField("级别", max_length=8, choices=Severity)
    tier = models.PositiveSmallIntegerField("层级")
    table = models.CharField("表", max_length=20, blank=True)
    row = models.PositiveIntegerField("行", null=True, blank=True)
    column = models.CharField("列", max_length=30, blank=True)
    cell = models.CharField("单元格", max_length=20, blank=True)
    key = models.CharField("行键", max_length=60, blank=True)
    value = models.CharField("值", max_length=100, blank=True)
    expected = models.CharField("应为", max_length=200, blank=True)
    parameters = models.JSONField("参数", default=dict)
    more = models.PositiveIntegerField("同类未列", default=0)
    explanation = models.TextField("说明", blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="说明人",
    )
    explained_at = models.DateTimeField("说明时间", null=True, blank=True)

    class Meta:
        ordering = ["tier", "table", "row", "pk"]
        verbose_name = "审核意见"

    def __str__(self) -> str:
        return f"{self.check_code} {self.cell}"


class CellComment(models.Model):
    """A reviewer's remark on a cell of a return."""

    return_record = models.ForeignKey(
        "returns.Return", models.CASCADE, related_name="comments", verbose_name="报表"
    )
    table = models.CharField("表", max_length=20)
    key = models.CharField("行键", max_length=60)
    row = models.PositiveIntegerField("行", null=True, blank=True)
    column = models.CharField("列", max_length=30)
    text = models.CharField("意见", max_length=500)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审核人"
    )
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["pk"]
        verbose_name = "单元格意见"

    def __str__(self) -> str:
        return self.text
