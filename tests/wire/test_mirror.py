"""The example's copy: killed anywhere, again and again, while others write, it ends equal."""

import hashlib
import importlib
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from api.representing import representations
from api.snapshots import writing as snapshots
from core.models import Change, Institution
from core.operations.changes import begin_anew
from core.operations.records import save_record
from returns.operations.revising import start_revision
from tests.factories import InstitutionFactory
from tests.filing import NOW

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = Path(settings.BASE_DIR) / "examples"
# As it stands, but in small steps: so that it can be killed between many of them.
SMALL = "import mirror; mirror.BATCH, mirror.PAGE, mirror.WAIT = 7, 5, 2; mirror.main()"


class Mirror:
    """The program, and the file in which it keeps its copy."""

    def __init__(self, path: Path, api: str, token: str) -> None:
        self.path = path
        self.command = [sys.executable, "-c", SMALL, str(path), "--api", api]
        self.env = {**os.environ, "TRACKER_TOKEN": token, "PYTHONPATH": str(EXAMPLES)}

    def start(self, *more: str) -> subprocess.Popen:
        return subprocess.Popen(
            [*self.command, *more], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True,
        )  # fmt: skip

    def ended(self, *more: str) -> tuple[int, str]:
        """Run it to its end, while the background worker does what it asks for."""
        process = self.start(*more)
        while process.poll() is None:
            work()
            time.sleep(0.05)
        return process.returncode, process.stdout.read()

    def asked(self, query: str) -> list[Any]:
        if not self.path.exists():
            return []
        with sqlite3.connect(self.path) as base:
            try:
                return base.execute(query).fetchall()
            except sqlite3.OperationalError:  # it was killed before it had tables
                return []

    def state(self) -> dict[str, str]:
        return dict(self.asked("SELECT name, value FROM state"))

    def rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        found = self.asked("SELECT resource, key, row FROM records")
        return {(resource, key): json.loads(row) for resource, key, row in found}


def work() -> None:
    call_command("db_worker", batch=True, verbosity=0)


@pytest.fixture
def mirror(live_server, tmp_path, program, province_clerk, monkeypatch) -> Mirror:
    monkeypatch.setattr(snapshots, "PART_ROWS", 1)  # figures come in many files
    _token, caller = program(province_clerk, "read:changes", "read:reports")
    return Mirror(tmp_path / "copy.sqlite3", f"{live_server.url}/api/v1", caller.token)


@pytest.fixture
def writing(shaoguan, accepted, preparer, bank, june) -> Iterator[Callable[[], None]]:
    """Each call changes something: a name, a new bank, a return's figures."""
    banks = [InstitutionFactory(code=f"M{n:03d}", prefecture=shaoguan) for n in range(40)]
    last = [accepted(bank, june)]
    turn = iter(range(10_000))

    def write() -> None:
        number = next(turn)
        with transaction.atomic():
            found = Institution.objects.get(pk=banks[number % 40].pk)
            found.name = f"演示第{number}次改名银行"
            save_record(found, actor=None, expected_version=found.version)
            if number % 5 == 0:
                InstitutionFactory(code=f"N{number:04d}", prefecture=shaoguan)
        if number % 11 == 7:  # its figures give way to other ones
            start_revision(actor=preparer, record=last[0], reason="更正", now=NOW)
            last[0] = accepted(bank, june, balance=f"{1000 + number}.00")

    return write


def of_the_source(user: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """What is the records' own, read here and not by the program."""
    found = {}
    day = timezone.localdate()
    for name, shape in representations().items():
        for rows in shape.chunks(shape.rows(user, day), user, day):
            for row in rows:
                key = row["id"] if name == "loan-figures" else row[shape.resource.key]
                found[name, str(key)] = row
    return found


def assert_equal(mirror: Mirror, user: Any) -> None:
    from api.renderers import dumps

    theirs, ours = of_the_source(user), mirror.rows()
    assert ours.keys() == theirs.keys()
    for (resource, key), row in theirs.items():
        plain = json.loads(dumps(row))
        for name in representations()[resource].own:
            assert ours[resource, key][name] == plain[name], (resource, key, name)


def test_killed_many_times_while_others_write_it_ends_equal(
    mirror, writing, province_clerk
) -> None:
    chance = random.Random(2012)
    seen = set()
    for turn in range(14):
        process = mirror.start()
        # the first ones fall before and within the snapshot, the others wherever they fall
        lives = chance.uniform(0.1, 0.4) if turn < 3 else chance.uniform(0.4, 1)
        until = time.monotonic() + lives
        while time.monotonic() < until and process.poll() is None:
            writing()
            if turn:
                work()
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL, process.stdout.read()
        process.stdout.close()
        seen |= set(mirror.state())
    assert "cursor" in seen  # it was followed from, not only loaded again and again
    code, said = mirror.ended("--once")
    assert code == 0, said
    assert_equal(mirror, province_clerk)
    code, said = mirror.ended("--check")
    assert (code, "0 differ" in said) == (0, True), said
    assert len(mirror.rows()) > 60


def test_killed_within_the_loading_it_goes_on_from_there(mirror, writing, province_clerk) -> None:
    process = mirror.start()
    places = []
    for _ in range(60):
        work()
        state = mirror.state()
        if "loading" in state:
            os.kill(process.pid, signal.SIGKILL)
            process.wait(10)
            loading = json.loads(state["loading"])
            places.append((len(loading["loaded"]), loading["place"]))
            writing()
            process = mirror.start()
        elif "cursor" in state:
            break
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    assert places == sorted(places)
    assert mirror.ended("--once")[0] == 0
    assert_equal(mirror, province_clerk)


class Retaken:
    """A source whose snapshot is begun anew after its first file was handed out."""

    def __init__(self, again: bytes) -> None:
        self.data, self.again = b'{"code":"B1"}\n', again
        self.asked = 0

    def json(self, _path: str) -> dict[str, Any]:
        self.asked += 1
        done, data = self.asked > 1, self.again if self.asked > 1 else self.data
        file = {"name": "banks.ndjson", "resource": "banks", "rows": 1, "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(), "url": "/x"}  # fmt: skip
        shape = {"resource": "banks", "key": "code", "group": []}
        return {"state": "done" if done else "running", "done": 0, "total": 1,
                "files": [file], "resources": [shape]}  # fmt: skip

    def ask(self, _path: str, **_headers: str) -> Any:
        return Body(self.data)


class Body(io.BytesIO):
    """An answer with all of a file."""

    status = 200


@pytest.mark.parametrize("again", [b'{"code":"B1"}\n', b'{"code":"B2"}\n'])
def test_files_of_another_moment_are_not_taken_for_one_copy(tmp_path, monkeypatch, again) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    program = importlib.import_module("mirror")
    source, copy = Retaken(again), program.Copy(tmp_path / "copy.sqlite3")
    if again == source.data:
        program.load(source, copy, 1, "records", "loading")
        assert copy.base.execute("SELECT key FROM records").fetchall() == [("B1",)]
        return
    with pytest.raises(program.Gone):
        program.load(source, copy, 1, "records", "loading")


def test_a_copy_that_is_not_equal_is_found_out(mirror, writing) -> None:
    assert mirror.ended("--once")[0] == 0
    for change in (
        "DELETE FROM records WHERE resource = 'institutions' AND key = 'M001'",
        "UPDATE records SET row = json_set(row, '$.name', 'x') WHERE key = 'M002'",
        "INSERT INTO records SELECT resource, 'M999', \"group\", row FROM records"
        " WHERE key = 'M003'",
    ):
        with sqlite3.connect(mirror.path) as base:
            base.execute(change)
    code, said = mirror.ended("--check")
    assert (code, "3 differ" in said) == (1, True), said
    for line in ("M001: missing", "M002: different", "M999: not in the source"):
        assert f"institutions {line}" in said


def test_what_fell_behind_begins_anew(mirror, writing, province_clerk) -> None:
    assert mirror.ended("--once")[0] == 0
    first = mirror.state()["cursor"]
    writing()
    Change.objects.all().delete()
    begin_anew()
    code, said = mirror.ended("--once")
    assert (code, "begin anew" in said) == (0, True)
    assert mirror.state()["cursor"] != first
    assert_equal(mirror, province_clerk)


def test_each_resource_is_a_table_to_ask(mirror, writing) -> None:
    assert mirror.ended("--once", "--resources", "institutions,loan-figures")[0] == 0
    asked = "SELECT code, prefecture_name FROM institutions WHERE code = 'B9001'"
    assert mirror.asked(asked) == [("B9001", "韶关市")]
    assert mirror.asked('SELECT period, balance FROM "loan-figures"') == [("2012-06", "1000.00")]
    assert {resource for resource, _key in mirror.rows()} == {"institutions", "loan-figures"}
