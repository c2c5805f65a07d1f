"""What institutions file."""

from returns.models.bulk import BulkPart, BulkSubmission
from returns.models.findings import CellComment, Finding
from returns.models.obligations import Obligation
from returns.models.returns import Return, ReturnState

__all__ = [
    "BulkPart",
    "BulkSubmission",
    "CellComment",
    "Finding",
    "Obligation",
    "Return",
    "ReturnState",
]
