"""The ground: what every registry, return and report stands on."""

from core.models.attachments import Attachment
from core.models.calendar import Period, Workday
from core.models.documents import SourceDocument
from core.models.facts import Fact
from core.models.institutions import Institution
from core.models.jobs import Job
from core.models.journal import JournalEntry
from core.models.rules import RuleParameter
from core.models.territory import County, Prefecture
from core.models.tokens import ApiToken
from core.models.users import User

__all__ = [
    "ApiToken",
    "Attachment",
    "County",
    "Fact",
    "Institution",
    "Job",
    "JournalEntry",
    "Period",
    "Prefecture",
    "RuleParameter",
    "SourceDocument",
    "User",
    "Workday",
]
