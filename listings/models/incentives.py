"""Incentives 改制上市扶持奖励政策: policies, reports of events, applications, payments (F10)."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import ChoiceListField, MoneyField, ScaledField
from core.models.decisions import Decision, GovernmentLevel
from core.models.entries import Entry, EntryQuerySet, PlacedEntry, is_share, runs_forward
from core.models.history import History


class Topic(models.TextChoices):
    """Events on the way to a listing that policies pay for or want to be told of."""

    INTERMEDIARIES = "intermediaries", _("聘请中介机构")
    RESTRUCTURED = "restructured", _("改制完成")
    TUTORING = "tutoring", _("辅导备案")
    ACCEPTED = "accepted", _("申报受理")
    PASSED = "passed", _("过会")
    ISSUED = "issued", _("发行")
    LISTED = "listed", _("境内上市")
    LISTED_OVERSEAS = "listed_overseas", _("境外上市")
    MOVED_IN = "moved_in", _("迁址")
    SHELL = "shell", _("买壳")


class Basis(models.TextChoices):
    FIXED = "fixed", _("固定金额")
    COSTS = "costs", _("费用的百分比")
    LOCAL_TAX = "local_tax", _("地方税收留成的百分比")


class PolicyQuerySet(EntryQuerySet):
    def in_force(self, day: datetime.date) -> "PolicyQuerySet":
        """Policies whose validity includes ``day``; from the day of its repeal one does not."""
        return self.standing().filter(
            Q(valid_to=None) | Q(valid_to__gte=day),
            Q(repealed_on=None) | Q(repealed_on__gt=day),
            valid_from__lte=day,
        )


class IncentivePolicy(PlacedEntry):
    """A policy of one government. Its tranches and yearly budgets are rows of their own."""

    CODE_PREFIX = "IY"

    name = models.CharField(_("名称"), max_length=120)
    level = models.CharField(
        _("政府层级"), max_length=10, choices=GovernmentLevel, default=GovernmentLevel.PREFECTURE
    )
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_by = models.CharField(_("发文机关"), max_length=60, blank=True)
    issued_on = models.DateField(_("发文日期"), null=True, blank=True)
    valid_from = models.DateField(_("生效"))
    valid_to = models.DateField(_("失效"), null=True, blank=True)
    repealed_on = models.DateField(
        _("废止日期"), null=True, blank=True, help_text=_("自该日起不再适用")
    )
    repealed_by = models.CharField(_("废止文号"), max_length=60, blank=True)
    duty = ChoiceListField(
        _("企业须报告的事项"),
        options=Topic,
        blank=True,
        help_text=_("未报告的企业丧失资格；不勾选则不要求"),
    )
    duty_days = models.PositiveSmallIntegerField(
        _("报告时限（工作日）"),
        null=True,
        blank=True,
        help_text=_("自事项发生起；不填则申请前报告即可"),
    )
    may_exceed = models.BooleanField(
        _("允许说明理由后超预算"), default=False, help_text=_("不勾选则超预算的拨付一律拒绝")
    )
    history = History()

    objects = PolicyQuerySet.as_manager()

    class Meta(PlacedEntry.Meta):
        ordering = ["-valid_from", "code"]
        verbose_name = _("奖励政策")
        constraints = [
            runs_forward("incentive_policy_runs_forward", "valid_from", "valid_to"),
            models.CheckConstraint(
                name="incentive_repeal_is_whole",
                condition=Q(repealed_by="") | Q(repealed_on__isnull=False),
                violation_error_message=_("填了废止文号的，须填废止日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it is in force; None without an end."""
        ends = [self.valid_to] if self.valid_to else []
        if self.repealed_on:
            ends.append(self.repealed_on - datetime.timedelta(days=1))
        return min(ends, default=None)


class PolicyTranche(models.Model):
    """What a policy pays at one event: an amount, or a share of a base with a cap (万元)."""

    parent = models.ForeignKey(
        IncentivePolicy, models.CASCADE, related_name="tranches", verbose_name=_("奖励政策")
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=1, editable=False)
    topic = models.CharField(_("奖励事项"), max_length=16, choices=Topic)
    stage = models.ForeignKey(
        "listings.Stage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("进入批次"),
        help_text=_("以进入该批次为准；不填则以事项报告为准"),
    )
    basis = models.CharField(_("计算方式"), max_length=10, choices=Basis, default=Basis.FIXED)
    amount = MoneyField(_("金额（万元）"), null=True, blank=True)
    percent = ScaledField(_("比例（%）"), null=True, blank=True, scale=2)
    cap = MoneyField(_("上限（万元）"), null=True, blank=True)
    history = History()

    class Meta:
        ordering = ["parent", "order", "pk"]
        verbose_name = _("分阶段奖励")
        constraints = [
            is_share("tranche_percent_is_a_share", "percent"),
            models.CheckConstraint(
                name="tranche_basis_is_whole",
                condition=Q(basis=Basis.FIXED, amount__gt=0, percent=None)
                | (~Q(basis=Basis.FIXED) & Q(amount=None, percent__gt=0)),
                violation_error_message=_(
                    "固定金额的只填大于 0 的金额；按百分比的只填大于 0 的比例。"
                ),
            ),
            models.CheckConstraint(
                name="tranche_cap_is_positive",
                condition=Q(cap=None) | Q(cap__gt=0),
                violation_error_message=_("上限应大于 0；没有上限的不填。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent} {self.get_topic_display()}"


class PolicyBudget(models.Model):
    """What a policy may pay in a year, 万元."""

    parent = models.ForeignKey(
        IncentivePolicy, models.CASCADE, related_name="budgets", verbose_name=_("奖励政策")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    amount = MoneyField(_("预算（万元）"))
    document_number = models.CharField(_("预算文号"), max_length=60, blank=True)
    history = History()

    class Meta:
        ordering = ["parent", "year", "pk"]
        verbose_name = _("年度预算")
        constraints = [
            models.CheckConstraint(
                name="incentive_budget_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("预算不能为负。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.parent} {self.year}"


class EventReport(Entry):
    """An event that an enterprise told the office of."""

    CODE_PREFIX = "IR"
    PREFECTURE_PATH = "enterprise__prefecture_id"

    enterprise = models.ForeignKey(
        "listings.Enterprise", models.PROTECT, related_name="event_reports", verbose_name=_("企业")
    )
    topic = models.CharField(pgettext_lazy("event", "事项"), max_length=16, choices=Topic)
    happened_on = models.DateField(_("发生日期"))
    reported_on = models.DateField(_("报告日期"))
    evidence = models.CharField(_("证明材料"), max_length=200, blank=True)
    history = History()

    class Meta(Entry.Meta):
        ordering = ["-reported_on", "code"]
        verbose_name = _("事项报告")
        constraints = [
            runs_forward("event_reported_after_it_happened", "happened_on", "reported_on")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.get_topic_display()} {self.happened_on}"

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise is, for permissions."""
        return self.enterprise.prefecture_id


class IncentiveAward(Entry):
    """An enterprise's application for one tranche of a policy, and what was decided."""

    CODE_PREFIX = "IA"

    enterprise = models.ForeignKey(
        "listings.Enterprise", models.PROTECT, related_name="awards", verbose_name=_("企业")
    )
    prefecture = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("地市"),
        help_text=_("申请时企业所在地市"),
    )
    policy = models.ForeignKey(
        IncentivePolicy, models.PROTECT, related_name="awards", verbose_name=_("奖励政策")
    )
    topic = models.CharField(_("奖励事项"), max_length=16, choices=Topic)
    applied_on = models.DateField(_("申请日期"))
    base = MoneyField(
        _("计算基数（万元）"), null=True, blank=True, help_text=_("按百分比奖励的费用或税收留成")
    )
    requested = MoneyField(_("申请金额（万元）"), null=True, blank=True)
    decision = models.CharField(
        _("审批结果"), max_length=10, choices=Decision, default=Decision.PENDING
    )
    decided_on = models.DateField(_("审批日期"), null=True, blank=True)
    granted = MoneyField(_("批准金额（万元）"), null=True, blank=True)
    document_number = models.CharField(_("审批文号"), max_length=60, blank=True)
    history = History()

    class Meta(Entry.Meta):
        ordering = ["-applied_on", "code"]
        verbose_name = _("奖励申请")
        constraints = [
            runs_forward("award_decided_after_application", "applied_on", "decided_on"),
            models.UniqueConstraint(
                name="award_once",
                fields=["enterprise", "policy", "topic"],
                condition=Q(voided_at=None) & Q(decision__in=[Decision.PENDING, Decision.APPROVED]),
                violation_error_message=_("该企业已申请过这项政策的这一奖励。"),
            ),
            models.CheckConstraint(
                name="award_decision_is_whole",
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
                name="award_amounts_not_negative",
                condition=(Q(base=None) | Q(base__gte=0))
                & (Q(requested=None) | Q(requested__gte=0)),
                violation_error_message=_("金额不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.get_topic_display()} {self.policy}"


class IncentivePayment(Entry):
    """What was paid on an award, charged to a year's budget."""

    CODE_PREFIX = "IM"
    PREFECTURE_PATH = "award__prefecture_id"

    award = models.ForeignKey(
        IncentiveAward, models.PROTECT, related_name="payments", verbose_name=_("奖励申请")
    )
    paid_on = models.DateField(_("拨付日期"))
    year = models.PositiveSmallIntegerField(
        _("列支年度"), null=True, blank=True, help_text=_("不填则为拨付当年")
    )
    amount = MoneyField(_("金额（万元）"))
    document_number = models.CharField(_("拨付文号"), max_length=60, blank=True)
    beyond_budget = models.CharField(
        _("超预算理由"), max_length=300, blank=True, help_text=_("政策允许时，超预算的须写明理由")
    )
    history = History()

    class Meta(Entry.Meta):
        ordering = ["-paid_on", "code"]
        verbose_name = _("奖励资金拨付")
        constraints = [
            models.CheckConstraint(
                name="incentive_payment_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("金额应大于 0。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.paid_on}"

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise was, for permissions."""
        return self.award.prefecture_id
