"""The credit guarantee fund 中小企业信用担保基金: founded or not, sources and uses (plan F16)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField
from core.models.entries import Entry, PlacedEntry
from core.models.history import History


class GuaranteeFund(PlacedEntry):
    """A fund, planned or founded. Without a prefecture it is the province's."""

    CODE_PREFIX = "GF"

    name = models.CharField(_("基金名称"), max_length=100)
    founded = models.BooleanField(_("已设立"), default=False)
    founded_on = models.DateField(_("设立日期"), null=True, blank=True)
    document_number = models.CharField(_("设立文号"), max_length=60, blank=True)
    manager = models.CharField(_("管理机构"), max_length=100, blank=True)
    history = History()

    class Meta(PlacedEntry.Meta):
        verbose_name = _("信用担保基金")
        constraints = [
            models.CheckConstraint(
                name="fund_founded_has_its_day",
                condition=Q(founded=True, founded_on__isnull=False)
                | Q(founded=False, founded_on=None),
                violation_error_message=_("已设立的须填设立日期，未设立的不填。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Direction(models.TextChoices):
    SOURCE = "source", _("来源")
    USE = "use", _("运用")


class FundKind(models.TextChoices):
    """Where money comes from, and what it is used for (domain facts 5.6)."""

    PROVINCE = "province", _("省财政")
    PREFECTURE = "prefecture", _("市县财政")
    SOCIAL = "social", _("社会资金")
    INCOME = "income", _("利息和投资收益")
    RETURNED = "returned", _("收回")
    COMPENSATION = "compensation", _("代偿补偿")
    RISK = "risk", _("风险补偿")
    EQUITY = "equity", _("股权投入")
    PREMIUM = "premium", _("保费补贴")
    COST = "cost", _("管理费用")


class FundEntry(Entry):
    """Money promised to a fund or paid, on a day, 万元. Only what was paid moves its balance."""

    CODE_PREFIX = "FN"
    PREFECTURE_PATH = "fund__prefecture_id"

    fund = models.ForeignKey(
        GuaranteeFund, models.PROTECT, related_name="entries", verbose_name=_("基金")
    )
    happened_on = models.DateField(_("日期"))
    direction = models.CharField(_("方向"), max_length=6, choices=Direction)
    kind = models.CharField(_("类别"), max_length=12, choices=FundKind)
    committed = MoneyField(_("承诺（万元）"), default=0)
    paid = MoneyField(_("实付（万元）"), default=0)
    payer = models.CharField(_("出资方"), max_length=100, blank=True, help_text=_("来源时填写"))
    beneficiary = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("受益机构"),
        help_text=_("运用时填写"),
    )
    history = History()

    class Meta(Entry.Meta):
        ordering = ["fund__code", "happened_on", "code"]
        verbose_name = _("基金收支")
        verbose_name_plural = verbose_name
        indexes = [models.Index(fields=["fund", "happened_on"])]
        constraints = [
            models.CheckConstraint(
                name="fund_entry_is_something",
                condition=Q(committed__gte=0, paid__gte=0) & ~Q(committed=0, paid=0),
                violation_error_message=_("承诺和实付不能为负，也不能都为 0。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()}"

    @property
    def prefecture_id(self) -> int | None:
        """Where the fund is, for permissions."""
        return self.fund.prefecture_id
