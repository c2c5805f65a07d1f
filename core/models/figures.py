"""Figures as filed: lines that know their document and row.

Lines are never changed once stored: a new revision brings lines of its own. Which document
is in force is the return's business; what reports read are the summaries.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.permissions import scope_filter


class FigureQuerySet(models.QuerySet):
    def visible_to(self, user: object) -> "FigureQuerySet":
        """Figures that ``user`` may see: by the prefecture of the figure, not of the bank."""
        return self.filter(scope_filter(user, "figure.view"))


class Figure(models.Model):
    """Where a figure comes from.

    Foreign keys to small tables carry no database trigger: storing checks them set-wise,
    because per-row triggers are two thirds of a load's cost.
    """

    document = models.ForeignKey(
        "core.SourceDocument", models.PROTECT, related_name="+", verbose_name=_("来源文件")
    )
    row = models.PositiveIntegerField(_("行号"))
    period = models.ForeignKey(
        "core.Period", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    institution = models.ForeignKey(
        "core.Institution", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        abstract = True


class ItemFigure(Figure):
    """A row of a form whose rows are items (项目), such as 各项贷款 or 信用."""

    item = models.CharField(_("项目"), max_length=30)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.document_id}:{self.row} {self.item}"


class ItemSummary(models.Model):
    """Accepted rows of items by period × prefecture × item."""

    period = models.ForeignKey("core.Period", models.PROTECT, related_name="+", db_index=False)
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="+", db_index=False
    )
    item = models.CharField(_("项目"), max_length=30)
    lines = models.IntegerField(_("行数"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period_id}/{self.prefecture_id}/{self.item}"


def one_item_a_document(name: str) -> models.UniqueConstraint:
    """An item stands once in a document."""
    return models.UniqueConstraint(fields=["document", "item"], name=name)


def one_item_a_place(name: str) -> models.UniqueConstraint:
    """An item is summed once a period and prefecture."""
    return models.UniqueConstraint(fields=["period", "prefecture", "item"], name=name)
