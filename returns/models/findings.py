"""Findings, their explanations, and the reviewer's comments on cells."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    ERROR = "error", _("错误")
    WARNING = "warning", _("预警")


class Finding(models.Model):
    """What a check found at a cell. Message and cure come from the check's declaration.

    Many equal findings of one check are kept as far as ``FINDINGS_KEPT`` a check; the rest is
    counted in ``more``. ``key`` names the line in the form's own words (``440100/S/C``), so
    that an explanation survives rows that move.
    """

    return_record = models.ForeignKey(
        "returns.Return", models.CASCADE, related_name="findings", verbose_name=_("报表")
    )
    check_code = models.CharField(_("规则"), max_length=20)
    severity = models.CharField(_("级别"), max_length=8, choices=Severity)
    tier = models.PositiveSmallIntegerField(_("层级"))
    table = models.CharField(_("表"), max_length=20, blank=True)
    row = models.PositiveIntegerField(_("行"), null=True, blank=True)
    column = models.CharField(_("列"), max_length=30, blank=True)
    cell = models.CharField(_("单元格"), max_length=20, blank=True)
    key = models.CharField(_("行键"), max_length=60, blank=True)
    value = models.CharField(_("值"), max_length=100, blank=True)
    expected = models.CharField(_("应为"), max_length=200, blank=True)
    parameters = models.JSONField(_("参数"), default=dict)
    more = models.PositiveIntegerField(_("同类未列"), default=0)
    explanation = models.TextField(_("说明"), blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("说明人"),
    )
    explained_at = models.DateTimeField(_("说明时间"), null=True, blank=True)

    class Meta:
        ordering = ["tier", "table", "row", "pk"]
        verbose_name = _("审核意见")

    def __str__(self) -> str:
        return f"{self.check_code} {self.cell}"


class CellComment(models.Model):
    """A reviewer's remark on a cell of a return."""

    return_record = models.ForeignKey(
        "returns.Return", models.CASCADE, related_name="comments", verbose_name=_("报表")
    )
    table = models.CharField(_("表"), max_length=20)
    key = models.CharField(_("行键"), max_length=60)
    row = models.PositiveIntegerField(_("行"), null=True, blank=True)
    column = models.CharField(_("列"), max_length=30)
    text = models.CharField(_("意见"), max_length=500)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("审核人")
    )
    at = models.DateTimeField(_("时间"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("单元格意见")

    def __str__(self) -> str:
        return self.text
