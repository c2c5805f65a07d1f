"""What registry records share: a version, and changes that never escape their history."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class HistoryBypassed(RuntimeError):
    """A bulk write was tried on records whose every change must be kept."""


class RecordQuerySet(models.QuerySet):
    """A queryset that refuses the bulk writes that django-simple-history cannot see."""

    def update(self, **kwargs: Any) -> int:
        raise HistoryBypassed("save each record, so that its history is kept")

    def delete(self) -> Any:
        raise HistoryBypassed("records are closed or voided, never deleted")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise HistoryBypassed("use simple_history.utils.bulk_update_with_history")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        if not getattr(self, "history_kept", False):
            raise HistoryBypassed("use simple_history.utils.bulk_create_with_history")
        return super().bulk_create(*args, **kwargs)


class Record(models.Model):
    """A registry record: edited through operations, with an expected version."""

    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    created_at = models.DateTimeField(_("建立时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True
