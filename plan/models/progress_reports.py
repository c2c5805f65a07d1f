"""Progress reports 工作情况报告: what each unit says of the half year and of the year."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.history import History
from plan.models.units import UnitEntry


class ReportPeriod(models.TextChoices):
    HALF = "H1", _("上半年")
    YEAR = "Y", _("全年")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已报送")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已接受")


class ProgressReport(UnitEntry):
    """One unit's report of a period. ``figures`` are frozen when it is submitted.

    States go draft → submitted → accepted or returned; a returned one is mended and submitted
    again, and its history keeps every version.
    """

    CODE_PREFIX = "HR"
    VOID = "plan.review"

    period = models.CharField(_("报告期"), max_length=2, choices=ReportPeriod)
    summary = models.TextField(_("总体情况"), blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    figures = models.JSONField(_("登记中的数字"), default=list, editable=False)
    submitted_at = models.DateTimeField(_("报送时间"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("报送人"),
    )
    first_submitted_on = models.DateField(_("首次报送日期"), null=True, blank=True, editable=False)
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("审核人"),
    )
    review_note = models.CharField(_("审核说明"), max_length=500, blank=True, editable=False)
    history = History()

    class Meta(UnitEntry.Meta):
        verbose_name = _("工作情况报告")
        constraints = [
            models.UniqueConstraint(
                name="one_report_a_unit_and_period",
                fields=["unit", "period"],
                condition=Q(voided_at=None),
                violation_error_message=_("该单位已有这个报告期的报告，请修改原报告。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.unit.plan.year} {self.get_period_display()}"


class ReportSection(models.Model):
    """What a report says of one measure."""

    parent = models.ForeignKey(ProgressReport, models.CASCADE, related_name="sections")
    measure = models.ForeignKey(
        "plan.Measure", models.PROTECT, related_name="+", verbose_name=_("工作措施")
    )
    text = models.TextField(_("进展情况"))
    history = History()

    class Meta:
        ordering = ["measure__number", "pk"]
        verbose_name = _("分项进展")
        constraints = [
            models.UniqueConstraint(name="measure_once_a_report", fields=["parent", "measure"])
        ]

    def __str__(self) -> str:
        return f"{self.parent} {self.measure}"
