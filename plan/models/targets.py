"""Targets 目标, what was reached of them, and milestones 节点, with their dates."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.history import History
from plan.models.plans import PlanEntry
from plan.models.units import UnitEntry


class Comparator(models.TextChoices):
    """How a figure is held against the plan's number."""

    EXACTLY = "eq", _("=（等于）")
    AT_LEAST = "ge", _("≥（至少）")
    MORE = "gt", _("＞（超过）")
    ABOUT = "about", _("≈（约）")
    RANGE = "range", _("区间")
    NONE = "none", _("未定数量")


class Target(PlanEntry):
    """One number of the plan with its original wording, or something it asks for unquantified.

    With a ``source`` the figure is computed from the registries and is never typed; without one
    it is the sum of the progress entries.
    """

    CODE_PREFIX = "PT"

    measure = models.ForeignKey(
        "plan.Measure", models.PROTECT, related_name="targets", verbose_name=_("工作措施")
    )
    item = models.ForeignKey(
        "plan.MeasureItem",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("措施分项"),
    )
    key = models.CharField(_("代号"), max_length=8, help_text=_("如 T17"))
    title = models.CharField(_("目标"), max_length=80)
    title_en = models.CharField(_("目标（英文）"), max_length=120, blank=True)
    words = models.CharField(_("原文表述"), max_length=120, help_text=_("如 约20家，照原文打印"))
    comparator = models.CharField(_("比较"), max_length=6, choices=Comparator)
    lower = models.PositiveBigIntegerField(_("下限（目标数）"), null=True, blank=True)
    upper = models.PositiveBigIntegerField(_("上限"), null=True, blank=True)
    unit = models.CharField(_("计量单位"), max_length=10)
    unit_en = models.CharField(_("计量单位（英文）"), max_length=30, blank=True)
    starts_on = models.DateField(_("起算日期"))
    due_on = models.DateField(_("完成期限"))
    source = models.CharField(
        _("取数来源"), max_length=30, blank=True, help_text=_("由登记自动计算的，不得另行填报")
    )
    history = History()

    class Meta(PlanEntry.Meta):
        ordering = ["measure", "key"]
        verbose_name = _("目标")
        constraints = [
            models.UniqueConstraint(
                name="one_target_a_key",
                fields=["measure", "key"],
                condition=Q(voided_at=None),
                violation_error_message=_("该措施已有同代号的目标。"),
            ),
            models.CheckConstraint(
                name="target_runs_forward",
                condition=Q(due_on__gte=models.F("starts_on")),
                violation_error_message=_("完成期限不能早于起算日期。"),
            ),
            models.CheckConstraint(
                name="target_has_its_number",
                condition=Q(comparator="none", lower=None)
                | (~Q(comparator="none") & Q(lower__isnull=False)),
                violation_error_message=_("请填写目标数；未定数量的不填。"),
            ),
            models.CheckConstraint(
                name="target_range_has_two_ends",
                condition=Q(upper=None) | Q(comparator="range", upper__gte=models.F("lower")),
                violation_error_message=_("只有区间填写上限，且不小于下限。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


class ProgressEntry(UnitEntry):
    """What a unit adds to a target on a day, with what proves it. Append-only by voiding."""

    CODE_PREFIX = "PE"

    target = models.ForeignKey(
        Target, models.PROTECT, related_name="entries", verbose_name=_("目标")
    )
    happened_on = models.DateField(_("日期"))
    value = models.PositiveBigIntegerField(_("新增数量"))
    document = models.CharField(_("依据（文件名称或文号）"), max_length=120, blank=True)
    history = History()

    class Meta(UnitEntry.Meta):
        ordering = ["-happened_on", "code"]
        verbose_name = _("进展")
        indexes = [models.Index(fields=["target", "happened_on"])]

    def __str__(self) -> str:
        return f"{self.target.key} {self.unit} {self.happened_on}"


class Milestone(PlanEntry):
    """A date of the plan: what is due, whose it is, and when it was done."""

    CODE_PREFIX = "PS"

    plan = models.ForeignKey(
        "plan.Plan", models.PROTECT, related_name="milestones", verbose_name=_("行动计划")
    )
    measure = models.ForeignKey(
        "plan.Measure",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("工作措施"),
    )
    key = models.CharField(_("代号"), max_length=8, help_text=_("如 S06"))
    title = models.CharField(_("节点"), max_length=100)
    title_en = models.CharField(_("节点（英文）"), max_length=160, blank=True)
    words = models.CharField(_("原文时间"), max_length=60, blank=True)
    due_on = models.DateField(_("到期日"))
    owner = models.ForeignKey(
        "core.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("责任部门"),
        help_text=_("不填为各地、各有关部门"),
    )
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    document = models.CharField(_("依据（文件名称或文号）"), max_length=120, blank=True)
    history = History()

    class Meta(PlanEntry.Meta):
        ordering = ["due_on", "key"]
        verbose_name = _("节点")
        constraints = [
            models.UniqueConstraint(
                name="one_milestone_a_key",
                fields=["plan", "key"],
                condition=Q(voided_at=None),
                violation_error_message=_("该计划已有同代号的节点。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"
