"""The columns of ``sme-loans`` figures, shared by lines and summaries."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField


class LoanMeasures(models.Model):
    """Measures of one line (domain facts 4.4). Money in 万元, ``interest`` with 4 decimals."""

    balance = MoneyField(_("期末余额"), default=0)
    year_start = MoneyField(_("年初余额"), default=0)
    unsecured = MoneyField(_("信用"), default=0)
    guaranteed = MoneyField(_("保证"), default=0)
    mortgaged = MoneyField(_("抵押"), default=0)
    pledged = MoneyField(_("质押"), default=0)
    short_term = MoneyField(_("短期"), default=0)
    long_term = MoneyField(_("中长期"), default=0)
    normal = MoneyField(_("正常"), default=0)
    special_mention = MoneyField(_("关注"), default=0)
    substandard = MoneyField(_("次级"), default=0)
    doubtful = MoneyField(_("可疑"), default=0)
    loss = MoneyField(_("损失"), default=0)
    npl = MoneyField(_("不良"), default=0)
    granted_period = MoneyField(_("本期发放"), default=0)
    granted_year = MoneyField(_("本年累计发放"), default=0)
    interest = ScaledField(_("新发放年利息额"), scale=4, default=0)
    borrowers = models.BigIntegerField(_("有余额户数"), default=0)
    applicants = models.BigIntegerField(_("申请户数"), default=0)
    approved = models.BigIntegerField(_("获贷户数"), default=0)

    class Meta:
        abstract = True


LINE_MEASURES = tuple(field.name for field in LoanMeasures._meta.fields)


class TotalMeasures(models.Model):
    """Measures of one total of a prefecture, beside which SME loans are read. Money in 万元."""

    all_loans = MoneyField(_("各项贷款余额"), default=0)
    all_year_start = MoneyField(_("各项贷款年初余额"), default=0)
    all_npl = MoneyField(_("各项贷款不良余额"), default=0)
    enterprise_loans = MoneyField(_("企业贷款余额"), default=0)

    class Meta:
        abstract = True


TOTAL_MEASURES = tuple(field.name for field in TotalMeasures._meta.fields)
