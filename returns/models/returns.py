"""Returns: one institution's figures for one period, revision by revision."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.documents import Channel
from core.permissions import scope_filter


class ReturnState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已报送")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已接受")
    SUPERSEDED = "superseded", _("已被修订")


class ReturnQuerySet(models.QuerySet):
    def visible_to(self, user: object) -> "ReturnQuerySet":
        """Returns that ``user`` may see; the office does not see drafts' content early."""
        return self.filter(
            scope_filter(user, "return.view", prefecture="institution__prefecture_id")
        )


class Return(models.Model):
    """A return 报表 and where it stands. Its content is its document and that document's lines."""

    institution = models.ForeignKey(
        "core.Institution", models.PROTECT, related_name="returns", verbose_name=_("机构")
    )
    period = models.ForeignKey(
        "core.Period", models.PROTECT, related_name="returns", verbose_name=_("报告期")
    )
    revision = models.PositiveSmallIntegerField(_("版次"), default=1)
    state = models.CharField(
        _("状态"), max_length=10, choices=ReturnState, default=ReturnState.DRAFT, db_index=True
    )
    version = models.PositiveIntegerField(_("版本"), default=1)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    document = models.ForeignKey(
        "core.SourceDocument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="returns",
        verbose_name=_("来源文件"),
    )
    form_version = models.CharField(_("报表版本"), max_length=10)
    line_count = models.PositiveIntegerField(_("行数"), default=0)
    error_count = models.PositiveIntegerField(_("错误数"), default=0)
    warning_count = models.PositiveIntegerField(_("预警数"), default=0)
    unexplained_count = models.PositiveIntegerField(_("待说明数"), default=0)
    key_figures = models.JSONField(_("主要数字"), default=dict, blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("填报人")
    )
    prepared_at = models.DateTimeField(_("填报时间"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("签发人"),
    )
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    receipt_number = models.CharField(_("回执编号"), max_length=40, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审核人"),
    )
    reviewed_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    review_note = models.TextField(_("审核意见"), blank=True)
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("被修订时间"), null=True, blank=True)
    revision_reason = models.CharField(_("修订原因"), max_length=300, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-period__ends_on", "institution__code", "-revision"]
        verbose_name = _("报表")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "period", "revision"], name="one_return_a_revision"
            ),
            models.UniqueConstraint(
                fields=["institution", "period"],
                condition=Q(state="accepted"),
                name="one_accepted_return",
            ),
            models.UniqueConstraint(
                fields=["institution", "period"],
                condition=Q(state__in=["draft", "submitted"]),
                name="one_open_return",
            ),
            models.UniqueConstraint(
                fields=["receipt_number"],
                condition=~Q(receipt_number=""),
                name="receipt_numbers_are_unique",
            ),
            models.CheckConstraint(
                name="nobody_signs_what_they_prepared",
                condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="signed_once_submitted",
                condition=Q(state="draft") | Q(signed_by__isnull=False, document__isnull=False),
            ),
            models.CheckConstraint(
                name="no_errors_once_submitted",
                condition=Q(state="draft") | Q(error_count=0, unexplained_count=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.period} #{self.revision}"

    @property
    def prefecture_id(self) -> int:
        """Whose office reviews it: the prefecture of the institution."""
        return self.institution.prefecture_id
