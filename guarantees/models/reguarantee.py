"""Re-guarantee companies 融资性再担保公司 and who put money into them (plan F14)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import ChoiceListField, MoneyField
from core.models.base import Record
from core.models.entries import InstitutionEntry
from core.models.history import History
from guarantees.models.agencies import InstitutionDetailQuerySet, LegalForm


class ReguaranteeMode(models.TextChoices):
    """How a company takes over risks (domain facts 5.6)."""

    GENERAL = "general", _("一般责任（增信）")
    PROPORTIONAL = "proportional", _("比例再担保")
    SURPLUS = "surplus", _("溢额再担保")
    JOINT = "joint", _("连带责任")


class ReguaranteeCompany(Record):
    """What a re-guarantee company has beyond an institution. Its capital is its contributions."""

    institution = models.OneToOneField(
        "core.Institution",
        models.PROTECT,
        primary_key=True,
        related_name="reguarantee_company",
        verbose_name=_("机构"),
    )
    legal_form = models.CharField(
        _("组织形式"), max_length=12, choices=LegalForm, default=LegalForm.LIMITED
    )
    promoter = models.CharField(
        _("发起政府"), max_length=100, blank=True, help_text=_("如 佛山市人民政府")
    )
    modes = ChoiceListField(_("再担保方式"), options=ReguaranteeMode, blank=True)
    capital = MoneyField(_("注册资本（万元）"), null=True, blank=True)
    history = History()

    objects = InstitutionDetailQuerySet.as_manager()

    class Meta:
        verbose_name = _("融资性再担保公司")
        constraints = [
            models.CheckConstraint(
                name="reguarantee_capital_not_negative",
                condition=Q(capital=None) | Q(capital__gte=0),
                violation_error_message=_("金额不能为负。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.institution)

    @property
    def prefecture_id(self) -> int:
        """Where the company is, for permissions."""
        return self.institution.prefecture_id

    @property
    def code(self) -> str:
        """Known by the code of its institution."""
        return self.institution.code


class ContributorKind(models.TextChoices):
    PROVINCE = "province", _("省财政")
    PREFECTURE = "prefecture", _("市财政")
    COUNTY = "county", _("县（市、区）财政")
    STATE_ENTERPRISE = "state_enterprise", _("国有企业")
    PRIVATE_ENTERPRISE = "private_enterprise", _("民营企业")
    GUARANTEE_AGENCY = "guarantee_agency", _("担保机构")
    BANK = "bank", _("银行")
    OTHER = "other", _("其他")


class Contribution(InstitutionEntry):
    """What a contributor subscribed and paid in on a day; negative where it withdrew or sold.

    A contributor is known by its name: what it holds is the sum of its entries.
    """

    CODE_PREFIX = "CB"
    INSTITUTION_KINDS = ("reguarantee_company",)

    contributor = models.CharField(_("出资人"), max_length=100)
    kind = models.CharField(_("出资人类别"), max_length=20, choices=ContributorKind)
    subscribed = MoneyField(_("认缴（万元）"), default=0)
    paid_in = MoneyField(_("实缴（万元）"), default=0)
    happened_on = models.DateField(_("日期"))
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["institution__code", "happened_on", "code"]
        verbose_name = _("再担保公司出资")
        constraints = [
            models.CheckConstraint(
                name="contribution_is_something",
                condition=~Q(subscribed=0, paid_in=0),
                violation_error_message=_("认缴和实缴不能都为 0。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.contributor}"
