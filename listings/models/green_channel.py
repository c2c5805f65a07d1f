"""The green channel 绿色通道: what an enterprise needs from a department on its way to a listing.

A case and what happened to it are recorded; its clocks follow (``listings.rules.clock``).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.entries import Entry, EntryQuerySet
from core.models.history import History


class Issue(models.TextChoices):
    """Kinds of issue (domain facts 1.5)."""

    ORIGINS = "origins", _("历史沿革确认")
    PROPERTY = "property", _("土地、房产权证")
    COMPLIANCE = "compliance", _("税务、社保、公积金、环保、安监合规证明")
    PUBLIC_ASSETS = "public_assets", _("集体或国有产权确认")
    FOREIGN = "foreign", _("外资审批")
    PROJECTS = "projects", _("募投项目备案、环评、用地")
    OTHER = "other", _("其他")


class GreenChannelCase(Entry):
    """An issue that one department promised to settle within so many working days."""

    CODE_PREFIX = "GC"
    VIEW = "green-channel.view"
    EDIT = "green-channel.edit"
    DEPARTMENT_PATH = "department__name"

    enterprise = models.ForeignKey(
        "listings.Enterprise",
        models.PROTECT,
        related_name="green_channel_cases",
        verbose_name=_("企业"),
    )
    prefecture = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("地市"),
        help_text=_("受理时企业所在地市"),
    )
    issue = models.CharField(_("事项类型"), max_length=16, choices=Issue)
    subject = models.CharField(_("事由"), max_length=200)
    department = models.ForeignKey(
        "core.Department",
        models.PROTECT,
        related_name="green_channel_cases",
        verbose_name=_("责任部门"),
    )
    opened_on = models.DateField(_("受理日期"))
    promised_days = models.PositiveSmallIntegerField(
        _("承诺时限（工作日）"),
        blank=True,
        null=True,
        help_text=_("不填则按当日的规则参数；受理当日不计"),
    )
    history = History()

    class Meta(Entry.Meta):
        ordering = ["-opened_on", "code"]
        verbose_name = _("绿色通道事项")
        indexes = [models.Index(fields=["opened_on"])]
        constraints = [
            models.CheckConstraint(
                name="green_channel_promise_in_range",
                condition=Q(promised_days__gte=1, promised_days__lte=250),
                violation_error_message=_("承诺时限应为 1 至 250 个工作日。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"

    @property
    def department_name(self) -> str:
        """Whose case it is, for permissions."""
        return self.department.name


class CaseAct(models.TextChoices):
    ANSWER = "answer", _("答复")
    WAIT = "wait", _("待企业补充（停止计时）")
    RESUME = "resume", _("企业已补充（恢复计时）")
    CLOSE = "close", _("办结")
    REOPEN = "reopen", _("重新办理")


class CaseResult(models.TextChoices):
    SOLVED = "solved", _("已解决")
    PARTLY = "partly", _("部分解决")
    REFUSED = "refused", _("不予办理")
    WITHDRAWN = "withdrawn", _("企业撤回")


class CaseEventQuerySet(EntryQuerySet):
    def in_order(self) -> "CaseEventQuerySet":
        """By day; on one day as they were recorded."""
        return self.order_by("happened_on", "pk")


class CaseEvent(Entry):
    """One thing that happened to a case. Append-only: a mistake is voided."""

    CODE_PREFIX = "GE"
    VIEW = "green-channel.view"
    EDIT = "green-channel.answer"
    VOID = "green-channel.edit"
    PREFECTURE_PATH = "case__prefecture_id"
    DEPARTMENT_PATH = "case__department__name"

    case = models.ForeignKey(
        GreenChannelCase,
        models.PROTECT,
        related_name="events",
        verbose_name=_("绿色通道事项"),
    )
    act = models.CharField(_("办理"), max_length=8, choices=CaseAct)
    happened_on = models.DateField(_("日期"))
    result = models.CharField(
        _("结果"), max_length=10, choices=CaseResult, blank=True, help_text=_("只有办结填写")
    )
    document_number = models.CharField(_("会议纪要、复函文号"), max_length=60, blank=True)
    days = models.PositiveSmallIntegerField(
        _("重新承诺的工作日"),
        null=True,
        blank=True,
        help_text=_("只有重新办理填写；不填则用剩余的时限"),
    )
    text = models.TextField(_("内容或原因"), blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    history = History()

    objects = CaseEventQuerySet.as_manager()

    class Meta(Entry.Meta):
        ordering = ["case", "happened_on", "pk"]
        verbose_name = _("办理记录")
        indexes = [models.Index(fields=["case", "happened_on"])]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_act_display()}"

    @property
    def prefecture_id(self) -> int:
        """Where the case is, for permissions."""
        return self.case.prefecture_id

    @property
    def department_name(self) -> str:
        """Whose case it is, for permissions."""
        return self.case.department_name


class CaseClock(models.Model):
    """How a case stood from ``since`` on: written anew with its events, never by hand.

    ``place`` 0 is the opening, the others follow the events in their order.
    """

    case = models.ForeignKey(
        GreenChannelCase, models.CASCADE, related_name="clocks", verbose_name=_("绿色通道事项")
    )
    place = models.PositiveSmallIntegerField(_("顺序"))
    since = models.DateField(_("起"))
    state = models.CharField(_("状态"), max_length=8)
    due_on = models.DateField(_("应办结日期"), null=True)
    used = models.PositiveSmallIntegerField(_("已用工作日"))
    left = models.IntegerField(_("剩余工作日"))
    passed = models.BooleanField(_("曾逾期"), default=False)

    class Meta:
        ordering = ["case", "place"]
        verbose_name = _("绿色通道计时")
        constraints = [models.UniqueConstraint(name="one_clock_a_place", fields=["case", "place"])]
        indexes = [models.Index(fields=["case", "since"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.since} {self.state}"
