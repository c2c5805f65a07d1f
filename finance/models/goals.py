"""Regulatory goals for SME loans, as dated data (domain facts 4.5)."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core.models.base import Record, RecordQuerySet
from core.models.rules import Certainty


class LoanGoal(Record):
    """One goal wording with the time it held.

    ``tests`` is a list of ``{metric, comparator, benchmark, baseline, title, title_en}``;
    the words are explained in ``finance.rules.goals``.
    """

    code = models.CharField("编码", max_length=40)
    title = models.CharField("名称", max_length=60)
    title_en = models.CharField("英文名称", max_length=100)
    valid_from = models.DateField("生效")
    valid_to = models.DateField("失效", null=True, blank=True)
    sizes = models.CharField("统计口径（规模代码）", max_length=6)
    tests = models.JSONField("考核项")
    source = models.CharField("依据文件", max_length=150)
    certainty = models.CharField("可靠程度", max_length=1, choices=Certainty)
    note = models.CharField("说明", max_length=300, blank=True)
    history = HistoricalRecords()

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "code"]
        verbose_name = "信贷目标"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_goal_a_day"),
            models.CheckConstraint(
                name="goal_runs_forward",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
