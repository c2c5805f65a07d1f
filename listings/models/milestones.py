"""Milestones of a listing: filing, acceptance, review, issue, listing or quotation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField, ScaledField
from core.models.entries import Entry
from core.models.history import History
from listings.models.enterprises import Board


class Milestone(models.TextChoices):
    """Steps of every regime; which of them a board takes, and in what order, is data."""

    ENGAGED = "engaged", _("聘请中介机构")
    CONVERTED = "converted", _("股份公司设立")
    TUTORING_FILED = "tutoring_filed", _("辅导备案")
    TUTORING_PASSED = "tutoring_passed", _("辅导验收")
    APPROVED_BY_HOLDERS = "approved_by_holders", _("股东大会批准")
    ACCEPTED = "accepted", _("受理")
    MEETING = "meeting", _("见面会")
    QUESTIONING = "questioning", _("问核")
    FEEDBACK = "feedback", _("反馈会")
    DISCLOSED = "disclosed", _("预先披露")
    PRELIMINARY = "preliminary", _("初审会")
    INQUIRY = "inquiry", _("审核问询")
    COMMITTEE = "committee", _("发审会")
    LISTING_COMMITTEE = "listing_committee", _("上市委审议")
    SEALED = "sealed", _("封卷")
    APPROVED = "approved", _("核准批文")
    REGISTERED = "registered", _("注册生效")
    HEARING = "hearing", _("聆讯")
    ISSUED = "issued", _("发行")
    QUOTED = "quoted", _("挂牌")
    LISTED = "listed", _("上市")


class MilestoneResult(models.TextChoices):
    PASSED = "passed", _("通过")
    REJECTED = "rejected", _("未通过")
    DEFERRED = "deferred", _("暂缓表决")
    CANCELLED = "cancelled", _("取消审核")


class ListingMilestone(Entry):
    """One milestone of an enterprise on a board, with its document; an issue has its amounts."""

    CODE_PREFIX = "LM"
    PREFECTURE_PATH = "enterprise__prefecture_id"

    enterprise = models.ForeignKey(
        "listings.Enterprise", models.PROTECT, related_name="milestones", verbose_name=_("企业")
    )
    board = models.CharField(_("板块"), max_length=10, choices=Board)
    milestone = models.CharField(_("里程碑"), max_length=20, choices=Milestone)
    happened_on = models.DateField(_("日期"))
    result = models.CharField(_("结果"), max_length=10, choices=MilestoneResult, blank=True)
    authority = models.CharField(_("机关或机构"), max_length=60, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    security_code = models.CharField(_("证券代码"), max_length=10, blank=True)
    security_name = models.CharField(_("证券简称"), max_length=20, blank=True)
    issue_price = ScaledField(_("发行价（元）"), null=True, blank=True, scale=4)
    shares = ScaledField(_("发行股数（万股）"), null=True, blank=True, scale=4)
    raised = MoneyField(_("募集资金总额（万元）"), null=True, blank=True)
    raised_net = MoneyField(_("募集资金净额（万元）"), null=True, blank=True)
    history = History()

    class Meta:
        ordering = ["enterprise", "happened_on", "pk"]
        verbose_name = _("上市里程碑")
        indexes = [
            models.Index(fields=["enterprise", "happened_on"]),
            models.Index(fields=["milestone", "happened_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="milestone_amounts_are_sound",
                condition=(Q(issue_price=None) | Q(issue_price__gt=0))
                & (Q(shares=None) | Q(shares__gt=0))
                & (Q(raised=None) | Q(raised__gt=0))
                & (Q(raised_net=None) | Q(raised_net__gte=0)),
                violation_error_message=_("发行价、股数和募集资金应大于 0。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_milestone_display()}"

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise is, for permissions."""
        return self.enterprise.prefecture_id
