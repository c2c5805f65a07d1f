"""Enterprises on the way to a listing: who they are, where, and how they change by the day."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.entries import PlacedEntry
from core.models.history import History


class Board(models.TextChoices):
    """Boards and other markets. Their lifetimes are data: ``listings/reference/boards.json``."""

    SSE_MAIN = "sse_main", _("上交所主板")
    SZSE_MAIN = "szse_main", _("深交所主板")
    SME = "sme", _("中小企业板")
    CHINEXT = "chinext", _("创业板")
    STAR = "star", _("科创板")
    BSE = "bse", _("北交所")
    HONG_KONG = "hk", _("香港市场")
    OVERSEAS = "overseas", _("其他境外市场")
    NEEQ = "neeq", _("新三板（全国股转系统）")
    REGIONAL = "regional", _("区域股权市场")


class StrategicIndustry(models.TextChoices):
    """The seven strategic emerging industries 战略性新兴产业 (国发〔2010〕32号)."""

    ENERGY_SAVING = "energy_saving", _("节能环保")
    INFORMATION = "information", _("新一代信息技术")
    BIOLOGY = "biology", _("生物")
    EQUIPMENT = "equipment", _("高端装备制造")
    NEW_ENERGY = "new_energy", _("新能源")
    NEW_MATERIALS = "new_materials", _("新材料")
    NEW_ENERGY_VEHICLES = "new_energy_vehicles", _("新能源汽车")


class EnterpriseStatus(models.TextChoices):
    ACTIVE = "active", _("存续")
    SUSPENDED = "suspended", _("停业")
    MOVED_OUT = "moved_out", _("迁出本省")
    DEREGISTERED = "deregistered", _("注销")


class Enterprise(PlacedEntry):
    """An enterprise of the library.

    Place, industry and intended board are those of today. What they were before the first
    ``EnterpriseChange`` stands in the ``first_`` fields; the changes tell the rest.
    """

    CODE_PREFIX = "EN"
    KNOWN_BY = ("code", "credit_code", "organisation_code", "name")  # too many to list in a form
    DATED = ("prefecture", "county", "industry", "intended_board")  # what changes by the day
    DERIVED = tuple(f"first_{name}" for name in DATED)  # its history tells of the fields only

    name = models.CharField(_("企业名称"), max_length=100, db_index=True)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    former_names = models.CharField(_("曾用名"), max_length=300, blank=True)
    pinyin = models.CharField(_("拼音"), max_length=300, blank=True, editable=False)
    pinyin_initials = models.CharField(
        _("拼音首字母"), max_length=100, blank=True, editable=False, db_index=True
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    organisation_code = models.CharField(_("组织机构代码"), max_length=10, blank=True)
    registration_number = models.CharField(_("营业执照注册号"), max_length=15, blank=True)
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="+", verbose_name=_("地市")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    established_on = models.DateField(_("成立日期"), null=True, blank=True)
    industry = models.CharField(
        _("行业代码"),
        max_length=5,
        blank=True,
        help_text=_("GB/T 4754，如 3911、C39 或 65"),
    )
    main_products = models.CharField(_("主要产品"), max_length=200, blank=True)
    technology = models.BooleanField(_("高新技术企业"), default=False)
    strategic_industry = models.CharField(
        _("战略性新兴产业"), max_length=20, choices=StrategicIndustry, blank=True
    )
    intended_board = models.CharField(_("拟上市板块"), max_length=10, choices=Board, blank=True)
    sponsor = models.CharField(_("保荐机构（券商）"), max_length=100, blank=True)
    accountant = models.CharField(_("会计师事务所"), max_length=100, blank=True)
    lawyer = models.CharField(_("律师事务所"), max_length=100, blank=True)
    status = models.CharField(
        _("企业状态"), max_length=14, choices=EnterpriseStatus, default=EnterpriseStatus.ACTIVE
    )
    first_prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, null=True, related_name="+", editable=False
    )
    first_county = models.ForeignKey(
        "core.County", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    first_industry = models.CharField(max_length=5, blank=True, editable=False)
    first_intended_board = models.CharField(max_length=10, blank=True, editable=False)
    history = History()

    class Meta(PlacedEntry.Meta):
        verbose_name = _("企业")
        indexes = [models.Index(fields=["prefecture", "intended_board"])]
        constraints = [
            models.UniqueConstraint(
                name="one_enterprise_a_credit_code",
                fields=["credit_code"],
                condition=~Q(credit_code="") & Q(voided_at=None),
                violation_error_message=_("已有企业使用该统一社会信用代码。"),
            ),
            models.UniqueConstraint(
                name="one_enterprise_an_organisation_code",
                fields=["organisation_code"],
                condition=~Q(organisation_code="") & Q(voided_at=None),
                violation_error_message=_("已有企业使用该组织机构代码。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def value_before_changes(self, name: str) -> Any:
        """What ``name`` was before the first dated change of it."""
        return getattr(self, f"first_{name}")
