"""Pilots of micro-loan guarantee insurance 小额贷款保证保险 and their figures (plan F07)."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.entries import Entry, EntryQuerySet, PlacedEntry, is_share, runs_forward
from core.models.history import History
from guarantees.models.loss_sharing import LossShareScheme


class PilotQuerySet(EntryQuerySet):
    def running_on(self, day: datetime.date) -> "PilotQuerySet":
        """Pilots that had begun by ``day`` and had not ended before it."""
        open_end = Q(ended_on=None) | Q(ended_on__gte=day)
        return self.standing().filter(open_end, started_on__lte=day)


class InsurancePilot(PlacedEntry):
    """A pilot: an insurer covers small loans of banks, a fiscal fund what exceeds it.

    What was not found for Guangdong in 2012 is a field of the pilot, never a rule: caps, term,
    rates and when it stops (domain facts 9). Rates are percent; a loss ratio may pass 100.
    """

    CODE_PREFIX = "IP"

    name = models.CharField(_("试点名称"), max_length=100)
    document_number = models.CharField(_("批准文号"), max_length=60, blank=True)
    started_on = models.DateField(_("启动日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    eligible_borrowers = models.TextField(_("借款人条件"), blank=True)
    borrower_cap = MoneyField(_("单户贷款上限（万元）"), null=True, blank=True)
    max_term_months = models.PositiveSmallIntegerField(_("最长期限（月）"), null=True, blank=True)
    interest_cap = ScaledField(_("贷款年利率上限（%）"), null=True, blank=True, scale=2)
    premium_rate = ScaledField(_("年保险费率（%）"), null=True, blank=True, scale=2)
    scheme = models.ForeignKey(
        LossShareScheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pilots",
        verbose_name=_("损失分担方案"),
    )
    fund_size = MoneyField(_("财政专项资金（万元）"), null=True, blank=True)
    stop_overdue_rate = ScaledField(
        _("停办线：逾期率（%）"), null=True, blank=True, scale=2, help_text=_("达到即停办；可不填")
    )
    stop_loss_ratio = ScaledField(
        _("停办线：简单赔付率（%）"),
        null=True,
        blank=True,
        scale=2,
        help_text=_("赔付÷保费，可大于 100；达到即停办"),
    )
    history = History()

    objects = PilotQuerySet.as_manager()

    class Meta(PlacedEntry.Meta):
        ordering = ["prefecture__display_order", "started_on"]
        verbose_name = _("小额贷款保证保险试点")
        constraints = [
            runs_forward("insurance_pilot_runs_forward", "started_on", "ended_on"),
            is_share(
                "insurance_pilot_rates_are_shares",
                "interest_cap",
                "premium_rate",
                "stop_overdue_rate",
            ),
            models.CheckConstraint(
                name="insurance_pilot_amounts_not_negative",
                condition=(Q(borrower_cap=None) | Q(borrower_cap__gt=0))
                & (Q(fund_size=None) | Q(fund_size__gte=0))
                & (Q(stop_loss_ratio=None) | Q(stop_loss_ratio__gt=0)),
                violation_error_message=_("金额和停办线不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PilotRole(models.TextChoices):
    INSURER = "insurer", _("保险公司")
    BANK = "bank", _("银行")


class PilotParticipant(models.Model):
    """An insurer or a bank of a pilot: a registered institution, or its name alone."""

    parent = models.ForeignKey(
        InsurancePilot, models.CASCADE, related_name="participants", verbose_name=_("试点")
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=1, editable=False)
    role = models.CharField(_("角色"), max_length=8, choices=PilotRole)
    institution = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("机构（已登记）"),
    )
    name = models.CharField(_("名称"), max_length=100, blank=True)
    joined_on = models.DateField(_("加入日期"), null=True, blank=True)
    history = History()

    class Meta:
        ordering = ["parent", "order", "pk"]
        verbose_name = _("试点参与方")
        constraints = [
            models.CheckConstraint(
                name="pilot_participant_is_somebody",
                condition=Q(institution__isnull=False) | ~Q(name=""),
                violation_error_message=_("请选择已登记的机构，或填写名称。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.institution) if self.institution_id else self.name


class PilotFigure(Entry):
    """A pilot's figures of a period, 万元.

    The period begins where the one before ended. Policies, premium, insured loans, claims,
    payments, recoveries and fiscal compensation are of the period; borrowers, balance and
    overdue stand at its end.
    """

    CODE_PREFIX = "PF"
    PREFECTURE_PATH = "pilot__prefecture_id"
    FLOWS: ClassVar[tuple[str, ...]] = (
        "policies",
        "premium",
        "insured_loans",
        "claims",
        "paid",
        "recovered",
        "fiscal_compensation",
    )
    STOCKS: ClassVar[tuple[str, ...]] = ("borrowers", "balance", "overdue")

    pilot = models.ForeignKey(
        InsurancePilot, models.PROTECT, related_name="figures", verbose_name=_("试点")
    )
    period_end = models.DateField(_("期末日期"))
    policies = models.PositiveIntegerField(_("本期保单（份）"))
    premium = MoneyField(_("本期保费（万元）"))
    insured_loans = MoneyField(_("本期承保贷款（万元）"))
    borrowers = models.PositiveIntegerField(_("期末借款户数（户）"))
    balance = MoneyField(_("期末贷款余额（万元）"))
    overdue = MoneyField(_("期末逾期贷款（万元）"))
    claims = models.PositiveIntegerField(_("本期报案（件）"), default=0)
    paid = MoneyField(_("本期赔付（万元）"), default=0)
    recovered = MoneyField(_("本期追偿收回（万元）"), default=0)
    fiscal_compensation = MoneyField(_("本期财政补偿（万元）"), default=0)
    history = History()

    class Meta(Entry.Meta):
        ordering = ["pilot__code", "period_end"]
        verbose_name = _("保证保险试点统计")
        constraints = [
            models.UniqueConstraint(
                name="pilot_figure_once",
                fields=["pilot", "period_end"],
                condition=Q(voided_at=None),
                violation_error_message=_("该试点这一期已经填过。"),
            ),
            models.CheckConstraint(
                name="pilot_figure_overdue_is_of_the_balance",
                condition=Q(overdue__lte=F("balance")),
                violation_error_message=_("逾期贷款不能大于贷款余额。"),
            ),
            models.CheckConstraint(
                name="pilot_figure_amounts_not_negative",
                condition=Q(premium__gte=0, insured_loans__gte=0, balance__gte=0, overdue__gte=0)
                & Q(paid__gte=0, recovered__gte=0, fiscal_compensation__gte=0),
                violation_error_message=_("金额不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot} {self.period_end}"

    @property
    def prefecture_id(self) -> int | None:
        """Where the pilot is, for permissions."""
        return self.pilot.prefecture_id
