"""Consolidated reports 落实情况汇总报告: what the province tells of a half year or a year."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.history import History
from plan.models.plans import PlanEntry
from plan.models.progress_reports import ReportPeriod


class ConsolidatedReport(PlanEntry):
    """The report to the provincial committee and government on a period of the plan.

    Its text is edited like any record and every version stays in its history. A version is
    approved together with the figures that it then told; a later version is not approved.
    """

    CODE_PREFIX = "WR"

    plan = models.ForeignKey(
        "plan.Plan",
        models.PROTECT,
        related_name="consolidated_reports",
        verbose_name=_("行动计划"),
    )
    period = models.CharField(_("报告期"), max_length=2, choices=ReportPeriod)
    title = models.CharField(_("标题"), max_length=120)
    recipients = models.CharField(
        _("主送机关"), max_length=120, blank=True, help_text=_("如 省委、省政府")
    )
    text = models.TextField(
        _("正文"),
        help_text=_(
            "一行一段；行首“#”为一级标题，“##”为二级标题，序号自动编排。"
            "数字写成 {T17}，随登记变化并可点开依据；可用的写法见下方“可引用的数字”。"
        ),
    )
    signatory = models.CharField(_("署名"), max_length=60, blank=True)
    signed_on = models.DateField(_("成文日期"), null=True, blank=True)
    approved_version = models.PositiveIntegerField(
        _("批准的版本"), null=True, blank=True, editable=False
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("批准人"),
    )
    approved_figures = models.JSONField(_("批准时的数字"), default=dict, editable=False)
    history = History()

    class Meta(PlanEntry.Meta):
        verbose_name = _("落实情况汇总报告")
        constraints = [
            models.UniqueConstraint(
                name="one_consolidated_report_a_period",
                fields=["plan", "period"],
                condition=Q(voided_at=None),
                violation_error_message=_("该报告期已有汇总报告，请修改原报告。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def approved(self) -> bool:
        """Whether the version that stands is the one that was approved."""
        return self.approved_version == self.version
