"""People who sign in, and the eight roles."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.history import History


class Role(models.TextChoices):
    PROVINCE_STAFF = "province_staff", _("省金融办工作人员")
    PREFECTURE_STAFF = "prefecture_staff", _("市金融局工作人员")
    DEPARTMENT_STAFF = "department_staff", _("省直部门工作人员")
    PREPARER = "preparer", _("填报人")
    SIGNATORY = "signatory", _("签发人")
    LEADER = "leader", _("领导")
    AUDITOR = "auditor", _("审计人员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class User(AbstractUser):
    """Somebody who signs in. Role, prefecture and institution decide the scope."""

    first_name = None  # one display name serves Chinese and English names alike
    last_name = None
    display_name = models.CharField(_("姓名"), max_length=40)
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    prefecture = models.ForeignKey(
        "core.Prefecture", models.PROTECT, null=True, blank=True, verbose_name=_("所属地市")
    )
    institution = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("所属机构"),
    )
    department = models.CharField(_("部门"), max_length=60, blank=True)
    language = models.CharField(_("界面语言"), max_length=8, default="zh-hans")
    unread = models.PositiveIntegerField(_("未读通知"), default=0, editable=False)
    must_change_password = models.BooleanField(_("须修改密码"), default=False)
    history = History(excluded_fields=["password", "last_login", "unread"])

    REQUIRED_FIELDS = ["display_name", "role"]

    class Meta(AbstractUser.Meta):
        verbose_name = _("用户")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="prefecture_staff_have_a_prefecture",
                condition=~models.Q(role="prefecture_staff") | models.Q(prefecture__isnull=False),
            ),
            models.CheckConstraint(
                name="institution_people_have_an_institution",
                condition=~models.Q(role__in=["preparer", "signatory"])
                | models.Q(institution__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name
