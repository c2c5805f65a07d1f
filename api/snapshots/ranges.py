"""Handing out a file, or the part of it that was asked for (RFC 9110, section 14)."""

import re
from pathlib import Path
from typing import IO

from django.http import FileResponse, HttpResponse
from rest_framework.request import Request

from api.declaration import said
from api.problems import problem
from core.text import Text

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
UNSATISFIABLE = Text("所要求的字节范围超出文件。", "The range lies beyond the end of the file.")


class Part:
    """A file from where it stands, and no more than some bytes of it."""

    def __init__(self, file: IO[bytes], left: int) -> None:
        self.file, self.left = file, left

    def read(self, size: int = -1) -> bytes:
        wanted = self.left if size < 0 else min(size, self.left)
        data = self.file.read(wanted)
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last; None to send the whole.

    Raises ValueError where nothing of it is in the file. Several ranges at once are answered
    with the whole, as is what is no range of bytes.
    """
    match = _RANGE.fullmatch(header.strip().replace(" ", ""))
    if match is None or match.groups() == ("", "") or len(header) > 60:
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        start, stop = max(0, size - int(last)), size
        if int(last) == 0:
            raise ValueError(header)
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return None
    if start >= size:
        raise ValueError(header)
    return start, stop


def send_file(
    request: Request, path: Path, *, tag: str, content_type: str, rows: int
) -> HttpResponse:
    """The file, 206 with a part of it, 304 if it is known, or 416 for a range beyond its end.

    ``tag`` is its strong ETag without quotes: a range is honoured only where ``If-Range``, if
    sent, names it. ``rows`` are counted for the token in proportion to what is sent.
    """
    size, quoted = path.stat().st_size, f'"{tag}"'
    headers = {"ETag": quoted, "Accept-Ranges": "bytes"}
    known = [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]
    if quoted in known or "*" in known:
        return HttpResponse(status=304, headers=headers)
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", quoted) != quoted or request.method not in ("GET", "HEAD"):
        asked = ""
    try:
        part = wanted_range(asked, size) if asked else None
    except ValueError:
        headers["Content-Range"] = f"bytes */{size}"
        return problem(
            416, "range-beyond-end", said(UNSATISFIABLE), request=request, headers=headers
        )
    start, stop = part or (0, size)
    file = path.open("rb")
    file.seek(start)
    status = 200
    if part is not None:
        status, headers["Content-Range"] = 206, f"bytes {start}-{stop - 1}/{size}"
    response = FileResponse(
        Part(file, stop - start), status=status, content_type=content_type, headers=headers
    )
    response["Content-Length"] = str(stop - start)
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    response.row_count = rows * (stop - start) // size if size else 0
    return response
