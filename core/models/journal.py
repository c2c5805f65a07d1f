"""The journal: an append-only, hash-chained record of acts."""

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """One act. ``hash`` covers every other column and the hash of the entry before."""

    sequence = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="操作人",
    )
    actor_name = models.CharField("操作人姓名", max_length=60, blank=True)
    action = models.CharField("动作", max_length=40, db_index=True)
    object_type = models.CharField("对象类型", max_length=40)
    object_id = models.CharField("对象编号", max_length=40)
    detail = models.JSONField("内容", default=dict)
    previous_hash = models.CharField("前一哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        verbose_name = "日志"
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class JournalHead(models.Model):
    """The end of the chain: one row, locked while an entry is added."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "日志链尾"

    def __str__(self) -> str:
        return str(self.sequence)
