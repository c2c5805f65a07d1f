"""Batches as data, and what happened on the way through them.

A batch is an identity (``Stage``); what it is called and where it stands in order is told by
dated, append-only terms. So renaming or inserting a batch changes no past report.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models.entries import Entry, EntryQuerySet, runs_forward
from core.models.history import History
from core.models.rules import Certainty
from listings.models.enterprises import Board


class KnownQuerySet(EntryQuerySet):
    """Append-only entries, as they were known at a moment."""

    def known(self, known_at: Any = None) -> "KnownQuerySet":
        """Standing entries; with a moment, those recorded by then and not yet voided then."""
        if known_at is None:
            return self.filter(voided_at=None)
        return self.filter(recorded_at__lte=known_at).filter(
            Q(voided_at=None) | Q(voided_at__gt=known_at)
        )


class Stage(Entry):
    """A batch 批次. Without a prefecture it is the province's, else of that city's scheme."""

    CODE_PREFIX = "ST"

    prefecture = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("地市"),
        help_text=_("全省统一的批次不填"),
    )
    listing = models.BooleanField(_("进入即为上市"), default=False)
    name = models.CharField(_("现名称"), max_length=40, blank=True, editable=False)
    name_en = models.CharField(_("现英文名称"), max_length=60, blank=True, editable=False)
    history = History()

    class Meta:
        ordering = ["code"]
        verbose_name = _("批次")

    def __str__(self) -> str:
        return self.name or self.code


class StageTerm(Entry):
    """What a batch is called from a day on, its place in the order, and whether it is in use."""

    CODE_PREFIX = "SN"
    PREFECTURE_PATH = "stage__prefecture_id"

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="terms", verbose_name=_("批次"))
    valid_from = models.DateField(_("起始日期"))
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(
        _("顺序"), help_text=_("小的在前；插入批次时取两者之间的数")
    )
    in_use = models.BooleanField(_("使用"), default=True, help_text=_("不再使用的批次取消勾选"))
    maps_to = models.ForeignKey(
        Stage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mapped_terms",
        verbose_name=_("对应全省批次"),
        help_text=_("只有地市自设的批次填写"),
    )
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    history = History()

    objects = KnownQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "valid_from", "pk"]
        verbose_name = _("批次名称与顺序")

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"

    @property
    def prefecture_id(self) -> int | None:
        """Whose scheme it is of, for permissions."""
        return self.stage.prefecture_id


class EvidenceRequirement(Entry):
    """What must prove that an enterprise entered a batch, from a day to a day."""

    CODE_PREFIX = "ER"
    EDIT = "rule.edit"
    PREFECTURE_PATH = "stage__prefecture_id"

    stage = models.ForeignKey(
        Stage, models.PROTECT, related_name="requirements", verbose_name=_("批次")
    )
    name = models.CharField(_("证明材料"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    valid_from = models.DateField(_("生效"))
    valid_to = models.DateField(_("失效"), null=True, blank=True)
    source = models.CharField(_("依据"), max_length=150, blank=True)
    certainty = models.CharField(
        _("可靠程度"), max_length=1, choices=Certainty, default=Certainty.LOW
    )
    history = History()

    class Meta:
        ordering = ["code"]
        verbose_name = _("进入批次的证明材料")
        constraints = [runs_forward("evidence_rule_runs_forward", "valid_from", "valid_to")]

    def __str__(self) -> str:
        return self.name

    @property
    def prefecture_id(self) -> int | None:
        return self.stage.prefecture_id


class EventKind(models.TextChoices):
    """What may happen on the way; side states are no batches (domain facts 1.2)."""

    ENTER = "enter", _("进入批次")
    LIST = "list", _("上市")
    SUSPEND = "suspend", _("暂停（搁置）")
    SUSPEND_REVIEW = "suspend_review", _("中止审查")
    TERMINATE_REVIEW = "terminate_review", _("终止审查")
    WITHDRAW = "withdraw", _("撤回申报")
    REJECT = "reject", _("未通过（否决）")
    DEFER = "defer", _("暂缓表决")
    RESUME = "resume", _("恢复")
    DROP = "drop", _("退库")
    ACQUIRE = "acquire", _("被并购（借壳）")


class StageEvent(Entry):
    """One thing that happened to an enterprise on its way. Append-only: a mistake is voided."""

    CODE_PREFIX = "SE"
    KNOWN_BY = ("code",)
    PREFECTURE_PATH = "enterprise__prefecture_id"

    enterprise = models.ForeignKey(
        "listings.Enterprise", models.PROTECT, related_name="stage_events", verbose_name=_("企业")
    )
    kind = models.CharField(
        pgettext_lazy("event", "事项"), max_length=16, choices=EventKind, default=EventKind.ENTER
    )
    stage = models.ForeignKey(
        Stage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("批次"),
        help_text=_("只有“进入批次”填写"),
    )
    happened_on = models.DateField(_("日期"))
    reason = models.CharField(
        _("原因"), max_length=200, blank=True, help_text=_("退回、跳过批次及中止类事项须填")
    )
    province_stage = models.ForeignKey(
        Stage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="province_events",
        editable=False,
        verbose_name=_("全省批次"),
    )
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    history = History()

    objects = KnownQuerySet.as_manager()

    class Meta:
        ordering = ["enterprise", "happened_on", "pk"]
        verbose_name = _("批次事项")
        indexes = [
            models.Index(fields=["enterprise", "happened_on"]),
            models.Index(fields=["happened_on"]),
            models.Index(fields=["recorded_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()}"

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise is, for permissions."""
        return self.enterprise.prefecture_id


class StageEvidence(Entry):
    """A document, perhaps with its file, that proves an event; added with it or later."""

    CODE_PREFIX = "EV"
    PREFECTURE_PATH = "event__enterprise__prefecture_id"

    event = models.ForeignKey(
        StageEvent, models.PROTECT, related_name="evidence", verbose_name=_("批次事项")
    )
    requirement = models.ForeignKey(
        EvidenceRequirement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("证明材料"),
        help_text=_("不在要求之列的其他材料不选"),
    )
    document = models.CharField(_("文件名称或文号"), max_length=150)
    dated_on = models.DateField(_("文件日期"), null=True, blank=True)
    history = History()

    class Meta:
        ordering = ["code"]
        verbose_name = _("证明材料")

    def __str__(self) -> str:
        return self.document

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise is, for permissions."""
        return self.event.enterprise.prefecture_id


class EnterpriseChange(Entry):
    """A move, or another change that past reports must not see: new values from a day on."""

    CODE_PREFIX = "EC"
    PREFECTURE_PATH = "enterprise__prefecture_id"
    FIELDS = {
        "prefecture": "new_prefecture",
        "county": "new_county",
        "industry": "new_industry",
        "intended_board": "new_board",
    }

    enterprise = models.ForeignKey(
        "listings.Enterprise", models.PROTECT, related_name="changes", verbose_name=_("企业")
    )
    happened_on = models.DateField(_("日期"))
    new_prefecture = models.ForeignKey(
        "core.Prefecture",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("迁入地市"),
    )
    new_county = models.ForeignKey(
        "core.County",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("迁入县（市、区）"),
    )
    new_industry = models.CharField(_("新行业代码"), max_length=5, blank=True)
    new_board = models.CharField(_("新拟上市板块"), max_length=10, choices=Board, blank=True)
    new_name = models.CharField(_("新名称"), max_length=100, blank=True)
    old_name = models.CharField(_("原名称"), max_length=100, blank=True, editable=False)
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    history = History()

    objects = KnownQuerySet.as_manager()

    class Meta:
        ordering = ["enterprise", "happened_on", "pk"]
        verbose_name = _("企业变更")
        indexes = [models.Index(fields=["enterprise", "happened_on"])]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.happened_on}"

    @property
    def prefecture_id(self) -> int:
        """Where the enterprise is, for permissions."""
        return self.enterprise.prefecture_id
