"""The acts of the workflow. Each is one transaction: permission, rule, save, journal."""

from returns.operations.explaining import explain_findings
from returns.operations.periods import close_period, open_period, reopen_period, waive
from returns.operations.receiving import receive
from returns.operations.reviewing import accept_return, send_back
from returns.operations.revising import start_revision
from returns.operations.signing import sign_return, withdraw_return

__all__ = [
    "accept_return",
    "close_period",
    "explain_findings",
    "open_period",
    "receive",
    "reopen_period",
    "send_back",
    "sign_return",
    "start_revision",
    "waive",
    "withdraw_return",
]
