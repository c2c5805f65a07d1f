"""Obligations: who must file what, by when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.permissions import scope_filter


class ObligationQuerySet(models.QuerySet):
    def visible_to(self, user: object) -> "ObligationQuerySet":
        return self.filter(
            scope_filter(user, "return.view", prefecture="institution__prefecture_id")
        )


class Obligation(models.Model):
    """One institution's duty to file one period. Timeliness follows from it."""

    institution = models.ForeignKey(
        "core.Institution", models.PROTECT, related_name="obligations", verbose_name=_("机构")
    )
    period = models.ForeignKey(
        "core.Period", models.PROTECT, related_name="obligations", verbose_name=_("报告期")
    )
    due_on = models.DateField(_("截止日期"))
    waived_at = models.DateTimeField(_("免报时间"), null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("免报人"),
    )
    waiver_reason = models.CharField(_("免报原因"), max_length=300, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "institution__code"]
        verbose_name = _("填报任务")
        constraints = [
            models.UniqueConstraint(fields=["institution", "period"], name="one_obligation")
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.period}"

    @property
    def prefecture_id(self) -> int:
        return self.institution.prefecture_id
