"""Government departments 部门, by the names that they had from a day to a day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.entries import PlacedEntry, runs_forward
from core.models.history import History


class Department(PlacedEntry):
    """A department under one name; a new name is a new entry that ``succeeds`` it.

    The accounts of its staff carry its name in full: that is what they are known by.
    """

    CODE_PREFIX = "DP"

    name = models.CharField(_("名称"), max_length=60, help_text=_("全称；与人员账号的“部门”一致"))
    valid_from = models.DateField(_("起始日期"), null=True, blank=True)
    valid_to = models.DateField(_("终止日期"), null=True, blank=True)
    succeeds = models.ForeignKey(
        "core.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("原部门"),
    )
    history = History()

    class Meta(PlacedEntry.Meta):
        verbose_name = _("部门")
        constraints = [
            runs_forward("department_runs_forward", "valid_from", "valid_to"),
            models.UniqueConstraint(
                name="one_department_a_name",
                fields=["name"],
                condition=Q(voided_at=None),
                violation_error_message=_("已有同名部门。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
