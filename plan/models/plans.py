"""The plan 行动计划 of a year, its measures 工作措施 and their items, in their original words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.entries import Entry
from core.models.history import History


class PlanEntry(Entry):
    """What everybody may read of the plan and the province alone may change."""

    VIEW = "plan.view"
    EDIT = "plan.edit"
    IMPORT = "plan.edit"
    PREFECTURE_PATH = ""

    class Meta(Entry.Meta):
        abstract = True


class Plan(PlanEntry):
    """The plan of one year. Its document number was never printed: it is left to be filled in."""

    CODE_PREFIX = "PL"

    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("名称（英文）"), max_length=160, blank=True)
    document_number = models.CharField(
        _("文号"), max_length=60, blank=True, help_text=_("印发文本未载文号的不填")
    )
    issued_by = models.CharField(_("印发机关"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    basis = models.TextField(_("依据"), blank=True)
    lead = models.ForeignKey(
        "core.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("牵头汇总部门"),
    )
    copied_from = models.ForeignKey(
        "plan.Plan",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("沿用自"),
    )
    history = History()

    class Meta(PlanEntry.Meta):
        ordering = ["-year"]
        verbose_name = _("行动计划")
        constraints = [
            models.UniqueConstraint(
                name="one_plan_a_year",
                fields=["year"],
                condition=Q(voided_at=None),
                violation_error_message=_("该年度已有行动计划。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"


class Measure(PlanEntry):
    """One of the plan's measures, such as （七）, with the departments that answer for it."""

    CODE_PREFIX = "PM"

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="measures", verbose_name=_("行动计划")
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("标题"), max_length=60)
    title_en = models.CharField(_("标题（英文）"), max_length=120, blank=True)
    words = models.TextField(_("原文"))
    history = History()

    class Meta(PlanEntry.Meta):
        ordering = ["-plan__year", "number"]
        verbose_name = _("工作措施")
        constraints = [
            models.UniqueConstraint(
                name="one_measure_a_number",
                fields=["plan", "number"],
                condition=Q(voided_at=None),
                violation_error_message=_("该计划已有同序号的措施。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Answering(models.TextChoices):
    LEAD = "lead", _("牵头")
    PARTICIPANT = "participant", _("参与")


class MeasureDepartment(models.Model):
    """A department that leads a measure, or takes part in it."""

    parent = models.ForeignKey(Measure, models.CASCADE, related_name="departments")
    department = models.ForeignKey(
        "core.Department", models.PROTECT, related_name="+", verbose_name=_("部门")
    )
    answering = models.CharField(
        _("分工"), max_length=12, choices=Answering, default=Answering.PARTICIPANT
    )
    history = History()

    class Meta:
        ordering = ["parent", "answering", "pk"]
        verbose_name = _("责任部门")
        constraints = [
            models.UniqueConstraint(
                name="department_once_a_measure", fields=["parent", "department"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.get_answering_display()}"


class MeasureItem(PlanEntry):
    """A part of a measure, such as the seventeen of （七） that the finance office answers for."""

    CODE_PREFIX = "PI"

    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="items", verbose_name=_("工作措施")
    )
    key = models.CharField(_("代号"), max_length=8, help_text=_("如 F02"))
    title = models.CharField(_("标题"), max_length=60)
    title_en = models.CharField(_("标题（英文）"), max_length=120, blank=True)
    words = models.TextField(_("原文"))
    history = History()

    class Meta(PlanEntry.Meta):
        ordering = ["measure", "key"]
        verbose_name = _("措施分项")
        constraints = [
            models.UniqueConstraint(
                name="one_item_a_key",
                fields=["measure", "key"],
                condition=Q(voided_at=None),
                violation_error_message=_("该措施已有同代号的分项。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"
