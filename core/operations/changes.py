"""Writing the feed of changes, in the transaction of the changes.

What changes is noted while a transaction runs and written just before it commits: only then
are positions taken, under the lock of the feed's head, which is the last lock of any
transaction. So nobody waits for the feed while others wait for him, the order of positions is
the order of commits, and a position is never seen before those below it. Notes live among the
transaction's commit hooks, so a savepoint that is rolled back takes its notes with it.
"""

import datetime
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.dispatch import Signal
from django.utils import timezone

from core.change_kinds import ChangeKind, all_kinds, kind_of
from core.models.changes import Change, ChangeHead

committed = Signal()  # something was added to the feed and is committed
NAMES = {"+": "created", "~": "changed", "-": "deleted"}
BATCH = 500
MAX_FIELDS = Change._meta.get_field("fields").max_length


@dataclass(eq=False, slots=True)
class Noted:
    """A change that waits for its transaction to commit.

    ``key`` and ``prefecture_id`` are None until known. What is only ``saved`` gives way to an
    act of the same record in the same transaction that has a name of its own.
    """

    kind: ChangeKind
    pk: Any
    action: str
    at: datetime.datetime
    key: str | None = None
    version: int | None = None
    prefecture_id: int | None = None
    fields: str = ""
    saved: bool = False

    def __call__(self) -> None:
        """Outside any transaction a hook is called at once: then it has one of its own."""
        if not connection.in_atomic_block:
            with transaction.atomic():
                transaction.on_commit(self)


def note(
    record: Model,
    action: str,
    *,
    at: datetime.datetime | None = None,
    fields: Sequence[str] = (),
    saved: bool = False,
    gone: bool = False,
) -> None:
    """Note that a record changed; what is of no kind that the feed tells is left out.

    ``action`` is a word (``changed``) after which the kind is put, or whole
    (``return.signed``). For a row that belongs to an entry, the entry has changed.
    """
    found = kind_of(type(record))
    if found is None:
        return
    kind, parent = found
    noted = Noted(
        kind,
        getattr(record, parent) if parent else record.pk,
        action if "." in action else f"{kind.one}.{'changed' if parent else action}",
        at or timezone.now(),
        version=None if parent else getattr(record, "version", None),
        fields=_short(fields),
        saved=saved or bool(parent),
    )
    if not parent:
        noted.key, noted.prefecture_id = _at_hand(kind, record)
    if gone and noted.key is None:  # later there is nobody to ask
        noted.key, noted.prefecture_id = _asked(kind, [record.pk]).get(record.pk, (None, None))
    transaction.on_commit(noted)


def note_act(record: Model, action: str, *, at: datetime.datetime) -> None:
    """Note an act that the journal names, if it is by its acts that the record is told of."""
    found = kind_of(type(record))
    if found is not None and found[0].named:
        note(record, action, at=at)


def note_saved(record: Model, *, created: bool) -> None:
    """Note a saving of what is told of by its acts, in case that no act names it."""
    found = kind_of(type(record))
    if found is not None and found[0].named:
        note(record, "created" if created else "changed", saved=True)


def note_all(records: Iterable[Model], action: str, *, at: datetime.datetime | None = None) -> None:
    """Note records that were written in bulk."""
    moment = at or timezone.now()
    for each in records:
        note(each, action, at=moment)


def note_group(
    resource: str, *, key: str, prefecture_id: int | None, at: datetime.datetime
) -> None:
    """Note that all rows of a group changed at once, such as an institution's figures."""
    kind = all_kinds()[resource]
    action = f"{kind.one}.changed"
    transaction.on_commit(Noted(kind, None, action, at, key, prefecture_id=prefecture_id))


def note_history(row: Any, record: Model | None = None, *, fields: Sequence[str] = ()) -> None:
    """Note a row of history that was kept; ``record`` is what it is of, if that is at hand."""
    action = NAMES[row.history_type]
    gone = row.history_type == "-"
    note(record or row.instance, action, at=row.history_date, fields=fields, gone=gone)


def changed_fields(row: Any, silent: Iterable[str]) -> list[str]:
    """The names of the fields in which a row of history differs from the one before. One query."""
    key = row.instance_type._meta.pk.attname
    names = {each.attname: each.name for each in row.tracked_fields if each.name not in silent}
    earlier = type(row).objects.filter(history_id__lt=row.history_id, **{key: getattr(row, key)})
    before = earlier.order_by("-history_id").values(*names).first()
    if before is None:
        return []
    return [name for column, name in names.items() if before[column] != getattr(row, column)]


def _short(fields: Sequence[str]) -> str:
    """Names with commas; as many as the column takes."""
    text = ",".join(fields)
    return text if len(text) <= MAX_FIELDS else text[:MAX_FIELDS].rpartition(",")[0]


def settle(using: Any) -> int:
    """Write what this transaction noted, at its end; return how many changes that were.

    ``using`` is the connection. Its head stays locked until the transaction ends.
    """
    hooks = using.run_on_commit
    noted = [each[1] for each in hooks if type(each[1]) is Noted]
    if not noted:
        return 0
    using.run_on_commit = [each for each in hooks if type(each[1]) is not Noted]
    rows = _merged(noted)
    _resolve(rows)
    rows = [each for each in rows if each.key is not None]
    if rows:
        _write(using, rows)
        using.run_on_commit.append((set(), _tell, True))
    return len(rows)


def _tell() -> None:
    committed.send(sender=Change)


def _merged(noted: Sequence[Noted]) -> list[Noted]:
    """The changes without what is only saved and has a named act, or was noted already."""
    named = {(each.kind.resource, each.pk) for each in noted if not each.saved}
    kept = []
    for each in noted:
        record = (each.kind.resource, each.pk)
        if each.saved and record in named:
            continue
        named.add(record)
        kept.append(each)
    return kept


def _resolve(rows: Sequence[Noted]) -> None:
    """Put keys and places to the records that were noted. One query for each kind."""
    unknown: dict[str, list[Noted]] = {}
    for each in rows:
        if each.key is None:
            unknown.setdefault(each.kind.resource, []).append(each)
    for notes in unknown.values():
        kind = notes[0].kind
        found: dict[Any, tuple[str, int | None]] = {}
        keys = list({each.pk for each in notes})
        for start in range(0, len(keys), BATCH):
            found |= _asked(kind, keys[start : start + BATCH])
        for each in notes:
            if each.pk in found:
                each.key, each.prefecture_id = found[each.pk]


def _at_hand(kind: ChangeKind, record: Model) -> tuple[str | None, int | None]:
    """Key and place of a record, as far as it holds them itself; asks the database nothing."""
    key, known = _walked(record, kind.key)
    where, placed = _walked(record, kind.prefecture) if kind.prefecture else (None, True)
    return (str(key), where) if known and placed else (None, None)


def _walked(record: Any, path: str) -> tuple[Any, bool]:
    """The value at the end of a path, and whether the way there is loaded."""
    *way, last = path.split("__")
    for name in way:
        if not record._state.fields_cache.get(name):
            return None, False
        record = record._state.fields_cache[name]
    return getattr(record, last), True


def _asked(kind: ChangeKind, pks: Sequence[Any]) -> dict[Any, tuple[str, int | None]]:
    paths = ("pk", kind.key, kind.prefecture or "pk")
    rows = kind.model._base_manager.filter(pk__in=pks).order_by().values_list(*paths)
    return {pk: (str(key), where if kind.prefecture else None) for pk, key, where in rows}


HEAD = ChangeHead._meta.db_table
TAKE = f"""INSERT INTO {HEAD} (id, feed, position, pruned) VALUES (1, %s, %s, 0)
ON CONFLICT (id) DO UPDATE SET position = {HEAD}.position + excluded.position
RETURNING position"""
COLUMNS = ("position", "at", "written_at", "action", "resource", "key", "version", "fields",
           "prefecture_id")  # fmt: skip


def _write(using: Any, rows: Sequence[Noted]) -> None:
    """Take positions and write the rows. By hand: the ORM would open a block of its own."""
    now = timezone.now()
    table = Change._meta.db_table
    names = ", ".join(using.ops.quote_name(each) for each in COLUMNS)
    marks = f"({', '.join(['%s'] * len(COLUMNS))})"
    with using.cursor() as cursor:
        cursor.execute(TAKE, [secrets.token_hex(8), len(rows)])
        position = cursor.fetchone()[0] - len(rows)
        adapted = using.ops.adapt_datetimefield_value
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            values: list[Any] = []
            for each in batch:
                position += 1
                values += (position, adapted(each.at), adapted(now), each.action,
                           each.kind.resource, each.key, each.version, each.fields,
                           each.prefecture_id)  # fmt: skip
            cursor.execute(
                f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * len(batch))}", values
            )


@transaction.atomic
def prune(*, before: datetime.datetime) -> int:
    """Drop the changes written before a moment; return how many. Their readers begin anew."""
    head = ChangeHead.objects.select_for_update().filter(pk=1).first()
    old = Change.objects.filter(written_at__lt=before).order_by("-position")
    last = old.values_list("position", flat=True).first()
    if head is None or last is None:
        return 0
    ChangeHead.objects.filter(pk=1).update(pruned=last)
    rows = Change.objects.filter(position__lte=last)
    return rows._raw_delete(rows.db)


@transaction.atomic
def begin_anew() -> None:
    """Name the feed anew, so that whoever follows it must begin with a snapshot.

    For a database that was restored from a backup: positions are given a second time.
    """
    head = ChangeHead.objects.select_for_update().filter(pk=1).first()
    if head is not None:
        ChangeHead.objects.filter(pk=1).update(feed=secrets.token_hex(8), pruned=head.position)
