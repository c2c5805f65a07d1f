"""Regulatory goals for SME loans, as dated data (domain facts 4.5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.base import Record, RecordQuerySet
from core.models.history import History
from core.models.rules import Certainty


class LoanGoal(Record):
    """One goal wording with the time it held.

    ``tests`` is a list of ``{metric, comparator, benchmark, baseline, title, title_en}``;
    the words are explained in ``finance.rules.goals``.
    """

    code = models.CharField(_("编码"), max_length=40)
    title = models.CharField(_("名称"), max_length=60)
    title_en = models.CharField(_("英文名称"), max_length=100)
    valid_from = models.DateField(_("生效"))
    valid_to = models.DateField(_("失效"), null=True, blank=True)
    sizes = models.CharField(_("统计口径（规模代码）"), max_length=6)
    tests = models.JSONField(_("考核项"))
    source = models.CharField(_("依据文件"), max_length=150)
    certainty = models.CharField(_("可靠程度"), max_length=1, choices=Certainty)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    history = History()

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "code"]
        verbose_name = _("信贷目标")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_goal_a_day"),
            models.CheckConstraint(
                name="goal_runs_forward",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
