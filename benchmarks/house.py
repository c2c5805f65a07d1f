"""A throw-away database for a benchmark: made, filled, and dropped again."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def own_database(engine: str, server: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a new database: ``sqlite`` or ``postgresql``.

    ``server`` is the address of a PostgreSQL server on which a database may be made.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "OPENBLAS_NUM_THREADS": "1"}
        if engine == "sqlite":
            environment["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
            yield environment
            return
        import psycopg

        name = f"tracker_bench_{os.getpid()}"
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
            try:
                parts = urlsplit(server)
                address = urlunsplit((*parts[:2], f"/{name}", "", ""))
                environment["DATABASE_URL"] = address
                yield environment
            finally:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def python(environment: dict[str, str], *arguments: str) -> None:
    """Run Python in that environment; raises if it fails."""
    subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, check=True)


def prepare(environment: dict[str, str]) -> None:
    """Make the tables and load the reference data."""
    python(environment, "manage.py", "prepare_database")
    python(environment, "manage.py", "seed_reference")
