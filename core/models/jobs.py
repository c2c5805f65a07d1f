"""Long work: state and progress that survive a restart."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")


class Job(models.Model):
    kind = models.CharField(_("工作"), max_length=40)
    title = models.CharField(_("标题"), max_length=150)
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    message = models.CharField(_("信息"), max_length=300, blank=True)
    parameters = models.JSONField(_("参数"), default=dict)
    result_url = models.CharField(_("结果"), max_length=200, blank=True)
    document = models.ForeignKey(
        "core.SourceDocument", models.PROTECT, null=True, blank=True, verbose_name=_("文件")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("发起人")
    )
    created_at = models.DateTimeField(_("发起时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("后台工作")

    def __str__(self) -> str:
        return self.title
