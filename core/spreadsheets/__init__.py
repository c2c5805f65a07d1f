"""From the bytes of a file to cells with addresses, safely and fast."""

from core.spreadsheets.guard import Limits
from core.spreadsheets.problems import FileProblem
from core.spreadsheets.reader import Sheet, Workbook, read_file

__all__ = ["FileProblem", "Limits", "Sheet", "Workbook", "read_file"]
