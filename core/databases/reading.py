"""Reading many tables as they are at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is as it was at the first read; others go on writing.

    Nothing can be written inside, and it cannot begin within a transaction.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a moment cannot begin within a transaction")
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # Django's own is IMMEDIATE, and would keep writers out
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
