"""The contacts reply form 联系人回执表 that every prefecture and department files."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.history import History
from plan.models.units import UnitEntry


class ContactReply(UnitEntry):
    """A unit's reply; its contacts are rows of it, as in the plan's annex."""

    CODE_PREFIX = "PC"

    replied_on = models.DateField(_("报送日期"))
    history = History()

    class Meta(UnitEntry.Meta):
        verbose_name = _("联系人回执")
        constraints = [
            models.UniqueConstraint(
                name="one_reply_a_unit",
                fields=["unit"],
                condition=Q(voided_at=None),
                violation_error_message=_("该单位已有回执，请修改原回执。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.replied_on}"


class Contact(models.Model):
    """One row of the form: 部门, 联系人, 联系电话, 电子邮箱."""

    parent = models.ForeignKey(ContactReply, models.CASCADE, related_name="contacts")
    office = models.CharField(_("部门"), max_length=60)
    person = models.CharField(_("联系人"), max_length=40)
    telephone = models.CharField(_("联系电话"), max_length=40)
    email = models.EmailField(_("电子邮箱"), blank=True)
    history = History()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("联系人")

    def __str__(self) -> str:
        return f"{self.office} {self.person}"
