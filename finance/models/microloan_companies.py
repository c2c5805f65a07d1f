"""Microloan companies 小额贷款公司: the detail beside the institution, and who holds it."""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.base import Record, RecordQuerySet
from core.models.entries import EntryQuerySet, InstitutionEntry, is_share, runs_forward
from core.models.history import History
from core.models.institutions import InstitutionKind
from core.permissions import scope_filter


class LegalForm(models.TextChoices):
    """Legal form (银监发〔2008〕23号); the minimum capital depends on it."""

    LIMITED = "llc", _("有限责任公司")
    JOINT_STOCK = "jsc", _("股份有限公司")


class MicroloanCompanyQuerySet(RecordQuerySet):
    def visible_to(self, user: object) -> "MicroloanCompanyQuerySet":
        return self.filter(
            scope_filter(
                user,
                "institution.view",
                institution="institution_id",
                prefecture="institution__prefecture_id",
            )
        )


class MicroloanCompany(Record):
    """What a microloan company has beyond an institution. Its life is in its dated facts.

    ``capital`` (万元) is the registered capital at foundation; later capital is in the facts.
    """

    institution = models.OneToOneField(
        "core.Institution",
        models.PROTECT,
        primary_key=True,
        related_name="microloan_company",
        verbose_name=_("机构"),
    )
    legal_form = models.CharField(
        _("组织形式"), max_length=3, choices=LegalForm, default=LegalForm.LIMITED
    )
    capital = MoneyField(
        _("设立时注册资本（万元）"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    business_scope = models.TextField(_("业务范围"), blank=True)
    in_pilot = models.BooleanField(_("设立时属下放审批权限试点"), default=False)
    is_featured = models.BooleanField(_("特色小额贷款公司"), default=False)
    feature = models.CharField(
        _("特色"), max_length=100, blank=True, help_text=_("如涉农、科技、产业链")
    )
    converted_into = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,  # set by the act of conversion, which also records the exit
        related_name="converted_companies",
        verbose_name=_("改制后的村镇银行"),
    )
    history = History()

    objects = MicroloanCompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("小额贷款公司")

    def __str__(self) -> str:
        return str(self.institution)

    @property
    def prefecture_id(self) -> int:
        """Where the company is, for permissions."""
        return self.institution.prefecture_id


class HolderKind(models.TextChoices):
    """Who may hold shares (银监发〔2008〕23号)."""

    PERSON = "person", _("自然人")
    ENTERPRISE = "enterprise", _("企业法人")
    ORGANISATION = "organisation", _("其他社会组织")


class HolderRole(models.TextChoices):
    MAIN_SPONSOR = "main_sponsor", _("主发起人")
    PARTICIPANT = "participant", _("参股")


class ShareholderQuerySet(EntryQuerySet):
    def held_on(self, day: datetime.date) -> "ShareholderQuerySet":
        """Holdings that were held on ``day``; the last day of a holding still counts."""
        return self.standing().filter(
            Q(held_until=None) | Q(held_until__gte=day), held_from__lte=day
        )


class Shareholder(InstitutionEntry):
    """A holding in a microloan company, from a day and perhaps until one.

    A changed stake is a new entry after the one that ended, so that the past stays.
    ``related_with`` is a holder of the same company whose stake counts together with this
    one. ``profit_last`` is of ``profit_year``, the others of the two years before.
    No identity card number is ever kept.
    """

    CODE_PREFIX = "SH"
    INSTITUTION_KINDS = (InstitutionKind.MICROLOAN_COMPANY.value,)

    name = models.CharField(_("股东名称"), max_length=100)
    kind = models.CharField(
        _("股东类型"), max_length=12, choices=HolderKind, default=HolderKind.ENTERPRISE
    )
    role = models.CharField(
        _("角色"), max_length=12, choices=HolderRole, default=HolderRole.PARTICIPANT
    )
    organisation_code = models.CharField(
        _("组织机构代码或信用代码"), max_length=18, blank=True, help_text=_("自然人不填")
    )
    home_prefecture = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("来自地市"),
    )
    home_place = models.CharField(
        _("来自外省"), max_length=60, blank=True, help_text=_("省外股东填省、市名称")
    )
    stake = ScaledField(_("持股比例（%）"), scale=2)
    contributed = MoneyField(_("出资额（万元）"), null=True, blank=True)
    held_from = models.DateField(_("持股起"))
    held_until = models.DateField(_("持股止"), null=True, blank=True, help_text=_("持股的最后一日"))
    related_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="related_holders",
        verbose_name=_("关联股东"),
    )
    is_quality_enterprise = models.BooleanField(_("优质企业"), default=False)
    financials_as_of = models.DateField(_("财务数据截至"), null=True, blank=True)
    net_assets = MoneyField(_("净资产（万元）"), null=True, blank=True)
    debt_ratio = ScaledField(_("资产负债率（%）"), null=True, blank=True, scale=2)
    profit_year = models.PositiveSmallIntegerField(_("利润最近年度"), null=True, blank=True)
    profit_last = MoneyField(_("最近年度净利润（万元）"), null=True, blank=True)
    profit_second = MoneyField(_("上一年度净利润（万元）"), null=True, blank=True)
    profit_third = MoneyField(_("再上一年度净利润（万元）"), null=True, blank=True)
    taxes = MoneyField(_("最近年度纳税（万元）"), null=True, blank=True)
    history = History()

    objects = ShareholderQuerySet.as_manager()

    class Meta(InstitutionEntry.Meta):
        ordering = ["institution__code", "-stake", "held_from"]
        verbose_name = _("股东")
        constraints = [
            is_share("shareholder_stake_is_a_share", "stake"),
            runs_forward("shareholder_runs_forward", "held_from", "held_until"),
        ]

    def __str__(self) -> str:
        return self.name
