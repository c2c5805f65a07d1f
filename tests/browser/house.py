"""A whole tracker of its own for the browser tests: database, demo data, web server.

The pages are served by the real server from a database of their own, so that what a browser
sees is what an office sees, and nothing is shared with the other tests' database.
"""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "tracker-demo-2012"
# Two province-wide banks get people who can sign in, so that each test has its own bank.
SET_UP = """
from django.core.management import call_command
from core.models import User
call_command("migrate", verbosity=0)
call_command("seed_reference")
call_command("seed_demo", banks=11, months=2)
for name in ("demo-b01", "demo-b10"):
    for role in ("preparer", "signatory"):
        person = User.objects.get(username=f"{name}-{role}")
        person.set_password("tracker-demo-2012")
        person.save()
"""


@contextlib.contextmanager
def house(folder: Path) -> Iterator[str]:
    """Serve a seeded tracker while the block runs; yields its address."""
    with database(folder) as url:
        environment = os.environ | {
            "DATABASE_URL": url,
            "VAR_DIR": str(folder),
            "DEMO_DATA": "1",
            "SECRET_KEY": "only for tests of pages",
            "PYTHONUNBUFFERED": "1",
        }
        set_up(environment)
        with served(environment, folder) as address:
            yield address


@contextlib.contextmanager
def database(folder: Path) -> Iterator[str]:
    """A database of the kind that the tests run on: a file, or one of PostgreSQL's."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{folder / 'tracker.sqlite3'}"
        return
    import psycopg

    name = f"tracker_browser_{secrets.token_hex(4)}"
    parts = urlsplit(url)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as keeper:
        keeper.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            keeper.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def served(environment: dict[str, str], folder: Path) -> Iterator[str]:
    """Run the web server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application"]
    options = ["--worker-class=gthread", "--threads=4", "--log-level=warning", "--timeout=120"]
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, f"--bind=127.0.0.1:{port}", *options],
            cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _await(f"{address}/healthz", process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def set_up(environment: dict[str, str]) -> None:
    """Tables, reference data and a small demonstration, in one process for speed."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", SET_UP],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the house could not be set up:\n{done.stdout}\n{done.stderr}")


def _await(url: str, process: subprocess.Popen, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended:\n{log.read_text()}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not answer:\n{log.read_text()}")
