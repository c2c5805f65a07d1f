"""Stretches of days in which an enterprise stood alike, derived from its events."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SpanState(models.TextChoices):
    """How an enterprise stands in its batch."""

    ACTIVE = "active", _("正常推进")
    SUSPENDED = "suspended", _("暂停（搁置）")
    REVIEW_SUSPENDED = "review_suspended", _("中止审查")
    REVIEW_TERMINATED = "review_terminated", _("终止审查")
    WITHDRAWN = "withdrawn", _("撤回申报")
    REJECTED = "rejected", _("未通过（否决）")
    DEFERRED = "deferred", _("暂缓表决")


class Leaving(models.TextChoices):
    """How a stay in a batch ended."""

    STAYS = "", _("在库")
    MOVED = "moved", _("转入其他批次")
    DROPPED = "dropped", _("退库")
    ACQUIRED = "acquired", _("被并购（借壳）")


class SpanQuerySet(models.QuerySet):
    def known(self, known_at: Any = None) -> "SpanQuerySet":
        """Stretches as known now, or as they were known at a moment."""
        if known_at is None:
            return self.filter(known_to=None)
        return self.filter(known_from__lte=known_at).filter(
            Q(known_to=None) | Q(known_to__gt=known_at)
        )

    def on(self, day: Any, known_at: Any = None) -> "SpanQuerySet":
        """Where each enterprise stood at the end of ``day``."""
        return (
            self.known(known_at)
            .filter(starts_on__lte=day)
            .filter(Q(ends_on=None) | Q(ends_on__gt=day))
        )


class StageSpan(models.Model):
    """A stretch of days in which an enterprise stood alike: batch, state, place, board.

    Derived from events and changes, written anew for the touched enterprise in their
    transaction (``listings.operations.spans``); what was known before is kept with the time
    until which it was known, so that every figure can be read as of any day and any moment.
    ``ends_on`` is the first day on which it no longer held. A stay in a batch is one stretch
    or several; ``entered_on`` to ``went_to`` are those of the stay, ``first`` and ``last``
    mark where it begins and ends; ``days`` is how long a stay that ended took.
    """

    enterprise = models.ForeignKey(
        "listings.Enterprise", models.PROTECT, related_name="spans", verbose_name=_("企业")
    )
    stage = models.ForeignKey(
        "listings.Stage", models.PROTECT, related_name="+", verbose_name=_("批次")
    )
    own_stage = models.ForeignKey(
        "listings.Stage", models.PROTECT, related_name="+", verbose_name=_("地市批次")
    )
    state = models.CharField(_("状态"), max_length=18, choices=SpanState)
    prefecture = models.ForeignKey("core.Prefecture", models.PROTECT, related_name="+")
    county = models.ForeignKey("core.County", models.PROTECT, null=True, related_name="+")
    industry = models.CharField(_("行业门类"), max_length=1, blank=True)
    board = models.CharField(_("拟上市板块"), max_length=10, blank=True)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True)
    entered_on = models.DateField(_("进入日期"))
    left_on = models.DateField(_("转出日期"), null=True)
    came_from = models.ForeignKey("listings.Stage", models.PROTECT, null=True, related_name="+")
    went_to = models.ForeignKey("listings.Stage", models.PROTECT, null=True, related_name="+")
    days = models.PositiveIntegerField(_("在批天数"), null=True)
    leaving = models.CharField(_("转出方式"), max_length=8, choices=Leaving, blank=True)
    first = models.BooleanField(default=False)
    last = models.BooleanField(default=False)
    known_from = models.DateTimeField(_("登记时间"))
    known_to = models.DateTimeField(_("更正时间"), null=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["enterprise", "starts_on", "pk"]
        verbose_name = _("批次时段")
        indexes = [
            models.Index(fields=["enterprise", "known_to", "starts_on"], name="span_of_enterprise"),
            models.Index(
                name="span_stock",
                fields=["known_to", "ends_on", "starts_on", "stage", "state", "prefecture",
                        "industry", "board"],
            ),
            models.Index(
                name="span_entries",
                fields=["known_to", "entered_on", "stage", "came_from", "went_to", "left_on",
                        "leaving", "prefecture", "industry", "board"],
                condition=Q(first=True),
            ),
            models.Index(
                name="span_exits",
                fields=["known_to", "left_on", "stage", "went_to", "leaving", "days",
                        "prefecture", "industry", "board"],
                condition=Q(last=True),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                name="span_runs_forward",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.starts_on}"
