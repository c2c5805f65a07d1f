"""Yearly figures of enterprises, as their (audited) accounts give them."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField
from core.models.entries import Entry
from core.models.history import History


class EnterpriseYear(Entry):
    """A year's figures, 万元; the shares of the company in 万股."""

    CODE_PREFIX = "EY"
    PREFECTURE_PATH = "enterprise__prefecture_id"
    MEASURES = (
        "headcount",
        "revenue",
        "net_profit",
        "recurring_profit",
        "assets",
        "net_assets",
        "intangibles",
        "operating_cash",
        "share_capital",
        "capital_after_issue",
        "undistributed",
    )

    enterprise = models.ForeignKey(
        "listings.Enterprise", models.PROTECT, related_name="years", verbose_name=_("企业")
    )
    year = models.PositiveSmallIntegerField(
        _("年度"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    headcount = models.PositiveIntegerField(_("从业人员（人）"), null=True, blank=True)
    revenue = MoneyField(_("营业收入（万元）"), null=True, blank=True)
    net_profit = MoneyField(_("净利润（万元）"), null=True, blank=True)
    recurring_profit = MoneyField(_("扣除非经常性损益后净利润（万元）"), null=True, blank=True)
    assets = MoneyField(_("资产总额（万元）"), null=True, blank=True)
    net_assets = MoneyField(_("净资产（万元）"), null=True, blank=True)
    intangibles = MoneyField(
        _("无形资产（万元）"), null=True, blank=True, help_text=_("扣除土地使用权等")
    )
    operating_cash = MoneyField(_("经营活动现金流量净额（万元）"), null=True, blank=True)
    share_capital = MoneyField(_("股本（万元）"), null=True, blank=True)
    capital_after_issue = MoneyField(_("预计发行后股本（万元）"), null=True, blank=True)
    undistributed = MoneyField(
        _("未分配利润（万元）"), null=True, blank=True, help_text=_("未弥补亏损填负数")
    )
    audited = models.BooleanField(_("已审计"), default=False)
    history = History()

    class Meta:
        ordering = ["enterprise", "-year"]
        verbose_name = _("年度财务")
        indexes = [models.Index(fields=["enterprise", "year"])]
        constraints = [
            models.UniqueConstraint(
                name="one_year_an_enterprise",
                fields=["enterprise", "year"],
                condition=Q(voided_at=None),
                violation_error_message=_("该企业该年度的数据已登记。"),
            ),
            models.CheckConstraint(
                name="enterprise_amounts_are_sound",
                condition=(Q(revenue=None) | Q(revenue__gte=0))
                & (Q(assets=None) | Q(assets__gte=0))
                & (Q(intangibles=None) | Q(intangibles__gte=0))
                & (Q(share_capital=None) | Q(share_capital__gte=0))
                & (Q(capital_after_issue=None) | Q(capital_after_issue__gte=0)),
                violation_error_message=_("营业收入、资产、无形资产和股本不能为负。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year}"

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise is, for permissions."""
        return self.enterprise.prefecture_id

    @property
    def ends_on(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)
