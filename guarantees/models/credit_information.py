"""Credit information 征信: evaluation of small firms, the platform, coverage (plan F17)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.entries import PlacedEntry, runs_forward
from core.models.history import History


class EvaluationScheme(PlacedEntry):
    """How a place evaluates the credit of small and micro firms 小微企业信用评价."""

    CODE_PREFIX = "ES"

    name = models.CharField(_("评价办法"), max_length=100)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    evaluator = models.CharField(_("评价组织"), max_length=100, blank=True)
    grades = models.CharField(
        _("等级"), max_length=100, blank=True, help_text=_("由高到低，用顿号分开，如 A、B、C")
    )
    started_on = models.DateField(_("实施日期"))
    ended_on = models.DateField(_("停止日期"), null=True, blank=True)
    history = History()

    class Meta(PlacedEntry.Meta):
        ordering = ["-started_on", "code"]
        verbose_name = _("信用评价办法")
        constraints = [runs_forward("evaluation_runs_forward", "started_on", "ended_on")]

    def __str__(self) -> str:
        return self.name


class ParticipantKind(models.TextChoices):
    DEPARTMENT = "department", _("政府部门")
    BANK = "bank", _("银行")
    MICROLOAN = "microloan", _("小额贷款公司")
    GUARANTEE = "guarantee", _("担保机构")
    UTILITY = "utility", _("公用事业单位")
    OTHER = "other", _("其他")


class PlatformAccess(models.TextChoices):
    PROVIDES = "provides", _("报送")
    QUERIES = "queries", _("查询")
    BOTH = "both", _("报送和查询")


class PlatformParticipant(PlacedEntry):
    """Who takes part in the unified credit platform 统一征信平台, from a day to a day."""

    CODE_PREFIX = "PP"
    INSTITUTION_PATH = "institution_id"

    name = models.CharField(
        _("单位名称"), max_length=100, blank=True, help_text=_("已登记的机构不填")
    )
    institution = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credit_platform_entries",
        verbose_name=_("机构（已登记）"),
    )
    kind = models.CharField(_("单位类别"), max_length=10, choices=ParticipantKind)
    access = models.CharField(
        _("接入方式"), max_length=8, choices=PlatformAccess, default=PlatformAccess.BOTH
    )
    joined_on = models.DateField(_("接入日期"))
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    history = History()

    class Meta(PlacedEntry.Meta):
        verbose_name = _("征信平台接入单位")
        constraints = [
            runs_forward("platform_participant_runs_forward", "joined_on", "left_on"),
            models.CheckConstraint(
                name="platform_participant_is_somebody",
                condition=Q(institution__isnull=False) | ~Q(name=""),
                violation_error_message=_("请选择已登记的机构，或填写名称。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.institution) if self.institution_id else self.name


class CreditCoverage(PlacedEntry):
    """How many small firms of a prefecture have a credit file, were evaluated, got money.

    Counts (户) stand on the day: ``filed``, ``evaluated`` and ``financed`` are of
    ``enterprises``, and only those evaluated count as financed after evaluation.
    """

    CODE_PREFIX = "CV"

    counted_on = models.DateField(_("统计日期"))
    scheme = models.ForeignKey(
        EvaluationScheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coverages",
        verbose_name=_("信用评价办法"),
    )
    enterprises = models.PositiveIntegerField(_("小微企业（户）"))
    filed = models.PositiveIntegerField(_("建立信用档案（户）"))
    evaluated = models.PositiveIntegerField(_("已评价（户）"))
    financed = models.PositiveIntegerField(_("评价后获得贷款（户）"), default=0)
    history = History()

    class Meta(PlacedEntry.Meta):
        ordering = ["-counted_on", "prefecture__display_order"]
        verbose_name = _("信用评价覆盖")
        constraints = [
            models.CheckConstraint(
                name="credit_coverage_has_a_prefecture",
                condition=Q(prefecture__isnull=False),
                violation_error_message=_("请选择地市。"),
            ),
            models.UniqueConstraint(
                name="credit_coverage_once",
                fields=["prefecture", "counted_on"],
                condition=Q(voided_at=None),
                violation_error_message=_("该地市这一天已经填过。"),
            ),
            models.CheckConstraint(
                name="credit_coverage_counts_fit",
                condition=Q(filed__lte=F("enterprises"))
                & Q(evaluated__lte=F("enterprises"))
                & Q(financed__lte=F("evaluated")),
                violation_error_message=_(
                    "建档和已评价户数不能大于小微企业户数，评价后获贷户数不能大于已评价户数。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefecture} {self.counted_on}"
