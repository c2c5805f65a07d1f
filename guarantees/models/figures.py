"""Figures of the guarantee forms as filed, and their sums by prefecture. Rows are items."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.figures import ItemFigure, ItemSummary, one_item_a_document, one_item_a_place


class BusinessMeasures(models.Model):
    """Guarantees in force and how they moved. Money in 万元."""

    opening = MoneyField(_("期初在保余额"), default=0)
    new = MoneyField(_("本期新增"), default=0)
    released = MoneyField(_("本期解除"), default=0)
    closing = MoneyField(_("期末在保余额"), default=0)
    liability = MoneyField(_("期末担保责任余额"), default=0)
    new_year = MoneyField(_("本年累计新增"), default=0)
    released_year = MoneyField(_("本年累计解除"), default=0)
    parties = ScaledField(_("在保户数"), scale=0, default=0)

    class Meta:
        abstract = True


class CompensationMeasures(models.Model):
    """Compensation and what came of it. Money in 万元."""

    opening = MoneyField(_("期初代偿余额"), default=0)
    compensated = MoneyField(_("本期代偿"), default=0)
    recovered = MoneyField(_("本期收回"), default=0)
    written_off = MoneyField(_("本期核销"), default=0)
    closing = MoneyField(_("期末代偿余额"), default=0)
    year_start = MoneyField(_("年初代偿余额"), default=0)
    compensated_year = MoneyField(_("本年累计代偿"), default=0)
    recovered_year = MoneyField(_("本年累计收回"), default=0)
    written_off_year = MoneyField(_("本年累计核销"), default=0)
    compensated_ever = MoneyField(_("开业以来代偿"), default=0)
    released_ever = MoneyField(_("开业以来解除"), default=0)
    cases = ScaledField(_("本期代偿笔数"), scale=0, default=0)

    class Meta:
        abstract = True


class AmountMeasures(models.Model):
    amount = MoneyField(_("金额"), default=0)

    class Meta:
        abstract = True


class BankMeasures(models.Model):
    """Cooperating banks of a type, and the liability towards them (万元)."""

    number = ScaledField(_("合作家数"), scale=0, default=0)
    liability = MoneyField(_("担保责任余额"), default=0)

    class Meta:
        abstract = True


class HalfYearMeasures(models.Model):
    """The half-yearly form; the item says the unit (万元, 户, 家)."""

    year_start = MoneyField(_("年初"), default=0)
    this_year = MoneyField(_("本年发生额"), default=0)
    closing = MoneyField(_("期末"), default=0)
    sme_year_start = MoneyField(_("其中中小企业：年初"), default=0)
    sme_this_year = MoneyField(_("其中中小企业：本年发生额"), default=0)
    sme_closing = MoneyField(_("其中中小企业：期末"), default=0)

    class Meta:
        abstract = True


class GuaranteeBusiness(ItemFigure, BusinessMeasures):
    class Meta:
        verbose_name = _("担保业务")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [
            one_item_a_document("one_guarantee_business_a_document"),
            models.CheckConstraint(
                name="guarantee_business_is_sound",
                condition=models.Q(opening__gte=0, closing__gte=0, new__gte=0, released__gte=0),
            ),
        ]


class GuaranteeCompensation(ItemFigure, CompensationMeasures):
    class Meta:
        verbose_name = _("担保代偿")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [
            one_item_a_document("one_guarantee_compensation_a_document"),
            models.CheckConstraint(
                name="guarantee_compensation_is_sound",
                condition=models.Q(opening__gte=0, closing__gte=0, compensated__gte=0)
                & models.Q(recovered__gte=0, written_off__gte=0),
            ),
        ]


class GuaranteeAmount(ItemFigure, AmountMeasures):
    class Meta:
        verbose_name = _("担保机构资本与财务")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [one_item_a_document("one_guarantee_amount_a_document")]


class GuaranteeBank(ItemFigure, BankMeasures):
    class Meta:
        verbose_name = _("合作银行")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [
            one_item_a_document("one_guarantee_bank_a_document"),
            models.CheckConstraint(
                name="guarantee_bank_is_sound",
                condition=models.Q(number__gte=0, liability__gte=0),
            ),
        ]


class GuaranteeHalfYear(ItemFigure, HalfYearMeasures):
    class Meta:
        verbose_name = _("融资性担保贷款（半年）")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [one_item_a_document("one_guarantee_half_year_a_document")]


class GuaranteeBusinessSummary(ItemSummary, BusinessMeasures):
    class Meta:
        verbose_name = _("担保业务汇总")
        constraints = [one_item_a_place("one_guarantee_business_summary")]


class GuaranteeCompensationSummary(ItemSummary, CompensationMeasures):
    class Meta:
        verbose_name = _("担保代偿汇总")
        constraints = [one_item_a_place("one_guarantee_compensation_summary")]


class GuaranteeAmountSummary(ItemSummary, AmountMeasures):
    class Meta:
        verbose_name = _("担保机构资本与财务汇总")
        constraints = [one_item_a_place("one_guarantee_amount_summary")]


class GuaranteeBankSummary(ItemSummary, BankMeasures):
    class Meta:
        verbose_name = _("合作银行汇总")
        constraints = [one_item_a_place("one_guarantee_bank_summary")]


class GuaranteeHalfYearSummary(ItemSummary, HalfYearMeasures):
    class Meta:
        verbose_name = _("融资性担保贷款汇总（半年）")
        constraints = [one_item_a_place("one_guarantee_half_year_summary")]
