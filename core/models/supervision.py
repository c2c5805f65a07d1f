"""What supervision keeps about any institution: licences, officers, penalties."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import MoneyField
from core.models.entries import InstitutionEntry, runs_forward
from core.models.history import History
from core.models.institutions import InstitutionKind

# Those that the finance office itself supervises; banks have their own supervisor.
SUPERVISED = (
    InstitutionKind.MICROLOAN_COMPANY.value,
    InstitutionKind.GUARANTEE_AGENCY.value,
    InstitutionKind.REGUARANTEE_COMPANY.value,
)


class LicenceKind(models.TextChoices):
    OPERATING = "operating", _("经营许可证")
    BUSINESS = "business", _("营业执照")
    OTHER = "other", _("其他许可")


class LicenceEnd(models.TextChoices):
    REPLACED = "replaced", _("换发")
    RETURNED = "returned", _("交回")
    REVOKED = "revoked", _("吊销")


class Licence(InstitutionEntry):
    """A licence with its validity. What follows it is a new entry, so that the past stays."""

    CODE_PREFIX = "LC"
    EXPECTED_KINDS = SUPERVISED

    kind = models.CharField(
        _("证照"), max_length=10, choices=LicenceKind, default=LicenceKind.OPERATING
    )
    number = models.CharField(_("证号"), max_length=60)
    scope = models.TextField(_("业务范围"), blank=True)
    issued_by = models.CharField(_("发证机关"), max_length=60, blank=True)
    issued_on = models.DateField(_("发证日期"))
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    ended_on = models.DateField(_("提前终止日期"), null=True, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=10, choices=LicenceEnd, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["institution__code", "-issued_on"]
        verbose_name = _("证照")
        constraints = [runs_forward("licence_runs_forward", "issued_on", "valid_until")]

    def __str__(self) -> str:
        return f"{self.institution} {self.number}"


class OfficerPost(models.TextChoices):
    CHAIR = "chair", _("董事长（执行董事）")
    GENERAL_MANAGER = "general_manager", _("总经理")
    DEPUTY = "deputy", _("副总经理")
    RISK = "risk", _("风险总监")
    FINANCE = "finance", _("财务负责人")
    SUPERVISOR = "supervisor", _("监事")
    OTHER = "other", _("其他高管")


class Officer(InstitutionEntry):
    """A director or senior manager. No identity card number is ever kept."""

    CODE_PREFIX = "OF"
    EXPECTED_KINDS = SUPERVISED

    name = models.CharField(_("姓名"), max_length=40)
    post = models.CharField(_("职务"), max_length=20, choices=OfficerPost)
    appointed_on = models.DateField(_("任职日期"))
    left_on = models.DateField(_("离任日期"), null=True, blank=True)
    document_number = models.CharField(_("任职资格文号"), max_length=60, blank=True)
    experience_years = models.PositiveSmallIntegerField(_("金融从业年限"), null=True, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["institution__code", "-appointed_on"]
        verbose_name = _("高管人员")
        constraints = [runs_forward("officer_runs_forward", "appointed_on", "left_on")]

    def __str__(self) -> str:
        return f"{self.name} {self.get_post_display()}"


class PenaltyMeasure(models.TextChoices):
    WARNING = "warning", _("警告")
    ORDER = "order", _("责令改正")
    FINE = "fine", _("罚款")
    SUSPENSION = "suspension", _("责令停业")
    REVOCATION = "revocation", _("吊销许可")
    TALK = "talk", _("监管约谈")


class Penalty(InstitutionEntry):
    """A penalty or supervisory measure, and when it was carried out."""

    CODE_PREFIX = "PN"
    EXPECTED_KINDS = SUPERVISED

    decided_on = models.DateField(_("决定日期"))
    decided_by = models.CharField(_("决定机关"), max_length=60)
    document_number = models.CharField(_("决定文号"), max_length=60, blank=True)
    measure = models.CharField(_("措施"), max_length=12, choices=PenaltyMeasure)
    ground = models.CharField(_("事由"), max_length=300)
    amount = MoneyField(_("罚款（万元）"), null=True, blank=True)
    carried_out_on = models.DateField(_("执行完毕日期"), null=True, blank=True)
    history = History()

    class Meta(InstitutionEntry.Meta):
        ordering = ["-decided_on", "code"]
        verbose_name = _("处罚与监管措施")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.decided_on} {self.get_measure_display()}"
