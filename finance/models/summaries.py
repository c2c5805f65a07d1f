"""Summaries: what reports read, so that their cost does not grow with the history.

Brought up to date by differences in the transaction that accepts a return;
``rebuild_summaries --verify`` proves them equal to the lines.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from finance.models.measures import LoanMeasures, TotalMeasures


class LoanSummary(LoanMeasures):
    """Accepted lines by period × prefecture × size × industry × institution kind."""

    period = models.ForeignKey("core.Period", models.PROTECT, related_name="+", db_index=False)
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(_("机构类别"), max_length=20)
    size = models.CharField(_("企业规模"), max_length=1)
    industry = models.CharField(_("行业门类"), max_length=1)
    lines = models.IntegerField(_("行数"), default=0)

    class Meta:
        verbose_name = _("贷款汇总")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "prefecture", "kind", "size", "industry"],
                name="one_loan_summary",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.prefecture_id}/{self.kind}/{self.size}/{self.industry}"


class LoanSizeSummary(LoanMeasures):
    """Accepted lines by period × prefecture × institution kind × size, all industries together.

    A twentieth of ``LoanSummary``: two years of months of it are read in a blink.
    """

    period = models.ForeignKey("core.Period", models.PROTECT, related_name="+", db_index=False)
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(_("机构类别"), max_length=20)
    size = models.CharField(_("企业规模"), max_length=1)
    lines = models.IntegerField(_("行数"), default=0)

    class Meta:
        verbose_name = _("贷款规模汇总")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "prefecture", "kind", "size"], name="one_loan_size_summary"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.prefecture_id}/{self.kind}/{self.size}"


class LoanInstitutionSummary(LoanMeasures):
    """Accepted lines by period × institution × prefecture × size: who stands behind a figure."""

    period = models.ForeignKey("core.Period", models.PROTECT, related_name="+", db_index=False)
    institution = models.ForeignKey("core.Institution", models.PROTECT, related_name="+")
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="+", db_index=False
    )
    size = models.CharField(_("企业规模"), max_length=1)
    lines = models.IntegerField(_("行数"), default=0)

    class Meta:
        verbose_name = _("机构贷款汇总")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "institution", "prefecture", "size"],
                name="one_institution_loan_summary",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.institution_id}/{self.prefecture_id}/{self.size}"


class LoanTotalSummary(TotalMeasures):
    """Accepted totals by period × prefecture × institution kind."""

    period = models.ForeignKey("core.Period", models.PROTECT, related_name="+", db_index=False)
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(_("机构类别"), max_length=20)
    lines = models.IntegerField(_("行数"), default=0)

    class Meta:
        verbose_name = _("各项贷款汇总")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "prefecture", "kind"], name="one_loan_total_summary"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period_id}/{self.prefecture_id}/{self.kind}"
