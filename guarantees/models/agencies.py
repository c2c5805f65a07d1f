"""Guarantee agencies 融资性担保机构: the detail beside the institution."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import ChoiceListField, MoneyField, ScaledField
from core.models.base import Record, RecordQuerySet
from core.models.entries import is_share
from core.models.history import History
from core.permissions import scope_filter


class LegalForm(models.TextChoices):
    LIMITED = "limited", _("有限责任公司")
    JOINT_STOCK = "joint_stock", _("股份有限公司")
    OTHER = "other", _("其他")


class AgencyType(models.TextChoices):
    POLICY = "policy", _("政策性")
    COMMERCIAL = "commercial", _("商业性")
    MUTUAL = "mutual", _("互助性")


class Business(models.TextChoices):
    """What an agency may do (2010 年第 3 号令 18–20 条)."""

    LOANS = "loans", _("贷款担保")
    ACCEPTANCES = "acceptances", _("票据承兑担保")
    TRADE = "trade", _("贸易融资担保")
    PROJECTS = "projects", _("项目融资担保")
    LETTERS_OF_CREDIT = "letters_of_credit", _("信用证担保")
    NON_FINANCING = "non_financing", _("非融资性担保")
    REGUARANTEE = "reguarantee", _("再担保")
    BONDS = "bonds", _("债券发行担保")


class InstitutionDetailQuerySet(RecordQuerySet):
    def visible_to(self, user: object) -> "InstitutionDetailQuerySet":
        """Details of the institutions that ``user`` may see."""
        return self.filter(
            scope_filter(
                user,
                "institution.view",
                institution="institution_id",
                prefecture="institution__prefecture_id",
            )
        )


class GuaranteeAgency(Record):
    """What a guarantee agency has beyond an institution. Its life is in its dated facts."""

    institution = models.OneToOneField(
        "core.Institution",
        models.PROTECT,
        primary_key=True,
        related_name="guarantee_agency",
        verbose_name=_("机构"),
    )
    legal_form = models.CharField(
        _("组织形式"), max_length=12, choices=LegalForm, default=LegalForm.LIMITED
    )
    agency_type = models.CharField(
        _("性质"), max_length=12, choices=AgencyType, default=AgencyType.COMMERCIAL
    )
    capital = MoneyField(_("注册资本（万元）"), null=True, blank=True)
    paid_in = MoneyField(_("实收资本（万元）"), null=True, blank=True)
    state_share = ScaledField(_("国有资本占比（%）"), null=True, blank=True, scale=2)
    business = ChoiceListField(_("业务范围"), options=Business, blank=True)
    history = History()

    objects = InstitutionDetailQuerySet.as_manager()

    class Meta:
        verbose_name = _("融资性担保机构")
        constraints = [is_share("agency_state_share_is_a_share", "state_share")]

    def __str__(self) -> str:
        return str(self.institution)

    @property
    def prefecture_id(self) -> int:
        """Where the agency is, for permissions."""
        return self.institution.prefecture_id

    @property
    def code(self) -> str:
        """Known by the code of its institution."""
        return self.institution.code
