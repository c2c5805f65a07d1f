"""Other equity and debt finance of enterprises, and those who serve them (F06, F11, F12).

Light registers: who, with whom, how much, when, and what for. Amounts are 万元.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.entries import Entry, PlacedEntry, is_share, runs_forward
from core.models.history import History
from listings.models.enterprises import Enterprise


class Purpose(models.TextChoices):
    """What the plan wants such money for, and all the rest."""

    INNOVATION = "innovation", _("技术创新")
    STRATEGIC = "strategic", _("战略性新兴产业")
    OTHER = "other", _("其他用途")


class Deal(Entry):
    """Money for one enterprise from a day on; it is where its enterprise is."""

    PREFECTURE_PATH = "enterprise__prefecture_id"
    KIND: ClassVar[str] = ""  # how reports call it

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="%(class)ss", verbose_name=_("企业")
    )
    partner = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("对方机构（已登记）"),
    )
    partner_name = models.CharField(_("对方名称"), max_length=100, blank=True)
    amount = MoneyField(_("金额（万元）"))
    happened_on = models.DateField(_("日期"))
    ended_on = models.DateField(_("到期或退出日期"), null=True, blank=True)
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose, default=Purpose.OTHER)

    class Meta(Entry.Meta):
        abstract = True
        ordering = ["-happened_on", "code"]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.happened_on}"

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise is, for permissions."""
        return self.enterprise.prefecture_id

    @property
    def partner_words(self) -> str:
        """Who is on the other side, however it was given."""
        return str(self.partner) if self.partner_id else self.partner_name


def deal_is_sound(name: str) -> list[models.BaseConstraint]:
    """What holds of every deal: an amount, a partner, days in order."""
    return [
        models.CheckConstraint(
            name=f"{name}_has_amount_and_partner",
            condition=Q(amount__gt=0) & (Q(partner__isnull=False) | ~Q(partner_name="")),
            violation_error_message=_("金额应大于 0；请选择已登记的对方机构，或填写名称。"),
        ),
        runs_forward(f"{name}_runs_forward", "happened_on", "ended_on"),
    ]


class InvestorKind(models.TextChoices):
    VENTURE = "venture", _("创业投资基金")
    PRIVATE_EQUITY = "private_equity", _("私募股权基金")
    GOVERNMENT = "government", _("政府引导基金")
    SECURITIES = "securities", _("券商直投")
    ENTERPRISE = "enterprise", _("企业")
    OTHER = "other", _("其他投资者")


class EquityInvestment(Deal):
    """Equity put into an enterprise 股权融资; it ends with the investor's exit."""

    CODE_PREFIX = "EI"
    KIND = "equity"

    investor_kind = models.CharField(
        _("投资者类型"), max_length=15, choices=InvestorKind, default=InvestorKind.OTHER
    )
    stake = ScaledField(_("持股比例（%）"), null=True, blank=True, scale=2)
    history = History()

    class Meta(Deal.Meta):
        verbose_name = _("股权投资")
        constraints = [
            *deal_is_sound("equity_investment"),
            is_share("equity_investment_stake_is_a_share", "stake"),
        ]


class ProjectFinance(Deal):
    """A project's own finance 项目融资, repaid from what the project earns."""

    CODE_PREFIX = "PJ"
    KIND = "project"

    project = models.CharField(_("项目名称"), max_length=100)
    history = History()

    class Meta(Deal.Meta):
        verbose_name = _("项目融资")
        constraints = deal_is_sound("project_finance")

    def __str__(self) -> str:
        return self.project


class PropertyKind(models.TextChoices):
    PATENT = "patent", _("专利权")
    TRADEMARK = "trademark", _("商标权")
    COPYRIGHT = "copyright", _("著作权")
    MIXED = "mixed", _("组合")


class PropertyPledge(Deal):
    """A loan against intellectual property 知识产权质押融资 (the plan says 抵押)."""

    CODE_PREFIX = "IL"
    KIND = "ip_pledge"

    property_kind = models.CharField(
        _("知识产权类型"), max_length=10, choices=PropertyKind, default=PropertyKind.PATENT
    )
    items = models.PositiveSmallIntegerField(_("质押件数"), default=1)
    appraised = MoneyField(_("评估价值（万元）"), null=True, blank=True)
    registration_number = models.CharField(_("质押登记号"), max_length=60, blank=True)
    history = History()

    class Meta(Deal.Meta):
        verbose_name = _("知识产权质押融资")
        constraints = [
            *deal_is_sound("property_pledge"),
            models.CheckConstraint(
                name="property_pledge_value_not_negative",
                condition=Q(appraised=None) | Q(appraised__gte=0),
                violation_error_message=_("金额不能为负。"),
            ),
        ]


class ExchangeKind(models.TextChoices):
    TRANSFER = "transfer", _("产权转让")
    CAPITAL = "capital", _("增资扩股")
    PLEDGE = "pledge", _("股权质押融资")
    TECHNOLOGY = "technology", _("技术产权交易")
    OTHER = "other", _("其他交易")


class ExchangeDeal(Deal):
    """A deal on a property-rights exchange 产权交易; the partner is the other side."""

    CODE_PREFIX = "XD"
    KIND = "exchange"

    exchange = models.CharField(_("产权交易机构"), max_length=100)
    deal_kind = models.CharField(
        _("交易类型"), max_length=10, choices=ExchangeKind, default=ExchangeKind.TRANSFER
    )
    history = History()

    class Meta(Deal.Meta):
        verbose_name = _("产权交易")
        constraints = deal_is_sound("exchange_deal")


class ServiceFirm(models.TextChoices):
    SECURITIES = "securities", _("证券公司")
    FUTURES = "futures", _("期货公司")
    FUND = "fund", _("基金公司")
    ADVISER = "adviser", _("证券投资咨询机构")


class Service(models.TextChoices):
    UNDERWRITING = "underwriting", _("承销保荐")
    ADVISORY = "advisory", _("财务顾问")
    QUOTATION = "quotation", _("挂牌推荐")
    BOND = "bond", _("债券承销")
    DIRECT = "direct", _("直接投资")
    HEDGING = "hedging", _("套期保值")
    TRAINING = "training", _("培训与投资者教育")


class SecuritiesService(PlacedEntry):
    """What a securities or futures firm did for small firms 证券期货机构服务 (F06).

    For one enterprise of the library, or for several counted; ``amount`` is the financing that
    it brought, if any.
    """

    CODE_PREFIX = "SV"
    KIND = "securities"

    firm = models.CharField(_("机构名称"), max_length=100)
    firm_kind = models.CharField(
        _("机构类型"), max_length=10, choices=ServiceFirm, default=ServiceFirm.SECURITIES
    )
    service = models.CharField(
        _("服务内容"), max_length=12, choices=Service, default=Service.ADVISORY
    )
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="securities_services",
        verbose_name=_("企业"),
    )
    served = models.PositiveIntegerField(_("服务中小企业（家）"), default=1)
    amount = MoneyField(_("融资金额（万元）"), null=True, blank=True)
    happened_on = models.DateField(_("日期"))
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose, default=Purpose.OTHER)
    history = History()

    class Meta(PlacedEntry.Meta):
        ordering = ["-happened_on", "code"]
        verbose_name = _("证券期货机构服务")
        constraints = [
            models.CheckConstraint(
                name="securities_service_is_sound",
                condition=Q(served__gt=0)
                & (Q(amount=None) | Q(amount__gte=0))
                & (Q(enterprise=None) | Q(served=1)),
                violation_error_message=_("服务家数应大于 0，指明企业的填 1；金额不能为负。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.get_service_display()}"


DEALS: tuple[type[Deal], ...] = (EquityInvestment, ProjectFinance, PropertyPledge, ExchangeDeal)
