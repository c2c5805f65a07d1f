"""Loss-sharing schemes 代偿损失责任分担, agreements under them, and compensation cases."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.entries import InstitutionEntry, PlacedEntry, is_share, runs_forward
from core.models.history import History

KINDS = ("guarantee_agency", "reguarantee_company")


class Party(models.TextChoices):
    BANK = "bank", _("银行")
    GUARANTOR = "guarantor", _("担保机构")
    REGUARANTOR = "reguarantor", _("再担保机构")
    PROVINCIAL_FUND = "provincial_fund", _("省级基金")
    GOVERNMENT = "government", _("政府")
    INSURER = "insurer", _("保险公司")


class Base(models.TextChoices):
    PRINCIPAL = "principal", _("本金")
    PRINCIPAL_AND_INTEREST = "principal_interest", _("本金和利息")


class SharingOrder(models.TextChoices):
    PRO_RATA = "pro_rata", _("按比例")
    FIRST_LOSS = "first_loss", _("按顺序（首损）")


class LossShareScheme(PlacedEntry):
    """How losses are shared, from a day to a day. What was split by it never changes."""

    CODE_PREFIX = "LS"

    name = models.CharField(_("名称"), max_length=100)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    valid_from = models.DateField(_("生效"))
    valid_to = models.DateField(_("失效"), null=True, blank=True)
    base = models.CharField(
        _("分担基数"), max_length=20, choices=Base, default=Base.PRINCIPAL_AND_INTEREST
    )
    order = models.CharField(
        _("分担方式"), max_length=10, choices=SharingOrder, default=SharingOrder.PRO_RATA
    )
    case_cap = MoneyField(_("单案分担上限（万元）"), null=True, blank=True)
    fuse_rate = ScaledField(_("熔断代偿率（%）"), null=True, blank=True, scale=2)
    excess_party = models.CharField(
        _("超出部分承担方"), max_length=16, choices=Party, default=Party.GUARANTOR
    )
    history = History()

    class Meta(PlacedEntry.Meta):
        verbose_name = _("损失分担方案")
        constraints = [
            runs_forward("loss_scheme_runs_forward", "valid_from", "valid_to"),
            is_share("loss_scheme_fuse_is_a_share", "fuse_rate"),
        ]

    def __str__(self) -> str:
        return self.name


class SchemeParticipant(models.Model):
    """One who shares: percent of the loss or, in order, the layer up to its cap."""

    parent = models.ForeignKey(
        LossShareScheme, models.CASCADE, related_name="participants", verbose_name=_("方案")
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=1, editable=False)
    party = models.CharField(_("分担方"), max_length=16, choices=Party)
    institution = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("机构"),
    )
    name = models.CharField(_("名称"), max_length=100, blank=True)
    share = ScaledField(_("比例（%）"), scale=2, default=0)
    cap = MoneyField(_("单案上限（万元）"), null=True, blank=True)
    history = History()

    class Meta:
        ordering = ["parent", "order", "pk"]
        verbose_name = _("分担方")
        constraints = [is_share("participant_share_is_a_share", "share")]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.share}%"


class CooperationAgreement(InstitutionEntry):
    """An agreement between an agency and a bank, perhaps under a loss-sharing scheme."""

    CODE_PREFIX = "CA"
    INSTITUTION_KINDS = KINDS

    bank = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        related_name="guarantee_agreements",
        verbose_name=_("合作银行"),
    )
    scheme = models.ForeignKey(
        LossShareScheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("损失分担方案"),
    )
    signed_on = models.DateField(_("签订日期"))
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    credit_line = MoneyField(_("授信额度（万元）"), null=True, blank=True)
    multiple = ScaledField(_("放大倍数"), null=True, blank=True, scale=2)
    deposit_ratio = ScaledField(_("保证金比例（%）"), null=True, blank=True, scale=2)
    ended_on = models.DateField(_("提前终止日期"), null=True, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["institution__code", "-signed_on"]
        verbose_name = _("银担合作协议")
        constraints = [
            runs_forward("agreement_runs_forward", "signed_on", "valid_until"),
            is_share("agreement_deposit_is_a_share", "deposit_ratio"),
        ]

    def __str__(self) -> str:
        return f"{self.institution} — {self.bank}"


class CompensationCase(InstitutionEntry):
    """A guaranteed loan that was not repaid, from default to recovery and write-off.

    ``terms`` freezes the scheme at the first payment, so that a later change of it never
    touches what was split.
    """

    CODE_PREFIX = "CC"
    INSTITUTION_KINDS = KINDS

    bank = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        related_name="compensation_cases",
        verbose_name=_("债权银行"),
    )
    scheme = models.ForeignKey(
        LossShareScheme, models.PROTECT, related_name="cases", verbose_name=_("损失分担方案")
    )
    agreement = models.ForeignKey(
        CooperationAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("合作协议"),
    )
    borrower = models.CharField(_("被担保人"), max_length=100)
    borrower_credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    industry = models.CharField(_("行业门类"), max_length=1, blank=True)
    size = models.CharField(_("企业规模"), max_length=1, blank=True)
    contract_number = models.CharField(_("担保合同编号"), max_length=60, blank=True)
    loan_amount = MoneyField(_("贷款金额（万元）"))
    guaranteed_amount = MoneyField(_("担保金额（万元）"))
    defaulted_on = models.DateField(_("逾期日期"))
    fused = models.BooleanField(
        _("已触发熔断"), default=False, help_text=_("代偿率超过方案的熔断线后发生")
    )
    terms = models.JSONField(_("分担条款（冻结）"), default=dict, blank=True, editable=False)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["-defaulted_on", "code"]
        verbose_name = _("代偿案件")
        constraints = [
            models.CheckConstraint(
                name="case_amounts_are_sound",
                condition=Q(loan_amount__gt=0)
                & Q(guaranteed_amount__gt=0)
                & Q(guaranteed_amount__lte=F("loan_amount")),
                violation_error_message=_("担保金额应大于 0 且不超过贷款金额。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.borrower}"


class MovementKind(models.TextChoices):
    COMPENSATION = "compensation", _("代偿")
    RECOVERY = "recovery", _("追偿收回")
    WRITE_OFF = "write_off", _("核销")


class AssetKind(models.TextChoices):
    CASH = "cash", _("现金")
    OTHER = "other", _("其他资产")


class CaseMovement(InstitutionEntry):
    """A payment, a recovery or a write-off of a case; its lines follow from it."""

    CODE_PREFIX = "CM"
    INSTITUTION_KINDS = KINDS

    case = models.ForeignKey(
        CompensationCase, models.PROTECT, related_name="movements", verbose_name=_("案件")
    )
    kind = models.CharField(_("类型"), max_length=12, choices=MovementKind)
    happened_on = models.DateField(_("日期"))
    principal = MoneyField(_("本金（万元）"), default=0)
    interest = MoneyField(_("利息（万元）"), default=0)
    penalty_interest = MoneyField(_("罚息（万元）"), default=0)
    other = MoneyField(_("其他（万元）"), default=0)
    asset = models.CharField(_("收回形式"), max_length=5, choices=AssetKind, default=AssetKind.CASH)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["case", "happened_on", "pk"]
        verbose_name = _("案件收付")
        indexes = [models.Index(fields=["happened_on"])]
        constraints = [
            models.CheckConstraint(
                name="movement_amounts_are_sound",
                condition=Q(principal__gte=0, interest__gte=0)
                & Q(penalty_interest__gte=0, other__gte=0),
                violation_error_message=_("金额不能为负。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()}"

    @property
    def amount(self) -> object:
        """The movement's whole amount, 万元."""
        return self.principal + self.interest + self.penalty_interest + self.other


class CaseLine(models.Model):
    """What one participant bears, gets back or loses of one movement; lines sum exactly.

    Written anew with their case's movements, never by hand.
    """

    movement = models.ForeignKey(
        CaseMovement, models.CASCADE, related_name="lines", verbose_name=_("收付")
    )
    place = models.PositiveSmallIntegerField(_("顺序"))
    party = models.CharField(_("分担方"), max_length=16, choices=Party)
    name = models.CharField(_("名称"), max_length=100, blank=True)
    amount = MoneyField(_("金额（万元）"))

    class Meta:
        ordering = ["movement", "place"]
        verbose_name = _("分担明细")
        constraints = [
            models.UniqueConstraint(fields=["movement", "place"], name="one_case_line_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.amount}"
