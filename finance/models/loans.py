"""Loan figures as filed: lines and totals, each knowing its document and row.

Lines are never changed once stored: a new revision brings lines of its own. Which
document is in force is the return's business; what reports read are the summaries.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.figures import Figure
from finance.models.measures import LoanMeasures, TotalMeasures


class EnterpriseSize(models.TextChoices):
    LARGE = "L", _("大型企业")
    MEDIUM = "M", _("中型企业")
    SMALL = "S", _("小型企业")
    MICRO = "X", _("微型企业")
    SOLE_TRADER = "I", _("个体工商户")
    OWNER = "O", _("小微企业主")


INDUSTRIES = "ABCDEFGHIJKLMNOPQRST"


class LoanLine(Figure, LoanMeasures):
    """Prefecture × size × industry of one document."""

    size = models.CharField(_("企业规模"), max_length=1, choices=EnterpriseSize)
    industry = models.CharField(_("行业门类"), max_length=1)

    class Meta:
        verbose_name = _("贷款明细")
        indexes = [models.Index(fields=["period", "prefecture", "size", "industry"])]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "prefecture", "size", "industry"], name="one_line_a_key"
            ),
            models.CheckConstraint(
                name="loan_line_codes_are_known",
                condition=Q(size__in=EnterpriseSize.values) & Q(industry__in=list(INDUSTRIES)),
            ),
            models.CheckConstraint(
                name="loan_line_is_sound",
                condition=Q(balance__gte=0, npl__gte=0, npl__lte=F("balance"), borrowers__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.row}"


class LoanTotal(Figure, TotalMeasures):
    """All loans of one prefecture in one document."""

    class Meta:
        verbose_name = _("各项贷款")
        indexes = [models.Index(fields=["period", "prefecture"])]
        constraints = [
            models.UniqueConstraint(fields=["document", "prefecture"], name="one_total_a_key"),
            models.CheckConstraint(
                name="loan_total_is_sound",
                condition=Q(all_loans__gte=0, all_npl__gte=0, all_npl__lte=F("all_loans")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}:{self.row}"
