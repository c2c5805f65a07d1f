"""What brings money to small firms: service points, cooperation platforms, financing events."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField
from core.models.entries import Entry, EntryQuerySet, PlacedEntry, runs_forward
from core.models.history import History
from core.models.institutions import BANK_KINDS


def existing(first: str, last: str, day: datetime.date) -> Q:
    """The condition that a thing existed on ``day``; from the day of its end it does not."""
    return Q(**{f"{first}__lte": day}) & (Q(**{last: None}) | Q(**{f"{last}__gt": day}))


class ServicePointKind(models.TextChoices):
    OUTLET = "outlet", _("分支网点")
    SME_CENTRE = "sme_centre", _("中小企业融资服务中心")


class ServicePointQuerySet(EntryQuerySet):
    def open_on(self, day: datetime.date) -> "ServicePointQuerySet":
        return self.standing().filter(existing("opened_on", "closed_on", day))


class ServicePoint(PlacedEntry):
    """An outlet of a bank or its centre for the financing of small firms (plan F01).

    It is where it stands, which need not be where its bank has its seat.
    """

    CODE_PREFIX = "SP"
    INSTITUTION_PATH = "institution_id"
    INSTITUTION_KINDS = BANK_KINDS

    institution = models.ForeignKey(
        "core.Institution", models.PROTECT, related_name="service_points", verbose_name=_("银行")
    )
    kind = models.CharField(
        _("类别"), max_length=10, choices=ServicePointKind, default=ServicePointKind.OUTLET
    )
    name = models.CharField(_("名称"), max_length=100)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    opened_on = models.DateField(_("开业日期"))
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)
    staff = models.PositiveIntegerField(_("人员（人）"), null=True, blank=True)
    history = History()

    objects = ServicePointQuerySet.as_manager()

    class Meta(PlacedEntry.Meta):
        ordering = ["institution__code", "opened_on"]
        verbose_name = _("服务网点")
        constraints = [
            runs_forward("service_point_runs_forward", "opened_on", "closed_on"),
            models.CheckConstraint(
                name="service_point_has_a_prefecture", condition=Q(prefecture__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlatformKind(models.TextChoices):
    PARK = "park", _("工业园区平台")
    CLUSTER = "cluster", _("产业集群平台")
    ELECTRONIC = "electronic", _("网上融资平台")
    TECHNOLOGY = "technology", _("技术创新投融资平台")


class PlatformQuerySet(EntryQuerySet):
    def open_on(self, day: datetime.date) -> "PlatformQuerySet":
        return self.standing().filter(existing("established_on", "ended_on", day))


class CooperationPlatform(PlacedEntry):
    """A platform on which firms of a park or cluster meet their banks (plan F04, F05)."""

    CODE_PREFIX = "CP"

    name = models.CharField(_("平台名称"), max_length=100)
    kind = models.CharField(
        _("类别"), max_length=10, choices=PlatformKind, default=PlatformKind.PARK
    )
    park = models.CharField(_("园区或产业集群"), max_length=100, blank=True)
    operator = models.CharField(_("运营单位"), max_length=100, blank=True)
    established_on = models.DateField(_("成立日期"))
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)
    banks = models.PositiveIntegerField(_("合作银行（家）"), null=True, blank=True)
    members = models.PositiveIntegerField(_("成员企业（户）"), null=True, blank=True)
    history = History()

    objects = PlatformQuerySet.as_manager()

    class Meta(PlacedEntry.Meta):
        verbose_name = _("融资服务合作平台")
        constraints = [runs_forward("platform_runs_forward", "established_on", "ended_on")]

    def __str__(self) -> str:
        return self.name


class Span(models.TextChoices):
    """The part of a year that a platform's figures are of."""

    FIRST_HALF = "H1", _("上半年")
    SECOND_HALF = "H2", _("下半年")
    YEAR = "Y", _("全年")


class PlatformResult(Entry):
    """What a platform did in a half-year or year; amounts in 万元, of that time only."""

    CODE_PREFIX = "PR"
    PREFECTURE_PATH = "platform__prefecture_id"

    platform = models.ForeignKey(
        CooperationPlatform, models.PROTECT, related_name="results", verbose_name=_("平台")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    span = models.CharField(_("期间"), max_length=2, choices=Span, default=Span.YEAR)
    served = models.PositiveIntegerField(_("服务企业（户）"))
    financed = models.PositiveIntegerField(_("获得融资企业（户）"))
    amount = MoneyField(_("融资金额（万元）"))
    history = History()

    class Meta(Entry.Meta):
        ordering = ["platform__code", "year", "span"]
        verbose_name = _("平台成效")
        constraints = [
            models.UniqueConstraint(
                name="platform_result_once",
                fields=["platform", "year", "span"],
                condition=Q(voided_at=None),
            ),
            models.CheckConstraint(
                name="platform_result_financed_were_served",
                condition=Q(financed__lte=models.F("served")),
            ),
            models.CheckConstraint(
                name="platform_result_amount_not_negative", condition=Q(amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.year} {self.get_span_display()}"

    @property
    def prefecture_id(self) -> int | None:
        """Where the platform is, for permissions."""
        return self.platform.prefecture_id


class EventKind(models.TextChoices):
    MATCHMAKING = "matchmaking", _("政银企对接会")
    FAIR = "fair", _("融资洽谈会")
    TECHNOLOGY = "technology", _("技术创新投融资对接会")
    BRIEFING = "briefing", _("融资宣讲培训")
    OTHER = "other", _("其他")


class FinancingEvent(PlacedEntry):
    """An event at which firms and banks met, and what was signed there (plan F05)."""

    CODE_PREFIX = "FE"

    name = models.CharField(_("活动名称"), max_length=100)
    kind = models.CharField(
        _("类别"), max_length=12, choices=EventKind, default=EventKind.MATCHMAKING
    )
    held_on = models.DateField(_("举办日期"))
    venue = models.CharField(_("地点"), max_length=100, blank=True)
    organiser = models.CharField(_("主办单位"), max_length=100, blank=True)
    enterprises = models.PositiveIntegerField(_("参加企业（户）"), null=True, blank=True)
    banks = models.PositiveIntegerField(_("参加金融机构（家）"), null=True, blank=True)
    enterprises_signed = models.PositiveIntegerField(_("签约企业（户）"), null=True, blank=True)
    amount_signed = MoneyField(_("签约金额（万元）"), null=True, blank=True)
    history = History()

    class Meta(PlacedEntry.Meta):
        ordering = ["-held_on", "code"]
        verbose_name = _("融资对接活动")
        constraints = [
            models.CheckConstraint(
                name="financing_event_amount_not_negative",
                condition=Q(amount_signed=None) | Q(amount_signed__gte=0),
            )
        ]

    def __str__(self) -> str:
        return self.name


class EventDrawing(Entry):
    """How much of what an event signed was really lent by a day: cumulative, in 万元."""

    CODE_PREFIX = "ED"
    PREFECTURE_PATH = "event__prefecture_id"

    event = models.ForeignKey(
        FinancingEvent, models.PROTECT, related_name="drawings", verbose_name=_("活动")
    )
    as_of = models.DateField(_("截至"))
    enterprises = models.PositiveIntegerField(_("累计到位企业（户）"), null=True, blank=True)
    amount = MoneyField(_("累计到位金额（万元）"))
    history = History()

    class Meta(Entry.Meta):
        ordering = ["event__code", "as_of"]
        verbose_name = _("签约到位情况")
        constraints = [
            models.UniqueConstraint(
                name="event_drawing_once", fields=["event", "as_of"], condition=Q(voided_at=None)
            ),
            models.CheckConstraint(
                name="event_drawing_amount_not_negative", condition=Q(amount__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.as_of}"

    @property
    def prefecture_id(self) -> int | None:
        """Where the event was, for permissions."""
        return self.event.prefecture_id
