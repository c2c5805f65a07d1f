"""Units 地区/单位: the prefectures and departments that answer for the plan and report on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.history import History
from plan.models.plans import PlanEntry


class Unit(PlanEntry):
    """A prefecture or a department, as the plan addresses it."""

    CODE_PREFIX = "PU"
    PREFECTURE_PATH = "prefecture_id"

    plan = models.ForeignKey(
        "plan.Plan", models.PROTECT, related_name="units", verbose_name=_("行动计划")
    )
    prefecture = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("地市"),
    )
    department = models.ForeignKey(
        "core.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("部门"),
    )
    history = History()

    class Meta(PlanEntry.Meta):
        ordering = ["code"]
        verbose_name = _("计划单位")
        constraints = [
            models.CheckConstraint(
                name="unit_is_a_place_or_a_department",
                condition=Q(prefecture=None, department__isnull=False)
                | Q(prefecture__isnull=False, department=None),
                violation_error_message=_("地市与部门填写一项，且只填一项。"),
            ),
            models.UniqueConstraint(
                name="one_unit_a_prefecture",
                fields=["plan", "prefecture"],
                condition=Q(voided_at=None, prefecture__isnull=False),
                violation_error_message=_("该地市已在计划中。"),
            ),
            models.UniqueConstraint(
                name="one_unit_a_department",
                fields=["plan", "department"],
                condition=Q(voided_at=None, department__isnull=False),
                violation_error_message=_("该部门已在计划中。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.prefecture or self.department or self.code)

    @property
    def name(self) -> str:
        return str(self)

    @property
    def department_name(self) -> str:
        """Whose unit it is, for permissions."""
        return self.department.name if self.department else ""


class UnitEntry(PlanEntry):
    """What a unit files about itself: its own people and the province's may change it."""

    EDIT = "plan.report"
    IMPORT = "plan.report"
    PREFECTURE_PATH = "unit__prefecture_id"
    DEPARTMENT_PATH = "unit__department__name"

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="%(class)ss", verbose_name=_("地区/单位")
    )

    class Meta(PlanEntry.Meta):
        abstract = True

    @property
    def prefecture_id(self) -> int | None:
        return self.unit.prefecture_id

    @property
    def department_name(self) -> str:
        return self.unit.department_name
