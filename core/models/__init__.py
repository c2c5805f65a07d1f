"""The ground: what every registry, return and report stands on."""

from core.models.attachments import Attachment
from core.models.calendar import Period, Workday
from core.models.changes import Change, ChangeHead
from core.models.delegations import Delegation
from core.models.departments import Department
from core.models.documents import SourceDocument
from core.models.facts import Fact
from core.models.institutions import Institution
from core.models.jobs import Job
from core.models.journal import JournalEntry
from core.models.notifications import Notification, NotificationChoice
from core.models.rules import RuleParameter
from core.models.supervision import Licence, Officer, Penalty
from core.models.territory import County, Prefecture
from core.models.tokens import ApiToken, TokenAllowance, TokenUse
from core.models.users import User

__all__ = [
    "ApiToken",
    "Attachment",
    "Change",
    "ChangeHead",
    "County",
    "Delegation",
    "Department",
    "Fact",
    "Institution",
    "Job",
    "JournalEntry",
    "Licence",
    "Notification",
    "NotificationChoice",
    "Officer",
    "Penalty",
    "Period",
    "Prefecture",
    "RuleParameter",
    "SourceDocument",
    "TokenAllowance",
    "TokenUse",
    "User",
    "Workday",
]
