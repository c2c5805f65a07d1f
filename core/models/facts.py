"""Dated facts: what happened to an institution. Append-only; a mistake is voided, not edited."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField


class FactKind(models.TextChoices):
    INTENTION = "intention", _("发起意向")
    PLAN_APPROVED = "plan_approved", _("规划获批")
    PREPARATION_ACCEPTED = "preparation_accepted", _("筹建申请受理")
    PREPARATION_APPROVED = "preparation_approved", _("批准筹建")
    PREPARATION_LAPSED = "preparation_lapsed", _("筹建失效")
    OPENING_ACCEPTED = "opening_accepted", _("开业申请受理")
    OPENING_APPROVED = "opening_approved", _("批准开业")
    LICENCE_GRANTED = "licence_granted", _("取得金融许可证")
    REGISTERED = "registered", _("工商登记")
    OPENED = "opened", _("开业")
    BRANCH_OPENED = "branch_opened", _("分支机构开业")
    BRANCH_CLOSED = "branch_closed", _("分支机构撤销")
    RENAMED = "renamed", _("更名")
    CAPITAL_CHANGED = "capital_changed", _("注册资本变更")
    SHAREHOLDING_CHANGED = "shareholding_changed", _("股权变更")
    RELOCATED = "relocated", _("迁址")
    MANAGER_CHANGED = "manager_changed", _("高管变更")
    SCOPE_CHANGED = "scope_changed", _("业务范围变更")
    CONVERTED = "converted", _("改制")
    BLOCKED = "blocked", _("受阻")
    UNBLOCKED = "unblocked", _("受阻解除")
    ABANDONED = "abandoned", _("意向终止")
    SUSPENDED = "suspended", _("停业")
    RESUMED = "resumed", _("复业")
    EXITED = "exited", _("退出")


class BlockingReason(models.TextChoices):
    """Why a village bank is held up (domain facts 2.2)."""

    NO_SPONSOR = "no_sponsor", _("无主发起行意向")
    LINKAGE = "linkage", _("挂钩未落实")
    QUOTA = "quota", _("指标未批")
    SHAREHOLDERS = "shareholders", _("股东资格")
    IN_PREPARATION = "in_preparation", _("筹建中")
    OTHER = "other", _("其他")


class ExitReason(models.TextChoices):
    DISSOLVED = "dissolved", _("解散")
    MERGED = "merged", _("被吸收合并")
    REVOKED = "revoked", _("撤销")
    BRANCH = "branch", _("改制为支行")
    CONVERTED = "converted", _("改制为村镇银行")
    OTHER = "other", _("其他")


class Authority(models.TextChoices):
    """On what authority an approval was given."""

    STATUTORY = "statutory", _("法定权限")
    DELEGATED = "delegated", _("下放权限")


class DecidingLevel(models.TextChoices):
    """Which level of government or supervision decided."""

    NATION = "nation", _("国家")
    PROVINCE = "province", _("省")
    PREFECTURE = "prefecture", _("市")


class FactQuerySet(models.QuerySet):
    def in_force(
        self, *, as_of: datetime.date, known_at: datetime.datetime | None = None
    ) -> "FactQuerySet":
        """Facts that happened by ``as_of`` and, if given, that were known at ``known_at``."""
        facts = self.filter(happened_on__lte=as_of)
        if known_at is None:
            return facts.filter(voided_at=None)
        return facts.filter(recorded_at__lte=known_at).filter(
            Q(voided_at=None) | Q(voided_at__gt=known_at)
        )


class Fact(models.Model):
    """One thing that happened to an institution on a date, with its approval.

    Which of the optional columns a kind uses is declared in ``core.fact_kinds``.
    Two times are kept: ``happened_on`` (in the world) and ``recorded_at`` (known here),
    so that any past report can be computed as it was known then.
    """

    institution = models.ForeignKey(
        "core.Institution", models.PROTECT, related_name="facts", verbose_name=_("机构")
    )
    kind = models.CharField(_("事项"), max_length=24, choices=FactKind)
    happened_on = models.DateField(_("日期"))
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    decided_by = models.CharField(_("批准机关"), max_length=60, blank=True)
    level = models.CharField(_("决定层级"), max_length=10, choices=DecidingLevel, blank=True)
    authority = models.CharField(_("权限依据"), max_length=10, choices=Authority, blank=True)
    delegation = models.ForeignKey(
        "core.Delegation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("所依下放权限"),
    )
    filed_on = models.DateField(_("报省备案日期"), null=True, blank=True)
    county = models.ForeignKey(
        "core.County", models.PROTECT, null=True, blank=True, verbose_name=_("县（市、区）")
    )
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, null=True, blank=True, verbose_name=_("地市")
    )
    subject = models.CharField(_("网点或对象"), max_length=100, blank=True)
    counterparty = models.CharField(_("主发起行或相对方"), max_length=100, blank=True)
    capital = MoneyField(_("注册资本（万元）"), null=True, blank=True)
    stake = ScaledField(_("持股比例（%）"), null=True, blank=True, scale=2)
    old_name = models.CharField(_("原名称"), max_length=100, blank=True)
    new_name = models.CharField(_("新名称"), max_length=100, blank=True)
    reason = models.CharField(_("原因"), max_length=20, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人")
    )
    voided_at = models.DateTimeField(_("作废时间"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("作废人"),
    )
    void_reason = models.CharField(_("作废原因"), max_length=300, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = _("事项")
        indexes = [
            models.Index(fields=["institution", "happened_on"]),
            models.Index(fields=["kind", "happened_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="fact_void_is_complete",
                condition=Q(voided_at=None, void_reason="") | Q(voided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="fact_stake_is_a_share",
                condition=Q(stake=None) | Q(stake__gte=0, stake__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()}"
