"""Training of agencies' middle and senior managers 中高层培训, with who attended (plan F15)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.entries import InstitutionEntry, PlacedEntry, runs_forward
from core.models.history import History
from core.models.supervision import OfficerPost


class CourseTopic(models.TextChoices):
    LAW = "law", _("法规与监管")
    RISK = "risk", _("风险管理")
    BUSINESS = "business", _("业务操作")
    FINANCE = "finance", _("财务会计")
    OTHER = "other", _("其他")


class TrainingCourse(PlacedEntry):
    """A course for managers; without a prefecture the province held it."""

    CODE_PREFIX = "TC"

    name = models.CharField(_("培训班名称"), max_length=100)
    topic = models.CharField(_("主题"), max_length=8, choices=CourseTopic, default=CourseTopic.LAW)
    organiser = models.CharField(_("主办单位"), max_length=100, blank=True)
    venue = models.CharField(_("地点"), max_length=100, blank=True)
    started_on = models.DateField(_("开班日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(_("学时"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("名额（人）"), null=True, blank=True)
    history = History()

    class Meta(PlacedEntry.Meta):
        ordering = ["-started_on", "code"]
        verbose_name = _("培训班")
        constraints = [runs_forward("training_runs_forward", "started_on", "ended_on")]

    def __str__(self) -> str:
        return self.name


class Attendance(InstitutionEntry):
    """A manager of an institution at a course. No identity card number is ever kept."""

    CODE_PREFIX = "AT"

    course = models.ForeignKey(
        TrainingCourse, models.PROTECT, related_name="attendances", verbose_name=_("培训班")
    )
    person = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务"), max_length=20, choices=OfficerPost)
    completed = models.BooleanField(_("结业"), default=False)
    certificate_number = models.CharField(_("证书编号"), max_length=60, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["course__code", "institution__code", "code"]
        verbose_name = _("培训人员")
        constraints = [
            models.UniqueConstraint(
                name="attendance_once",
                fields=["course", "institution", "person"],
                condition=models.Q(voided_at=None),
                violation_error_message=_("该人员已在这个培训班名单中。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.course}"
