"""Reporting periods and the Chinese work calendar."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Workday(models.Model):
    """A day whose working status differs from the ordinary week (holiday or make-up day)."""

    day = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(_("是否工作日"))
    name = models.CharField(_("名称"), max_length=40)

    class Meta:
        ordering = ["day"]
        verbose_name = _("工作日历")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class PeriodKind(models.TextChoices):
    MONTH = "month", _("月")
    QUARTER = "quarter", _("季")
    HALF_YEAR = "half_year", _("半年")
    YEAR = "year", _("年")


class Period(models.Model):
    """A reporting period of one form, such as June 2012 of ``sme-loans``."""

    form = models.CharField(_("报表"), max_length=30)
    kind = models.CharField(_("周期"), max_length=10, choices=PeriodKind)
    year = models.PositiveSmallIntegerField(_("年"))
    number = models.PositiveSmallIntegerField(_("期"))
    starts_on = models.DateField(_("期初"))
    ends_on = models.DateField(_("期末"))
    opens_on = models.DateField(_("开始填报"))
    due_on = models.DateField(_("截止日期"), help_text=_("已顺延至下一工作日"))
    closed_at = models.DateTimeField(_("关闭时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("关闭人"),
    )

    class Meta:
        ordering = ["-ends_on"]
        verbose_name = _("报告期")
        constraints = [
            models.UniqueConstraint(fields=["form", "kind", "year", "number"], name="one_period"),
            models.CheckConstraint(
                name="period_runs_forward",
                condition=models.Q(ends_on__gte=models.F("starts_on"))
                & models.Q(due_on__gte=models.F("ends_on")),
            ),
        ]

    def __str__(self) -> str:
        labels = {
            PeriodKind.MONTH: f"{self.year}年{self.number}月",
            PeriodKind.QUARTER: f"{self.year}年第{self.number}季度",
            PeriodKind.HALF_YEAR: f"{self.year}年{'上' if self.number == 1 else '下'}半年",
            PeriodKind.YEAR: f"{self.year}年",
        }
        return labels[PeriodKind(self.kind)]

    @property
    def code(self) -> str:
        """``2012-06`` for a month, else ``2012-Q2``, ``2012-H1`` or ``2012``."""
        codes = {
            PeriodKind.MONTH: f"{self.year}-{self.number:02d}",
            PeriodKind.QUARTER: f"{self.year}-Q{self.number}",
            PeriodKind.HALF_YEAR: f"{self.year}-H{self.number}",
            PeriodKind.YEAR: f"{self.year}",
        }
        return codes[PeriodKind(self.kind)]

    def is_open(self, today: datetime.date) -> bool:
        """Whether returns may be prepared and signed on ``today``."""
        return self.closed_at is None and self.opens_on <= today
