"""Taking a snapshot: asked for by a person, made by the background worker."""

import datetime
import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone, translation

from api.feed import cursor_of
from api.models import Snapshot
from api.representing import representations
from api.snapshots.writing import FORMATS, write_resource
from core.databases.reading import one_moment
from core.errors import DomainError
from core.models import Job
from core.models.jobs import JobState
from core.operations.jobs import advance, finish, start_job
from core.permissions import require, scope_of
from core.queries.changes import end
from core.text import Text

SAME_FOR = datetime.timedelta(hours=1)  # asked for again meanwhile, it is the same snapshot
TELL_EVERY = 0.5  # seconds
EARLY = 2**20  # bytes of a file that is handed out before the others are written
TITLE = Text("数据快照", "Snapshot")


def ask_snapshot(
    *,
    actor: Any,
    resources: Sequence[str],
    formats: Sequence[str],
    language: str,
    task: Any,
    now: datetime.datetime,
) -> tuple[Snapshot, bool]:
    """Have a snapshot taken; return it, and whether it is a new one.

    All resources that the actor may read if none is named. One that is still being made, asked
    for again, is the same. Raises PermissionRefused, DomainError "invalid-body" with fields.
    """
    require(actor, "changes.view")
    known = representations()
    _ask_known("resources", resources, known)
    _ask_known("formats", formats, FORMATS)
    readable = [n for n, each in known.items() if scope_of(actor, each.resource.action) is not None]
    wanted = [name for name in readable if not resources or name in resources]
    asked = {
        "resources": wanted,
        "formats": [name for name in FORMATS if name in (formats or ("ndjson",))],
        "language": language,
    }
    with transaction.atomic():
        recent = Snapshot.objects.filter(created_by=actor, created_at__gt=now - SAME_FOR)
        at_work = recent.filter(job__state__in=(JobState.WAITING, JobState.RUNNING))
        for before in at_work:
            if {name: getattr(before, name) for name in asked} == asked:
                return before, False
        snapshot = Snapshot.objects.create(**asked, created_by=actor, created_at=now)
        title = TITLE.in_language(language)
        snapshot.job = start_job(actor=actor, task=task, title=title, now=now, snapshot=snapshot.pk)
        snapshot.save()
    return snapshot, True


def _ask_known(field: str, asked: Sequence[Any], known: Any) -> None:
    unknown = ", ".join(str(each) for each in asked if str(each) not in known)
    if unknown:
        words = Text(f"没有：{unknown}", f"no such: {unknown}")
        raise DomainError(
            "invalid-body",
            Text("请求内容有误，请按提示修改。", "The body is not right; mend it as told."),
            fields={field: words},
        )


def folder_of(snapshot: Snapshot) -> Path:
    """Where a snapshot's files lie."""
    return Path(default_storage.path(f"snapshots/{snapshot.pk}"))


def take(snapshot: Snapshot, job: Job) -> None:
    """Write a snapshot's files, all as of one moment, and say how far it is."""
    folder = folder_of(snapshot)
    shutil.rmtree(folder, ignore_errors=True)  # of a worker that was stopped
    folder.mkdir(parents=True)
    user, day = snapshot.created_by, timezone.localdate()
    shapes = [representations()[name] for name in snapshot.resources]
    files: list[dict[str, Any]] = []
    Snapshot.objects.filter(pk=snapshot.pk).update(files=files)
    with translation.override(snapshot.language), _Progress(job) as progress, one_moment():
        place, moment = end(), timezone.now()
        querysets = [shape.rows(user, day) for shape in shapes]
        progress.total = sum(rows.count() for rows in querysets)
        for shape, rows in zip(shapes, querysets, strict=True):
            for file in write_resource(folder, shape, snapshot.formats, rows, user, day, progress):
                files.append(file)
                if file["bytes"] >= EARLY:
                    progress.show(snapshot, files)
    Snapshot.objects.filter(pk=snapshot.pk).update(
        files=files, cursor=cursor_of(place), as_of=day, taken_at=moment
    )


class _Progress:
    """Says how far a job is, by a connection of its own: the reading one writes nothing."""

    def __init__(self, job: Job) -> None:
        self.job, self.done, self.total, self.told = job, 0, 0, 0.0
        self.thread = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.thread.submit(_close).result()
        self.thread.shutdown()

    def show(self, snapshot: Snapshot, files: Sequence[dict[str, Any]]) -> None:
        """Hand out what is written already."""
        found = Snapshot.objects.filter(pk=snapshot.pk)
        self.thread.submit(found.update, files=list(files))

    def __call__(self, rows: int) -> None:
        self.done += rows
        now = time.monotonic()
        if now - self.told >= TELL_EVERY:
            self.told = now
            self.thread.submit(advance, self.job, self.done, max(self.total, self.done))


def _close() -> None:
    connection.close()  # that of the thread which calls it


def complete(snapshot: Snapshot, job: Job) -> None:
    """The whole job: take it, or leave nothing and say why."""
    advance(job, 0, 0)
    try:
        take(snapshot, job)
    except Exception as error:
        shutil.rmtree(folder_of(snapshot), ignore_errors=True)
        Snapshot.objects.filter(pk=snapshot.pk).update(files=[])
        finish(job, message=repr(error), failed=True, now=timezone.now())
        raise
    once = snapshot.formats[0]  # every format has all rows
    rows = sum(each["rows"] for each in _files(snapshot) if each["format"] == once)
    advance(job, rows, rows)
    finish(
        job,
        message=Text(f"{rows} 行", f"{rows} rows").in_language(snapshot.language),
        now=timezone.now(),
    )


def _files(snapshot: Snapshot) -> list[dict[str, Any]]:
    snapshot.refresh_from_db()
    return snapshot.files


def drop(snapshot: Snapshot) -> None:
    """Take a snapshot and its files away."""
    shutil.rmtree(folder_of(snapshot), ignore_errors=True)
    snapshot.delete()


def drop_old(now: datetime.datetime) -> int:
    """Drop snapshots older than ``SNAPSHOT_KEEP_DAYS``; return how many."""
    before = now - datetime.timedelta(days=settings.SNAPSHOT_KEEP_DAYS)
    old = list(Snapshot.objects.filter(created_at__lt=before))
    for each in old:
        drop(each)
    return len(old)
