"""Delegations 下放审批权限: what the province lets a prefecture decide, and until when."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import ChoiceListField, MoneyField
from core.models.entries import EntryQuerySet, PlacedEntry, runs_forward
from core.models.history import History


class Matter(models.TextChoices):
    """What may be decided about a microloan company (domain facts 3.3)."""

    ESTABLISHMENT = "establishment", pgettext_lazy("matter", "设立")
    CAPITAL = "capital", pgettext_lazy("matter", "增资")
    SHARES = "shares", pgettext_lazy("matter", "股权变更")
    MANAGERS = "managers", pgettext_lazy("matter", "高管")
    RELOCATION = "relocation", pgettext_lazy("matter", "迁址")
    SCOPE = "scope", pgettext_lazy("matter", "业务范围")
    BRANCH = "branch", pgettext_lazy("matter", "分支机构")


class DelegationQuerySet(EntryQuerySet):
    def in_force(self, day: datetime.date) -> "DelegationQuerySet":
        """Delegations whose validity includes ``day``."""
        open_end = models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        return self.standing().filter(open_end, valid_from__lte=day)


class Delegation(PlacedEntry):
    """A prefecture's power to decide some matters in the province's place.

    ``matters`` lists codes of ``Matter``. ``capital_ceiling`` (万元) bounds the capital of
    what may be decided; None is no bound. ``filing_days`` are working days after a decision.
    """

    CODE_PREFIX = "DL"

    matters = ChoiceListField(_("下放事项"), options=Matter)
    grantor = models.CharField(_("下放机关"), max_length=60, default="广东省金融办")
    document_number = models.CharField(_("下放文号"), max_length=60)
    valid_from = models.DateField(_("生效"))
    valid_to = models.DateField(_("失效"), null=True, blank=True)
    capital_ceiling = MoneyField(_("注册资本上限（万元）"), null=True, blank=True)
    needs_filing = models.BooleanField(_("须报省备案"), default=True)
    filing_days = models.PositiveSmallIntegerField(_("备案时限（工作日）"), default=10)
    conditions = models.TextField(_("条件"), blank=True)
    history = History()

    objects = DelegationQuerySet.as_manager()

    class Meta(PlacedEntry.Meta):
        ordering = ["prefecture__display_order", "valid_from"]
        verbose_name = _("下放权限")
        constraints = [
            runs_forward("delegation_runs_forward", "valid_from", "valid_to"),
            models.CheckConstraint(
                name="delegation_has_a_prefecture",
                condition=models.Q(prefecture__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefecture} {self.document_number}"
