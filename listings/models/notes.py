"""Collective notes 中小企业集合票据 and their kin: issuers, role holders, schedule, events (F11).

Other products of several issuers are kept by the same register and told apart by their kind;
only collective notes are judged by the notes' rules and counted by the plan.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import MoneyField, ScaledField
from core.models.entries import Entry, PlacedEntry, is_share
from core.models.history import History
from listings.models.enterprises import Enterprise


class NoteKind(models.TextChoices):
    NOTE = "collective_note", _("集合票据")
    BOND = "collective_bond", _("集合债券")
    TRUST = "collective_trust", _("集合信托")
    PRIVATE = "private_bond", _("私募债券")
    PAPER = "commercial_paper", _("短期融资券")
    MEDIUM_TERM = "medium_term_note", _("中期票据")
    OTHER = "other", _("其他债务融资工具")


class Coupons(models.IntegerChoices):
    AT_MATURITY = 0, _("到期一次付息")
    YEARLY = 1, _("每年付息")
    HALF_YEARLY = 2, _("每半年付息")
    QUARTERLY = 4, _("每季付息")


class CollectiveNote(PlacedEntry):
    """A tranche 期: one registration, one issue. Its state on a day follows from its events."""

    CODE_PREFIX = "NT"

    kind = models.CharField(_("品种"), max_length=20, choices=NoteKind, default=NoteKind.NOTE)
    regional = models.BooleanField(
        _("区域集优"), default=False, help_text=_("由地方风险缓释基金和增信机构支持的集合票据")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("期次"), default=1)
    name = models.CharField(
        _("名称"), max_length=100, blank=True, help_text=_("不填则按地区、年度和期次建议")
    )
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    amount = MoneyField(_("金额（万元）"), help_text=_("各发行人金额合计应与此相等"))
    months = models.PositiveSmallIntegerField(_("期限（月）"), null=True, blank=True)
    rate = ScaledField(_("票面年利率（%）"), null=True, blank=True, scale=4)
    frequency = models.PositiveSmallIntegerField(
        _("付息方式"), choices=Coupons, default=Coupons.YEARLY
    )
    use_of_proceeds = models.TextField(_("募集资金用途"), blank=True)
    history = History()

    class Meta(PlacedEntry.Meta):
        ordering = ["-year", "number", "code"]
        verbose_name = _("集合票据")
        constraints = [
            models.CheckConstraint(
                name="note_terms_are_sound",
                condition=Q(amount__gt=0)
                & (Q(months=None) | Q(months__gt=0))
                & Q(number__gt=0)
                & Q(year__gte=1990),
                violation_error_message=_("金额、期限和期次应大于 0，年度不早于 1990。"),
            ),
            is_share("note_rate_is_a_share", "rate"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class NoteIssuer(models.Model):
    """An issuer 发行人, liable for its own part alone: an enterprise of the library, or its name.

    ``existing_debt`` is the debt financing that already stands; empty takes what this register
    knows. Amounts are 万元.
    """

    parent = models.ForeignKey(
        CollectiveNote, models.CASCADE, related_name="issuers", verbose_name=_("集合票据")
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=1, editable=False)
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issued_notes",
        verbose_name=_("企业"),
    )
    name = models.CharField(_("企业名称（未入库）"), max_length=100, blank=True)
    amount = MoneyField(_("发行金额（万元）"))
    existing_debt = MoneyField(_("已有债务融资余额（万元）"), null=True, blank=True)
    net_assets = MoneyField(_("净资产（万元）"), null=True, blank=True)
    rating = models.CharField(_("主体评级"), max_length=10, blank=True)
    history = History()

    class Meta:
        ordering = ["parent", "order", "pk"]
        verbose_name = _("发行人")
        constraints = [
            models.CheckConstraint(
                name="note_issuer_is_somebody",
                condition=(Q(enterprise__isnull=False) & Q(name=""))
                | (Q(enterprise=None) & ~Q(name="")),
                violation_error_message=_("请选择企业库中的企业；未入库的填写名称，两者填一。"),
            ),
            models.CheckConstraint(
                name="note_issuer_amounts_are_sound",
                condition=Q(amount__gt=0) & (Q(existing_debt=None) | Q(existing_debt__gte=0)),
                violation_error_message=_("发行金额应大于 0，已有余额不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.enterprise) if self.enterprise_id else self.name

    @property
    def key(self) -> str:
        """How events name the issuer: its code, or its name outside the library."""
        return self.enterprise.code if self.enterprise_id else self.name


class NoteRole(models.TextChoices):
    LEAD_UNDERWRITER = "lead_underwriter", _("主承销商")
    JOINT_UNDERWRITER = "joint_underwriter", _("联席主承销商")
    ENHANCER = "enhancer", _("信用增进机构")
    RE_GUARANTOR = "re_guarantor", _("再担保机构")
    MITIGATION_FUND = "mitigation_fund", _("风险缓释基金")
    RATER = "rater", _("评级机构")
    LAWYER = "lawyer", _("律师事务所")
    ACCOUNTANT = "accountant", _("会计师事务所")
    CUSTODIAN = "custodian", _("登记托管机构")
    FUND_SUPERVISOR = "fund_supervisor", _("资金监管银行")
    ORGANISER = "organiser", _("组织单位")
    TRUSTEE = "trustee", _("受托管理人")


class NoteRoleHolder(models.Model):
    """Who does what for a note: a registered institution, or its name alone."""

    parent = models.ForeignKey(
        CollectiveNote, models.CASCADE, related_name="role_holders", verbose_name=_("集合票据")
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=1, editable=False)
    role = models.CharField(_("角色"), max_length=20, choices=NoteRole)
    institution = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="note_roles",
        verbose_name=_("机构（已登记）"),
    )
    name = models.CharField(_("名称"), max_length=100, blank=True)
    amount = MoneyField(_("增信金额（万元）"), null=True, blank=True)
    counter_guarantee = models.CharField(_("反担保措施"), max_length=200, blank=True)
    history = History()

    class Meta:
        ordering = ["parent", "order", "pk"]
        verbose_name = _("参与机构")
        constraints = [
            models.CheckConstraint(
                name="note_role_holder_is_somebody",
                condition=Q(institution__isnull=False) | ~Q(name=""),
                violation_error_message=_("请选择已登记的机构，或填写名称。"),
            ),
            models.CheckConstraint(
                name="note_role_amount_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("金额不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.institution) if self.institution_id else self.name


class NoteInstalment(models.Model):
    """A payment as the prospectus has it; without any the schedule follows from the terms."""

    parent = models.ForeignKey(
        CollectiveNote, models.CASCADE, related_name="instalments", verbose_name=_("集合票据")
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=1, editable=False)
    due_on = models.DateField(_("应付日期"))
    interest = MoneyField(_("利息（万元）"), default=0)
    principal = MoneyField(_("本金（万元）"), default=0)
    history = History()

    class Meta:
        ordering = ["parent", "due_on", "pk"]
        verbose_name = _("偿付安排")
        constraints = [
            models.CheckConstraint(
                name="note_instalment_amounts_not_negative",
                condition=Q(interest__gte=0, principal__gte=0),
                violation_error_message=_("金额不能为负。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.interest} + {self.principal}"


class NoteEventKind(models.TextChoices):
    SELECTED = "selected", _("遴选入围")
    ENGAGED = "engaged", _("承销及增信签约")
    RATED = "rated", _("评级完成")
    FILED = "filed", _("报送注册")
    REGISTERED = "registered", _("接受注册")
    ISSUED = "issued", _("发行（起息）")
    COUPON = "coupon", _("付息")
    PRINCIPAL = "principal", _("分期还本")
    REPAID = "repaid", _("兑付结清")
    DEFAULTED = "defaulted", _("违约")
    COMPENSATED = "compensated", _("代偿")
    CANCELLED = "cancelled", _("取消")


class NoteEvent(Entry):
    """What happened to a note on a day: recorded, never edited, voided if it was wrong.

    ``issuer`` names one issuer (its enterprise's code, or its name outside the library);
    empty means all. Interest and principal, 万元, are of payments.
    """

    CODE_PREFIX = "NV"
    PREFECTURE_PATH = "tranche__prefecture_id"

    tranche = models.ForeignKey(
        CollectiveNote, models.PROTECT, related_name="events", verbose_name=_("集合票据")
    )
    kind = models.CharField(pgettext_lazy("event", "事项"), max_length=12, choices=NoteEventKind)
    happened_on = models.DateField(_("日期"), help_text=_("发行填起息日"))
    registration_number = models.CharField(
        _("注册通知书文号"), max_length=60, blank=True, help_text=_("如 中市协注〔2012〕SMECN1号")
    )
    valid_until = models.DateField(_("注册有效期至"), null=True, blank=True)
    issuer = models.CharField(
        _("涉及的发行人"), max_length=100, blank=True, help_text=_("填企业编号；涉及全部的不填")
    )
    interest = MoneyField(_("利息（万元）"), default=0, blank=True)
    principal = MoneyField(_("本金（万元）"), default=0, blank=True)
    reason = models.CharField(_("原因或说明"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), editable=False, db_index=True)
    history = History()

    class Meta(Entry.Meta):
        ordering = ["tranche", "happened_on", "pk"]
        verbose_name = _("集合票据事项")
        indexes = [models.Index(fields=["tranche", "happened_on"])]
        constraints = [
            models.CheckConstraint(
                name="note_event_amounts_not_negative",
                condition=Q(interest__gte=0, principal__gte=0),
                violation_error_message=_("金额不能为负。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.tranche} {self.happened_on} {self.get_kind_display()}"

    @property
    def prefecture_id(self) -> int | None:
        """Where the note is, for permissions."""
        return self.tranche.prefecture_id
