"""Institutions: one table for all that report or are registered."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.base import Record, RecordQuerySet
from core.models.history import History

if TYPE_CHECKING:
    from core.models.users import User


class InstitutionKind(models.TextChoices):
    POLICY_BANK = "policy_bank", _("政策性银行")
    STATE_BANK = "state_bank", _("国有商业银行")
    JOINT_STOCK_BANK = "joint_stock_bank", _("股份制商业银行")
    CITY_BANK = "city_bank", _("城市商业银行")
    RURAL_BANK = "rural_bank", _("农村商业（合作）银行")
    CREDIT_COOPERATIVE = "credit_cooperative", _("农村信用社")
    POSTAL_BANK = "postal_bank", _("邮政储蓄银行")
    FOREIGN_BANK = "foreign_bank", _("外资银行")
    VILLAGE_BANK = "village_bank", _("村镇银行")
    MICROLOAN_COMPANY = "microloan_company", _("小额贷款公司")
    GUARANTEE_AGENCY = "guarantee_agency", _("融资性担保机构")
    REGUARANTEE_COMPANY = "reguarantee_company", _("融资性再担保公司")
    INSURER = "insurer", _("保险公司")
    RATING_AGENCY = "rating_agency", _("信用评级机构")
    OTHER = "other", _("其他机构")


NOT_BANKS = frozenset(
    {
        "microloan_company",
        "guarantee_agency",
        "reguarantee_company",
        "insurer",
        "rating_agency",
        "other",
    }
)
BANK_KINDS = tuple(kind.value for kind in InstitutionKind if kind.value not in NOT_BANKS)


class InstitutionQuerySet(RecordQuerySet):
    def visible_to(self, user: "User") -> "InstitutionQuerySet":
        """Institutions that ``user`` may see; none for nobody."""
        from core.permissions import scope_filter

        return self.filter(scope_filter(user, "institution.view", institution="pk"))

    def banks(self) -> "InstitutionQuerySet":
        """Banks of every kind, village banks among them: those that file ``sme-loans``."""
        return self.filter(kind__in=BANK_KINDS)


class Institution(Record):
    """A bank, company or agency. Its state on a date is computed from its dated facts."""

    code = models.CharField(_("机构编码"), max_length=20, unique=True)
    kind = models.CharField(_("类别"), max_length=20, choices=InstitutionKind, db_index=True)
    name = models.CharField(_("名称"), max_length=100, db_index=True)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    pinyin = models.CharField(_("拼音"), max_length=300, blank=True, editable=False)
    pinyin_initials = models.CharField(
        _("拼音首字母"), max_length=100, blank=True, editable=False, db_index=True
    )
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, related_name="institutions", verbose_name=_("所在地市")
    )
    county = models.ForeignKey(
        "core.County",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("所在县（市、区）"),
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    organisation_code = models.CharField(_("组织机构代码"), max_length=10, blank=True)
    registration_number = models.CharField(_("营业执照注册号"), max_length=15, blank=True)
    licence_number = models.CharField(_("金融许可证编码"), max_length=30, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("上级机构"),
    )
    note = models.TextField(_("备注"), blank=True)
    history = History()

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("机构")
        indexes = [models.Index(fields=["prefecture", "kind"])]

    def __str__(self) -> str:
        return self.name

    @property
    def institution_id(self) -> int:
        """The institution itself, as the place that permissions are judged by."""
        return self.pk
