"""Figures of ``microloan`` as filed, and their sums by prefecture. Rows are items."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.figures import ItemFigure, ItemSummary, one_item_a_document, one_item_a_place
from finance.rules.microloan_items import MAY_BE_NEGATIVE


class BalanceMeasures(models.Model):
    """Loans at the month's end. Money in 万元."""

    balance = MoneyField(_("月末余额"), default=0)
    number = ScaledField(_("笔数"), scale=0, default=0)

    class Meta:
        abstract = True


class FlowMeasures(models.Model):
    """What was granted and collected, in the month and since January. Money in 万元."""

    granted = MoneyField(_("当月发放"), default=0)
    collected = MoneyField(_("当月收回"), default=0)
    granted_year = MoneyField(_("当年累放"), default=0)
    collected_year = MoneyField(_("当年累收"), default=0)

    class Meta:
        abstract = True


class AmountMeasures(models.Model):
    """Capital, funds and accounts. Money in 万元."""

    amount = MoneyField(_("金额"), default=0)

    class Meta:
        abstract = True


class IndicatorMeasures(models.Model):
    """Rates (%) and numbers; the item says which."""

    value = ScaledField(_("数值"), scale=4, default=0)

    class Meta:
        abstract = True


class MicroloanBalance(ItemFigure, BalanceMeasures):
    class Meta:
        verbose_name = _("小额贷款余额")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [
            one_item_a_document("one_microloan_balance_a_document"),
            models.CheckConstraint(
                name="microloan_balance_is_sound",
                condition=models.Q(balance__gte=0, number__gte=0),
            ),
        ]


class MicroloanFlow(ItemFigure, FlowMeasures):
    class Meta:
        verbose_name = _("小额贷款发放与收回")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [
            one_item_a_document("one_microloan_flow_a_document"),
            models.CheckConstraint(
                name="microloan_flow_is_sound",
                condition=models.Q(granted__gte=0, collected__gte=0)
                & models.Q(granted_year__gte=models.F("granted"))
                & models.Q(collected_year__gte=models.F("collected")),
            ),
        ]


class MicroloanAmount(ItemFigure, AmountMeasures):
    class Meta:
        verbose_name = _("小额贷款公司资本与财务")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [
            one_item_a_document("one_microloan_amount_a_document"),
            models.CheckConstraint(
                name="microloan_amount_is_sound",
                condition=models.Q(amount__gte=0) | models.Q(item__in=MAY_BE_NEGATIVE),
            ),
        ]


class MicroloanIndicator(ItemFigure, IndicatorMeasures):
    class Meta:
        verbose_name = _("小额贷款公司利率与数目")
        indexes = [models.Index(fields=["period", "item"])]
        constraints = [
            one_item_a_document("one_microloan_indicator_a_document"),
            models.CheckConstraint(
                name="microloan_indicator_is_sound", condition=models.Q(value__gte=0)
            ),
        ]


class MicroloanBalanceSummary(ItemSummary, BalanceMeasures):
    class Meta:
        verbose_name = _("小额贷款余额汇总")
        constraints = [one_item_a_place("one_microloan_balance_summary")]


class MicroloanFlowSummary(ItemSummary, FlowMeasures):
    class Meta:
        verbose_name = _("小额贷款发放与收回汇总")
        constraints = [one_item_a_place("one_microloan_flow_summary")]


class MicroloanAmountSummary(ItemSummary, AmountMeasures):
    class Meta:
        verbose_name = _("小额贷款公司资本与财务汇总")
        constraints = [one_item_a_place("one_microloan_amount_summary")]


class MicroloanIndicatorSummary(ItemSummary, IndicatorMeasures):
    """Sums that mean something for numbers alone; rates are never added up in a report."""

    class Meta:
        verbose_name = _("小额贷款公司数目汇总")
        constraints = [one_item_a_place("one_microloan_indicator_summary")]
