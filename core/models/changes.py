"""The feed of changes: what was committed, in the order in which it was."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One committed change of a record, written in the very transaction that made it.

    Positions have no gaps, and none is seen before those below it. ``at`` is when the change
    was made as its record says, ``written_at`` when it was written here. ``prefecture`` is where
    the record was after it. The table refers to nothing by constraint: writing it locks the
    head and no other row.
    """

    position = models.PositiveBigIntegerField(_("位置"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    written_at = models.DateTimeField(_("写入时间"))
    action = models.CharField(_("动作"), max_length=60)
    resource = models.CharField(_("记录种类"), max_length=60)
    key = models.CharField(_("编号"), max_length=80)
    version = models.PositiveIntegerField(_("版本"), null=True, blank=True)
    fields = models.CharField(_("变动字段"), max_length=500, blank=True)
    prefecture = models.ForeignKey(
        "core.Prefecture",
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        verbose_name=_("地市"),
    )

    class Meta:
        ordering = ["position"]
        verbose_name = _("变更")
        indexes = [
            models.Index(fields=["resource", "position"]),
            models.Index(fields=["prefecture", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.action}"


class ChangeHead(models.Model):
    """The end of the feed: one row, locked from taking positions to the end of a transaction.

    ``feed`` names the feed: places in another one mean nothing here. Changes up to ``pruned``
    are gone.
    """

    feed = models.CharField(max_length=16)
    position = models.PositiveBigIntegerField(default=0)
    pruned = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("变更末位")

    def __str__(self) -> str:
        return f"{self.feed}:{self.position}"
