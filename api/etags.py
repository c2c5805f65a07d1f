"""ETag and If-Match: a record's version, so that nobody overwrites what they have not seen."""

from typing import Any

from rest_framework.request import Request

from core.errors import DomainError
from core.text import Text


def etag(version: int) -> str:
    return f'"v{version}"'


def expected_version(request: Request) -> int:
    """Return the version that If-Match names. Raises DomainError if it is missing or foreign."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        error = DomainError(
            "if-match-required",
            Text(
                "修改记录须带 If-Match 头，值为读取时得到的 ETag。",
                "Changing a record needs If-Match with the ETag that you read.",
            ),
        )
        error.status = 428
        raise error
    digits = header.strip('W/"').lstrip("v")
    if not (digits.isascii() and digits.isdigit()):
        raise DomainError(
            "bad-if-match",
            Text("If-Match 的值不是本接口给出的 ETag。", "If-Match holds no ETag of ours."),
        )
    return int(digits)


def stated_version(request: Request) -> int | None:
    """As ``expected_version`` where If-Match may be left out."""
    return expected_version(request) if "If-Match" in request.headers else None


def versioned(data: dict[str, Any], version: int) -> tuple[dict[str, Any], dict[str, str]]:
    """A record's body and its headers."""
    return {**data, "version": version}, {"ETag": etag(version)}
