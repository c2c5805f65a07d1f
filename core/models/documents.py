"""Source documents: everything that was ever sent to us, kept as it was sent."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    WORKBOOK = "workbook", _("工作簿")
    CSV = "csv", _("CSV 文件")
    GRID = "grid", _("网页填报")
    API = "api", _("接口报送")
    REGISTRY = "registry", _("登记附件")


class SourceDocument(models.Model):
    """A file or payload as received. Its bytes lie in the file store under their SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    filename = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveIntegerField(_("字节数"))
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel)
    institution = models.ForeignKey(
        "core.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("机构"),
    )
    received_at = models.DateTimeField(_("收到时间"))
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提交人")
    )

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("来源文件")

    def __str__(self) -> str:
        return self.filename

    @property
    def path(self) -> str:
        """Where the bytes lie in the default storage."""
        return f"documents/{self.sha256[:2]}/{self.sha256}"

    def read(self) -> bytes:
        """Return the bytes as received."""
        with default_storage.open(self.path) as file:
            return file.read()
