"""Credit ratings 信用评级 of guarantee agencies and, apart from them, supervisory grades."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.entries import InstitutionEntry, runs_forward
from core.models.history import History

KINDS = ("guarantee_agency", "reguarantee_company")


class RatingTier(models.IntegerChoices):
    FIRST = 1, _("一等")
    SECOND = 2, _("二等")
    THIRD = 3, _("三等")


class RatingGrade(models.Model):
    """A step of the scale; a lower rank is a better grade (银发〔2006〕95号, JR/T 0030)."""

    code = models.CharField(_("等级"), max_length=6, unique=True)
    rank = models.PositiveSmallIntegerField(_("序"), unique=True)
    tier = models.PositiveSmallIntegerField(_("等"), choices=RatingTier)
    meaning = models.CharField(_("含义"), max_length=60)
    meaning_en = models.CharField(_("英文含义"), max_length=80)
    active = models.BooleanField(_("启用"), default=True)

    class Meta:
        ordering = ["rank"]
        verbose_name = _("评级等级")

    def __str__(self) -> str:
        return self.code


class RatingSubject(models.TextChoices):
    ISSUER = "issuer", _("主体")
    ISSUE = "issue", _("债项")


class Outlook(models.TextChoices):
    POSITIVE = "positive", _("正面")
    STABLE = "stable", _("稳定")
    NEGATIVE = "negative", _("负面")
    WATCH = "watch", _("列入观察")


class CreditRating(InstitutionEntry):
    """One rating; the next one is a new entry, so that the past stays."""

    CODE_PREFIX = "CR"
    INSTITUTION_KINDS = KINDS

    rating_agency = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("评级机构（已登记）"),
    )
    rating_agency_name = models.CharField(_("评级机构名称"), max_length=100, blank=True)
    subject = models.CharField(
        _("评级对象"), max_length=6, choices=RatingSubject, default=RatingSubject.ISSUER
    )
    grade = models.ForeignKey(RatingGrade, models.PROTECT, related_name="+", verbose_name=_("等级"))
    outlook = models.CharField(_("展望"), max_length=8, choices=Outlook, default=Outlook.STABLE)
    rated_on = models.DateField(_("评级日期"))
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    report_number = models.CharField(_("报告编号"), max_length=60, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["institution__code", "-rated_on"]
        verbose_name = _("信用评级")
        constraints = [runs_forward("credit_rating_runs_forward", "rated_on", "valid_until")]
        indexes = [models.Index(fields=["institution", "-rated_on"])]

    def __str__(self) -> str:
        return f"{self.institution} {self.grade} {self.rated_on}"


class SupervisoryGrade(InstitutionEntry):
    """A supervisor's own grade 监管评级 of a year: another thing than a credit rating."""

    CODE_PREFIX = "SG"
    INSTITUTION_KINDS = ("guarantee_agency", "reguarantee_company", "microloan_company")

    year = models.PositiveSmallIntegerField(_("年度"))
    scheme = models.CharField(_("评价办法"), max_length=100, blank=True)
    grade = models.CharField(_("监管等级"), max_length=10)
    decided_on = models.DateField(_("评定日期"))
    decided_by = models.CharField(_("评定机关"), max_length=60, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["institution__code", "-year"]
        verbose_name = _("监管评级")

    def __str__(self) -> str:
        return f"{self.institution} {self.year} {self.grade}"
