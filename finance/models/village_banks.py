"""Village banks 村镇银行: the detail beside the institution."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.base import Record, RecordQuerySet
from core.models.history import History
from core.permissions import scope_filter


class CapitalLevel(models.TextChoices):
    """The level whose minimum capital applies (银监发〔2006〕90号, 银监发〔2007〕5号)."""

    PREFECTURE = "prefecture", _("地（市）")
    COUNTY = "county", _("县（市）")
    TOWNSHIP = "township", _("乡（镇）")


class VillageBankQuerySet(RecordQuerySet):
    def visible_to(self, user: object) -> "VillageBankQuerySet":
        return self.filter(
            scope_filter(
                user,
                "institution.view",
                institution="institution_id",
                prefecture="institution__prefecture_id",
            )
        )


class VillageBank(Record):
    """What a village bank has beyond an institution. Its life is in its dated facts."""

    institution = models.OneToOneField(
        "core.Institution",
        models.PROTECT,
        primary_key=True,
        related_name="village_bank",
        verbose_name=_("机构"),
    )
    main_sponsor = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sponsored_village_banks",
        verbose_name=_("主发起行（本省登记机构）"),
    )
    main_sponsor_name = models.CharField(_("主发起行名称"), max_length=100, blank=True)
    sponsor_stake = ScaledField(_("主发起行持股比例（%）"), null=True, blank=True, scale=2)
    private_share = ScaledField(_("民营资本占比（%）"), null=True, blank=True, scale=2)
    capital = MoneyField(_("注册资本（万元）"), null=True, blank=True)
    capital_level = models.CharField(
        _("设立层级"), max_length=10, choices=CapitalLevel, default=CapitalLevel.COUNTY
    )
    linked_west_project = models.CharField(_("挂钩西部项目"), max_length=100, blank=True)
    quota_batch = models.CharField(_("规划批次"), max_length=60, blank=True)
    history = History()

    objects = VillageBankQuerySet.as_manager()

    class Meta:
        verbose_name = _("村镇银行")
        constraints = [
            models.CheckConstraint(
                name="village_bank_stakes_are_shares",
                condition=(
                    models.Q(sponsor_stake=None)
                    | models.Q(sponsor_stake__gte=0, sponsor_stake__lte=100)
                )
                & (
                    models.Q(private_share=None)
                    | models.Q(private_share__gte=0, private_share__lte=100)
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.institution)

    @property
    def prefecture_id(self) -> int:
        """Where the bank is, for permissions."""
        return self.institution.prefecture_id
