"""Files kept with a registry record, such as an approval's scan."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    institution = models.ForeignKey(
        "core.Institution", models.PROTECT, related_name="attachments", verbose_name=_("机构")
    )
    fact = models.ForeignKey(
        "core.Fact",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("事项"),
    )
    document = models.ForeignKey(
        "core.SourceDocument", models.PROTECT, related_name="attachments", verbose_name=_("文件")
    )
    title = models.CharField(_("标题"), max_length=100)
    added_at = models.DateTimeField(_("添加时间"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("添加人")
    )

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = _("附件")

    def __str__(self) -> str:
        return self.title
