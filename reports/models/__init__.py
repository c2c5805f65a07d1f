"""Published reports."""

from reports.models.published import PublishedReport

__all__ = ["PublishedReport"]
