"""The feed of changes: reading it, what it adds to an acceptance, many followers, a full copy.

    python -m benchmarks.changes [--lines 1000000] [--database postgresql] [--only reading]

``reading``    pages of 1,000 changes, and all of them as NDJSON, through one worker's views
``writing``    accepting a return of one line and of 2,520, with and without the feed, in turn
``following``  64 clients wait at a server of two processes while others write; each hears all
``copying``    examples/mirror.py copies so many lines, beside COPY … TO STDOUT of the same fields
               loaded into a table with their key, and of the bare table without one
"""

import argparse
import datetime
import http.client
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.house import ROOT, own_database, prepare

PORT = 8923
CLIENTS = 64
WRITTEN = 2000  # changes while 64 listen
KEPT = 200_000  # changes that are read
RETURNS = 40  # accepted with, and as many without


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--only", choices=["reading", "writing", "following", "copying"])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--server", default="postgres://postgres@127.0.0.1:5432/postgres")
    options = parser.parse_args()
    with own_database(options.database, options.server) as environment:
        prepare(environment)
        environment |= {"API_RATE_PER_MINUTE": "0", "ALLOWED_HOSTS": "127.0.0.1,testserver",
                        "API_BULK_ROWS_PER_DAY": "1000000000"}  # fmt: skip
        os.environ.update(environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        print(options.database)
        token = reader_token()
        works = {
            "writing": writing,
            "following": lambda: following(token),
            "copying": lambda: copying(token, options.lines),
            "reading": lambda: reading(token),
        }
        for name, work in works.items():
            if options.only in (None, name):
                work()


def reader_token() -> str:
    from core.models import User
    from core.operations.tokens import issue_token

    user = User.objects.create(username="reader", display_name="r", role="auditor")
    now = datetime.datetime.now(datetime.UTC)
    _token, raw = issue_token(
        actor=user, name="x", scopes=["read:changes", "read:reports"], now=now,
        expires_at=now + datetime.timedelta(days=1),
    )  # fmt: skip
    return raw


def reading(token: str) -> None:
    """Every change, page by page and as one stream."""
    from django.db import connection

    from core.models import Change, ChangeHead
    from core.operations.token_use import LEDGER
    from tests.calling import Caller

    head = ChangeHead.objects.get()
    now = datetime.datetime.now(datetime.UTC)
    places = range(head.position + 1, head.position + 1 + KEPT)
    Change.objects.bulk_create(
        (Change(position=place, at=now, written_at=now, action="institution.changed",
                resource="institutions", key=f"B{place % 5000:04}", version=place % 100 + 1,
                fields="name,address", prefecture_id=place % 21 + 1)
         for place in places), batch_size=2000,
    )  # fmt: skip
    ChangeHead.objects.update(position=places[-1])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a running database is
    caller = Caller(token)
    start, since, count = time.perf_counter(), "", 0
    while True:
        page = json.loads(caller.get("/changes/", since=since, page_size=1000).content)
        count, since = count + len(page["results"]), page["next"]
        if not page["more"]:
            break
    paged = count / (time.perf_counter() - start)
    start = time.perf_counter()
    answer = caller.get("/changes/", format="ndjson")
    whole = sum(chunk.count(b"\n") for chunk in answer.streaming_content)
    streamed = whole / (time.perf_counter() - start)
    LEDGER.flush()  # before the database goes
    if count != whole:
        sys.exit(f"{count} changes by pages, {whole} as a stream")
    print(f"  read by pages        {paged:,.0f} changes/s (target 20,000)")
    print(f"  read as NDJSON       {streamed:,.0f} changes/s")


def writing() -> None:
    """Acceptances with the feed beside ones without it, one after the other."""
    from benchmarks import report_size
    from core.operations import changes
    from returns.operations import reviewing

    house = report_size.House()
    known, told = changes.kind_of, reviewing.tell_figures
    for lines in (1, report_size.KEYS):
        report_size.KEYS = lines
        waiting = [submitted(house, number) for number in range(2 * RETURNS)]
        seconds: dict[bool, list[float]] = {True: [], False: []}
        for number, record in enumerate(waiting):
            fed = number % 2 == 0
            if not fed:
                changes.kind_of = lambda _model: None
                reviewing.tell_figures = lambda *_: None
            now = datetime.datetime(2012, 7, 20, tzinfo=datetime.UTC)
            start = time.perf_counter()
            reviewing.accept_return(
                actor=house.clerk, record=record, expected_version=None, now=now
            )
            seconds[fed].append(time.perf_counter() - start)
            changes.kind_of, reviewing.tell_figures = known, told
        fed, bare = (statistics.median(seconds[each]) for each in (True, False))
        print(f"  accepting {lines:>5} lines {fed * 1000:7.2f} ms beside {bare * 1000:.2f} without "
              f"the feed: {fed / bare:.2f}x (target 1.15)")  # fmt: skip


def submitted(house: Any, number: int) -> Any:
    """A return that waits for its acceptance, of a bank of its own."""
    from core.models import Institution
    from returns.models import Return

    bank = Institution(
        code=f"W{house.institutions:05}", kind="city_bank", name=f"演示{number}银行",
        prefecture=house.prefectures[number % 21],
    )  # fmt: skip
    bank.save()
    house.institutions += 1
    document = house.file(bank, house.periods[-1])
    Return.objects.filter(document=document).update(state="submitted", accepted_at=None)
    return Return.objects.get(document=document)


class Server:
    """gunicorn with two processes, as in the guide."""

    def __enter__(self) -> "Server":
        command = [sys.executable, "-m", "gunicorn", "config.wsgi:application",
                   f"--bind=127.0.0.1:{PORT}", "--worker-class=gthread", "--workers=2",
                   "--threads=8", "--log-level=error", "--timeout=120"]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                connection.request("GET", "/readyz")
                connection.getresponse().read()
                return self
            except OSError:
                time.sleep(0.1)
        raise TimeoutError

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def following(token: str) -> None:
    """Who follows hears every change once, in order, however many follow."""
    from api.feed import cursor_of
    from core.models import ChangeHead
    from core.queries.changes import end

    first, since = ChangeHead.objects.get().position, cursor_of(end())
    last: list[int] = []
    heard: list[list[int]] = [[] for _ in range(CLIENTS)]
    delays: list[float] = []
    with Server():
        clients = [
            threading.Thread(target=follow, args=(token, since, mine, last, delays))
            for mine in heard
        ]
        for each in clients:
            each.start()
        time.sleep(2)
        start = time.perf_counter()
        writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
        for each in (*writers,):
            each.start()
        for each in writers:
            each.join()
        seconds = time.perf_counter() - start
        last.append(ChangeHead.objects.get().position)
        for each in clients:
            each.join()
    wanted = list(range(first + 1, last[0] + 1))
    wrong = sum(mine != wanted for mine in heard)
    if wrong or len(wanted) < WRITTEN:
        sys.exit(f"{wrong} of {CLIENTS} followers did not hear {len(wanted)} changes in order")
    delays.sort()
    print(f"  {CLIENTS} followers, {len(wanted):,} changes by 4 writers in {seconds:.1f} s: each "
          "heard "
          f"all, once, in order; behind by median {delays[len(delays) // 2]:.2f} s, "
          f"p95 {delays[int(len(delays) * 0.95)]:.2f} s")  # fmt: skip


def follow(token: str, since: str, mine: list[int], last: list[int], delays: list[float]) -> None:
    """One client, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    headers = {"Authorization": f"Bearer {token}"}
    while not last or not mine or mine[-1] < last[0]:
        address = f"/api/v1/changes/?since={since}&wait=5&page_size=1000"
        try:
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            page = json.loads(answer.read())
        except (OSError, http.client.HTTPException):  # the server let an idle one go: ask again
            connection.close()
            continue
        if answer.status != 200:
            raise SystemExit(page)
        since = page["next"]
        now = datetime.datetime.now(datetime.UTC)
        for each in page["results"]:
            mine.append(each["position"])
            delays.append((now - datetime.datetime.fromisoformat(each["at"])).total_seconds())
        if not page["results"]:
            time.sleep(0.5)


def write(number: int) -> None:
    """Change one bank again and again."""
    from django.db import connection, transaction

    from core.models import Institution, Prefecture
    from core.operations.records import save_record

    bank = Institution(code=f"F{number}", kind="city_bank", name="演示银行",
                       prefecture=Prefecture.objects.first())  # fmt: skip
    bank.save()
    for turn in range(WRITTEN // 4):
        with transaction.atomic():
            bank.name = f"演示{turn}银行"
            save_record(bank, actor=None, expected_version=bank.version)
    connection.close()


def copying(token: str, lines: int) -> None:
    """A full copy by snapshot and changes, beside what is the least: rows as text, loaded."""
    from django.db import connection

    from benchmarks.report_size import House

    house = House()
    house.grow_to(lines)
    connection.close()
    with tempfile.TemporaryDirectory() as folder, Server():
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--queue-name=*"], cwd=ROOT,
            env=dict(os.environ), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            time.sleep(5)  # the worker starts
            command = [sys.executable, "examples/mirror.py", f"{folder}/copy.sqlite3",
                       "--api", f"http://127.0.0.1:{PORT}/api/v1", "--once"]  # fmt: skip
            environment = {**os.environ, "TRACKER_TOKEN": token}
            start = time.perf_counter()
            subprocess.run(command, cwd=ROOT, env=environment, check=True,
                           stdout=subprocess.DEVNULL)  # fmt: skip
            mirrored = time.perf_counter() - start
            start = time.perf_counter()
            told = subprocess.run([*command[:-1], "--check"], cwd=ROOT, env=environment, check=True,
                                  capture_output=True, text=True)  # fmt: skip
            checked = time.perf_counter() - start
        finally:
            worker.terminate()
            worker.wait()
        with sqlite3.connect(f"{folder}/copy.sqlite3") as copy:
            count = copy.execute("SELECT count(*) FROM records WHERE resource = 'loan-figures'")
            rows = count.fetchone()[0]
        same = copied(Path(folder), *same_fields(), "TEXT PRIMARY KEY")
        bare = copied(Path(folder), "SELECT * FROM finance_loanline", (), "")
    print(f"  mirror of {rows:,} lines: {mirrored:.1f} s, {rows / mirrored:,.0f} lines/s")
    print(f"  the same fields copied and loaded: {same:.1f} s; {mirrored / same:.2f}x (target 2)")
    print(f"  the bare table, without a key: {bare:.1f} s; {mirrored / bare:.1f}x")
    print(f"  compared in {checked:.1f} s: {told.stdout.splitlines()[-1]}")


def copied(folder: Path, statement: str, parameters: Any, key: str) -> float:
    """Seconds to write rows as text and load them into SQLite, column for column."""
    from django.db import connection

    start = time.perf_counter()
    path = folder / "copied.txt"
    with connection.cursor() as cursor, path.open("wb") as out:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY ({statement}) TO STDOUT", parameters) as copy:
                for block in copy:
                    out.write(block)
        else:
            cursor.execute(statement, parameters)
            while rows := cursor.fetchmany(5000):
                out.write(b"".join("\t".join(map(str, row)).encode() + b"\n" for row in rows))
    (folder / "copied.sqlite3").unlink(missing_ok=True)
    with sqlite3.connect(folder / "copied.sqlite3") as base, path.open() as source:
        width = len(next(source).split("\t"))
        source.seek(0)
        names = ", ".join([f"c0 {key}", *(f"c{number}" for number in range(1, width))])
        base.execute(f"CREATE TABLE lines ({names})")
        marks = ", ".join("?" * width)
        base.executemany(
            f"INSERT INTO lines VALUES ({marks})",
            (line.rstrip("\n").split("\t") for line in source),
        )
    return time.perf_counter() - start


def same_fields() -> tuple[str, Any]:
    """The statement of the lines with the fields that the interface gives."""
    from django.db.models import F

    from api.representing import representations
    from core.models import User

    shape = representations()["loan-figures"]
    rows = shape.rows(
        User.objects.get(username="reader"), datetime.datetime.now(datetime.UTC).date()
    ).order_by()
    names = [f"c{place}" for place in range(len(shape.resource.fields))]
    sources = [each.source for each in shape.resource.fields]
    rows = rows.annotate(**{n: F(source) for n, source in zip(names, sources, strict=True)})
    return rows.values_list(*names).query.sql_with_params()


if __name__ == "__main__":
    main()
