"""Dated rules: limits and parameters with their source and certainty."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import ScaledField
from core.models.base import Record, RecordQuerySet
from core.models.history import History


class Comparator(models.TextChoices):
    AT_LEAST = "ge", "≥"
    MORE_THAN = "gt", ">"
    AT_MOST = "le", "≤"
    LESS_THAN = "lt", "<"
    EQUAL = "eq", "="


class RuleScope(models.TextChoices):
    NATION = "nation", _("全国")
    PROVINCE = "province", _("广东省")
    SHENZHEN = "shenzhen", _("深圳市")


class Certainty(models.TextChoices):
    """How sure we are of a rule; what is configurable is never shown as law."""

    HIGH = "H", _("已核原文")
    MEDIUM = "M", _("待核条款")
    LOW = "L", _("本省参数（可配置）")


def in_force(day: datetime.date) -> Q:
    """The condition that a rule's validity includes ``day``."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


class RuleQuerySet(RecordQuerySet):
    def in_force(self, day: datetime.date) -> "RuleQuerySet":
        """Rules whose validity includes ``day``."""
        return self.filter(in_force(day))


class RuleParameter(Record):
    """One value of one rule in one scope for one stretch of time."""

    code = models.CharField(_("编码"), max_length=60, db_index=True)
    title = models.CharField(_("名称"), max_length=100)
    title_en = models.CharField(_("英文名称"), max_length=150)
    value = ScaledField(_("值"), scale=6)
    unit = models.CharField(_("单位"), max_length=20)
    comparator = models.CharField(_("比较"), max_length=2, choices=Comparator)
    scope = models.CharField(
        _("适用范围"), max_length=10, choices=RuleScope, default=RuleScope.PROVINCE
    )
    valid_from = models.DateField(_("生效"))
    valid_to = models.DateField(_("失效"), null=True, blank=True)
    source = models.CharField(_("依据文件"), max_length=150)
    article = models.CharField(_("条款"), max_length=60, blank=True)
    certainty = models.CharField(_("可靠程度"), max_length=1, choices=Certainty)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    history = History()

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["code", "scope", "valid_from"]
        verbose_name = _("规则参数")
        constraints = [
            models.UniqueConstraint(fields=["code", "scope", "valid_from"], name="one_rule_a_day"),
            models.CheckConstraint(
                name="rule_runs_forward",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value:f}{self.unit}"
