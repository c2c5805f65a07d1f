"""Files kept with a registry record."""

import datetime

from django.conf import settings
from django.db import transaction

from core.errors import DomainError
from core.models import Attachment, Fact, Institution, User
from core.models.documents import Channel
from core.operations import journal
from core.operations.documents import keep_document
from core.permissions import require
from core.text import Text

# Never handed back as anything a browser would run.
PLAIN_TYPE = "application/octet-stream"


def attach_file(
    *,
    institution: Institution,
    data: bytes,
    filename: str,
    title: str,
    actor: User,
    now: datetime.datetime,
    fact: Fact | None = None,
) -> Attachment:
    """Keep a file with an institution, or with one of its facts.

    Raises PermissionRefused, and DomainError "bad-file" for an empty or too large one.
    """
    require(actor, "institution.edit", institution)
    limit = settings.UPLOAD_MAX_BYTES
    if not data or len(data) > limit:
        size = f"{len(data) / 2**20:.1f}"
        message = Text(
            f"文件为空或超过上限（{size} MB，上限 {limit / 2**20:g} MB），请压缩后再传。",
            f"The file is empty or too large ({size} MB, limit {limit / 2**20:g} MB).",
        )
        raise DomainError("bad-file", message, fields={"file": message})
    if fact is not None and fact.institution_id != institution.pk:
        raise DomainError(
            "bad-file", Text("所选事项不属于该机构。", "The fact is another institution's.")
        )
    with transaction.atomic():
        document = keep_document(
            data,
            filename=filename,
            content_type=PLAIN_TYPE,
            channel=Channel.REGISTRY,
            institution=institution,
            actor=actor,
            now=now,
        )
        attachment = Attachment(
            institution=institution,
            fact=fact,
            document=document,
            title=(title.strip() or filename)[:100],
            added_at=now,
            added_by=actor,
        )
        attachment.save()
        journal.record(
            actor=actor,
            action="file.attach",
            target=attachment,
            now=now,
            detail={"institution": institution.code, "sha256": document.sha256},
        )
    return attachment
