"""Long work: state and progress that survive a restart."""

from django.conf import settings
from django.db import models


class JobState(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"


class Job(models.Model):
    kind = models.CharField("工作", max_length=40)
    title = models.CharField("标题", max_length=150)
    state = models.CharField("状态", max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    message = models.CharField("信息", max_length=300, blank=True)
    parameters = models.JSONField("参数", default=dict)
    result_url = models.CharField("结果", max_length=200, blank=True)
    document = models.ForeignKey(
        "core.SourceDocument", models.PROTECT, null=True, blank=True, verbose_name="文件"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name="发起人"
    )
    created_at = models.DateTimeField("发起时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "后台工作"

    def __str__(self) -> str:
        return self.title
