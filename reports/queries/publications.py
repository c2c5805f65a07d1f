"""What was published, as far as somebody may see it."""

from typing import Any

from django.db.models import QuerySet

from core.permissions import scope_filter
from reports.models import PublishedReport
from reports.registry import REPORTS, sees_whole


def visible_publications(*, user: Any) -> QuerySet[PublishedReport]:
    """Publications of reports that ``user`` sees whole; a publication is not narrowed."""
    seen = [code for code, report in REPORTS.items() if sees_whole(report, user)]
    return PublishedReport.objects.filter(scope_filter(user, "report.view"), report__in=seen)
