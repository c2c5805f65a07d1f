"""Fiscal support 财政扶持 and tax relief 税收优惠: programmes, applications, payments (F15)."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.decisions import Decision, GovernmentLevel
from core.models.entries import Entry, EntryQuerySet, InstitutionEntry, PlacedEntry, runs_forward
from core.models.history import History
from guarantees.models.ratings import KINDS


class SupportKind(models.TextChoices):
    SUBSIDY = "subsidy", _("财政补助")
    TAX_RELIEF = "tax_relief", _("税收优惠")


class EligibilityTest(models.TextChoices):
    NONE = "none", _("不作测算")
    SUBSIDY_2012 = "subsidy_2012", _("财企〔2012〕97号")


class ProgrammeQuerySet(EntryQuerySet):
    def in_force(self, day: datetime.date) -> "ProgrammeQuerySet":
        """Programmes whose validity includes ``day``."""
        open_end = Q(valid_to=None) | Q(valid_to__gte=day)
        return self.standing().filter(open_end, valid_from__lte=day)


class SupportProgramme(PlacedEntry):
    """A programme of support. ``budget`` (万元) bounds what is granted; None is no bound."""

    CODE_PREFIX = "PG"

    name = models.CharField(_("名称"), max_length=100)
    level = models.CharField(
        _("政府层级"), max_length=10, choices=GovernmentLevel, default=GovernmentLevel.PROVINCE
    )
    kind = models.CharField(
        _("方式"), max_length=10, choices=SupportKind, default=SupportKind.SUBSIDY
    )
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    valid_from = models.DateField(_("生效"))
    valid_to = models.DateField(_("失效"), null=True, blank=True)
    budget = MoneyField(_("预算（万元）"), null=True, blank=True)
    test = models.CharField(
        _("资格测算"), max_length=12, choices=EligibilityTest, default=EligibilityTest.NONE
    )
    history = History()

    objects = ProgrammeQuerySet.as_manager()

    class Meta(PlacedEntry.Meta):
        ordering = ["-valid_from", "code"]
        verbose_name = _("扶持政策")
        constraints = [
            runs_forward("support_programme_runs_forward", "valid_from", "valid_to"),
            models.CheckConstraint(
                name="support_budget_not_negative",
                condition=Q(budget=None) | Q(budget__gte=0),
                violation_error_message=_("预算不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SupportApplication(InstitutionEntry):
    """An agency's application for a year, with the figures that the test needs (万元, %).

    A figure that was not given leaves its criterion unjudged; none is ever guessed.
    """

    CODE_PREFIX = "SA"
    INSTITUTION_KINDS = KINDS

    programme = models.ForeignKey(
        SupportProgramme, models.PROTECT, related_name="applications", verbose_name=_("扶持政策")
    )
    year = models.PositiveSmallIntegerField(_("业务年度"))
    applied_on = models.DateField(_("申请日期"))
    requested = MoneyField(_("申请金额（万元）"), null=True, blank=True)
    licensed_on = models.DateField(_("首次取得许可日期"), null=True, blank=True)
    new_business = MoneyField(_("当年新增担保额（万元）"), null=True, blank=True)
    new_sme_business = MoneyField(_("其中：中小企业新增担保额（万元）"), null=True, blank=True)
    opening_net_assets = MoneyField(_("年初净资产（万元）"), null=True, blank=True)
    closing_net_assets = MoneyField(_("年末净资产（万元）"), null=True, blank=True)
    compensated = MoneyField(_("当年代偿额（万元）"), null=True, blank=True)
    released = MoneyField(_("当年解除担保额（万元）"), null=True, blank=True)
    premium_rate = ScaledField(_("平均年担保费率（%）"), null=True, blank=True, scale=2)
    decision = models.CharField(
        _("审批结果"), max_length=10, choices=Decision, default=Decision.PENDING
    )
    decided_on = models.DateField(_("审批日期"), null=True, blank=True)
    granted = MoneyField(_("批准金额（万元）"), null=True, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["-applied_on", "code"]
        verbose_name = _("扶持申请")
        constraints = [
            runs_forward("support_decided_after_application", "applied_on", "decided_on"),
            models.UniqueConstraint(
                name="support_application_once",
                fields=["institution", "programme", "year"],
                condition=Q(voided_at=None),
                violation_error_message=_("该机构这一年度已经申请过这项政策。"),
            ),
            models.CheckConstraint(
                name="support_decision_is_whole",
                condition=Q(decision=Decision.PENDING, decided_on=None, granted=None)
                | Q(decision=Decision.APPROVED, decided_on__isnull=False, granted__gt=0)
                | Q(
                    decision__in=[Decision.REFUSED, Decision.WITHDRAWN],
                    decided_on__isnull=False,
                    granted=None,
                ),
                violation_error_message=_(
                    "批准的须填审批日期和大于 0 的金额；不批准或撤回的只填日期；待审的都不填。"
                ),
            ),
            models.CheckConstraint(
                name="support_sme_business_is_of_the_business",
                condition=Q(new_business=None)
                | Q(new_sme_business=None)
                | Q(new_sme_business__lte=F("new_business")),
                violation_error_message=_("中小企业新增担保额不能大于新增担保额。"),
            ),
            models.CheckConstraint(
                name="support_amounts_not_negative",
                condition=(Q(requested=None) | Q(requested__gte=0))
                & (Q(new_business=None) | Q(new_business__gte=0))
                & (Q(new_sme_business=None) | Q(new_sme_business__gte=0))
                & (Q(compensated=None) | Q(compensated__gte=0))
                & (Q(released=None) | Q(released__gte=0))
                & (Q(premium_rate=None) | Q(premium_rate__gte=0)),
                violation_error_message=_("金额不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.year} {self.programme}"


class SupportPayment(Entry):
    """What was paid, or relieved, on an approved application; never more than was granted."""

    CODE_PREFIX = "SY"
    PREFECTURE_PATH = "application__institution__prefecture_id"
    INSTITUTION_PATH = "application__institution_id"

    application = models.ForeignKey(
        SupportApplication, models.PROTECT, related_name="payments", verbose_name=_("扶持申请")
    )
    paid_on = models.DateField(_("拨付日期"))
    amount = MoneyField(_("金额（万元）"))
    document_number = models.CharField(_("拨付文号"), max_length=60, blank=True)
    history = History()

    class Meta(Entry.Meta):
        ordering = ["-paid_on", "code"]
        verbose_name = _("扶持资金拨付")
        constraints = [
            models.CheckConstraint(
                name="support_payment_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("金额应大于 0。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.paid_on}"

    @property
    def institution_id(self) -> int:
        """Whose application it was, for permissions."""
        return self.application.institution_id

    @property
    def prefecture_id(self) -> int:
        """Where that agency is, for permissions."""
        return self.application.institution.prefecture_id
