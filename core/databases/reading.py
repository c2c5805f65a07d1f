"""Reading many tables as they are at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that is being read. ``readers`` threads may read of it at a time."""

    name: str
    readers: int

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Read the same moment in another thread, by a connection that ends with it."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(READING)
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [self.name])
                yield
        finally:
            connection.close()


@contextmanager
def one_moment() -> Iterator[Moment]:
    """All that is read inside is as it was at the first read; others go on writing.

    Nothing can be written inside, and it cannot begin within a transaction.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a moment cannot begin within a transaction")
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(READING)
                cursor.execute("SELECT pg_export_snapshot()")
                name = cursor.fetchone()[0]
            yield Moment(name, readers=2)
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # Django's own is IMMEDIATE, and would keep writers out
        try:
            yield Moment("", readers=1)
        finally:
            cursor.execute("ROLLBACK")
