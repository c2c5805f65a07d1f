"""Events 活动 of the plan: the service year, joint service days, tours, training, the fair."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.entries import runs_forward
from core.models.history import History
from plan.models.units import UnitEntry


class PlanEventKind(models.TextChoices):
    """Kinds that the plan counts, and the others that it names."""

    LAUNCH = "launch", _("服务年启动仪式")
    SERVICE = "service", _("服务年推广活动")
    LOCAL = "local", _("各市、县（区）服务活动")
    JOINT = "joint", _("省市联办服务日")
    TOUR_CITY = "tour_city", _("巡回宣讲（地级以上市）")
    TOUR_BASE = "tour_base", _("巡回宣讲（小企业创业基地）")
    MARKET = "market", _("广货市场开拓活动")
    DIRECTORS = "directors", _("中小企业局长培训班")
    LEADERS = "leaders", _("分管民营经济区（县）领导培训班")
    ROADSHOW = "roadshow", _("融资路演")
    FAIR = "fair", _("中博会活动")
    TECHNOLOGY = "technology", _("技术对接活动")
    OTHER = "other", _("其他活动")


class PlanEvent(UnitEntry):
    """One event that was held, with its place and who took part."""

    CODE_PREFIX = "PV"

    kind = models.CharField(_("类型"), max_length=10, choices=PlanEventKind)
    name = models.CharField(_("活动名称"), max_length=120)
    held_on = models.DateField(_("日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    place = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("举办地市"),
    )
    county = models.ForeignKey(
        "core.County",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("举办县（市、区）"),
    )
    venue = models.CharField(_("地点"), max_length=100, blank=True)
    enterprises = models.PositiveIntegerField(_("参加企业（家）"), null=True, blank=True)
    people = models.PositiveIntegerField(_("参加人次"), null=True, blank=True)
    history = History()

    class Meta(UnitEntry.Meta):
        ordering = ["-held_on", "code"]
        verbose_name = _("计划活动")
        indexes = [models.Index(fields=["kind", "held_on"])]
        constraints = [runs_forward("plan_event_runs_forward", "held_on", "ended_on")]

    def __str__(self) -> str:
        return self.name
