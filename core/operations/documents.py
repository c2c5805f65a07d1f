"""Keeping what was sent, as it was sent."""

import datetime
import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.models.documents import SourceDocument
from core.models.institutions import Institution


def keep_document(
    data: bytes,
    *,
    filename: str,
    content_type: str,
    channel: str,
    institution: Institution | None,
    actor: Any,
    now: datetime.datetime,
) -> SourceDocument:
    """Store ``data`` under its SHA-256 and record who sent it, when, by which channel.

    Equal bytes are stored once; each sending has its own record. The file is written before
    the row, so that a row never points at nothing.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    document = SourceDocument(
        sha256=sha256,
        filename=filename[-200:] or "unnamed",
        content_type=content_type[:100],
        size=len(data),
        channel=channel,
        institution=institution,
        received_at=now,
        received_from=actor,
    )
    if not default_storage.exists(document.path):
        default_storage.save(document.path, ContentFile(data))
    document.save()
    return document
