"""Keep a full copy of the tracker's records in an SQLite file: by a snapshot, then by changes.

    TRACKER_TOKEN=… python mirror.py copy.sqlite3 --api https://tracker.example/api/v1

Nothing but the standard library. Stop it or kill it whenever you like; started again it goes on
where it stood. Each page of changes is written in one transaction with the cursor behind it, so
the copy is always as the source was at some moment, or on its way from a snapshot to one.

    --once       stop as soon as there is nothing more to hear
    --check      compare with the source, and say what differs; ends with 1 if anything does
    --resources  only these, with commas; all that the token's person may read if unset

A record is a row of ``records``: resource, key, and the JSON that its own address answers; each
resource has a view with its fields as columns (``SELECT code, name FROM institutions``). The
token needs the scopes read:changes and read:reports.
"""

import argparse
import hashlib
import http.client
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

PAGE = 500  # changes asked for at once, each with its record
BATCH = 20_000  # lines of a file written at once
WAIT = 25  # seconds that the server may wait for a change
AGAIN = (OSError, http.client.HTTPException)  # no connection, or one that broke

SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS records (
    resource TEXT NOT NULL, key TEXT NOT NULL, "group" TEXT NOT NULL, row TEXT NOT NULL
);
"""
INDEXES = """
CREATE UNIQUE INDEX IF NOT EXISTS records_by_key ON records (resource, key);
CREATE INDEX IF NOT EXISTS records_by_group ON records (resource, "group") WHERE "group" <> '';
"""
# A snapshot is loaded before there is an index, and without a log beside the file: killed, the
# rows of whole batches are there; after a loss of power it may have to be loaded anew.
LOADING = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA cache_size=-100000;"
FOLLOWING = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
PUT = 'INSERT OR REPLACE INTO {} (resource, key, "group", row) VALUES (?, ?, ?, ?)'


class Gone(Exception):
    """What we stood on is not there any more: begin with a snapshot."""


class Source:
    """The tracker's interface."""

    def __init__(self, api: str, token: str) -> None:
        self.api = api.rstrip("/")
        self.token = token

    def ask(self, path: str, *, body: Any = None, method: str = "", **headers: str) -> Any:
        """An open answer. Waits where it is told to; raises Gone for 404 and 410."""
        root = self.api[: -len("/api/v1")] if path.startswith("/api/v1/") else self.api
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", **headers}
        if data is not None:
            headers["Content-Type"] = "application/json"
        asked = urllib.request.Request(
            root + path, data=data, headers=headers, method=method or None
        )
        while True:
            try:
                return urllib.request.urlopen(asked, timeout=WAIT + 35)
            except urllib.error.HTTPError as error:
                if error.code in (404, 410):
                    raise Gone(path) from error
                if error.code == 429 or error.code >= 500:
                    time.sleep(min(int(error.headers.get("Retry-After") or 2), 60))
                    continue
                raise SystemExit(f"{path}: {error.code} {error.read().decode()[:500]}") from error

    def json(self, path: str, **more: Any) -> Any:
        with self.ask(path, **more) as answer:
            return json.load(answer)


class Copy:
    """The SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.base = sqlite3.connect(path, isolation_level=None, timeout=60)
        self.base.executescript(SCHEMA)
        if self.get("cursor") is not None:
            self.base.executescript(FOLLOWING + INDEXES)

    def get(self, name: str) -> Any:
        row = self.base.execute("SELECT value FROM state WHERE name = ?", [name]).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, **values: Any) -> None:
        """Keep what we know; None forgets it. Within a transaction it is part of it."""
        for name, value in values.items():
            if value is None:
                self.base.execute("DELETE FROM state WHERE name = ?", [name])
            else:
                pair = [name, json.dumps(value)]
                self.base.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", pair)

    def __enter__(self) -> "Copy":
        self.base.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, failure: Any, *_: Any) -> None:
        self.base.execute("ROLLBACK" if failure else "COMMIT")


# The snapshot


def asked_snapshot(source: Source, copy: Copy, resources: list[str], name: str) -> int:
    """The number of the snapshot that was asked for under ``name``, or is asked for now."""
    if copy.get(name) is None:
        made = source.json("/snapshots/", body={"resources": resources, "formats": ["ndjson"]})
        copy.put(**{name: made["id"]})
    return copy.get(name)


def fetched(
    source: Source, number: int, seen: set[str], into: Path
) -> tuple[dict[str, Any], dict[str, Any] | None, Path]:
    """The next file of a snapshot, whole on disk, as soon as it is written; None after the last.

    With it the manifest as it is then. Files come while later ones are still being written.
    """
    pause = 0.1
    while True:
        manifest = source.json(f"/snapshots/{number}/")
        if manifest["state"] == "failed":
            raise Gone(manifest["message"])
        files = [each for each in manifest["files"] if each["rows"] and each["name"] not in seen]
        if files:
            part = into.with_name(f"{into.name}.{files[0]['name']}")
            download(source, files[0], part)
            return manifest, files[0], part
        if manifest["state"] == "done":
            return manifest, None, into
        print(f"snapshot: {manifest['done']} of {manifest['total']} rows", flush=True)
        time.sleep(pause)
        pause = min(pause * 1.5, 1)


def download(source: Source, file: dict[str, Any], into: Path) -> None:
    """Have the whole file on disk, going on from what is there; its SHA-256 is right.

    Raises Gone where it is not twice: then it is not the file that was told of.
    """
    wrong = 0
    while wrong < 2:
        have = into.stat().st_size if into.exists() else 0
        if have < file["bytes"]:
            tag = f'"{file["sha256"]}"'
            headers = {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
            answer = source.ask(file["url"], **headers)
            with answer, into.open("ab" if answer.status == 206 else "wb") as out:
                while chunk := answer.read(1 << 20):
                    out.write(chunk)
            continue
        into.touch()
        with into.open("rb") as whole:
            if hashlib.file_digest(whole, "sha256").hexdigest() == file["sha256"]:
                return
        into.unlink()
        wrong += 1
    raise Gone(f"{file['name']} is another file now")


def lines(path: Path, skip: int) -> Iterator[tuple[int, list[tuple[bytes]]]]:
    """Batches of lines from a place on, each with the place after it."""
    with path.open("rb") as file:
        file.seek(skip)
        while batch := list(islice(file, BATCH)):
            yield file.tell(), [(line[:-1],) for line in batch]


def placed(shape: dict[str, Any], row: dict[str, Any]) -> tuple[str, str]:
    """A row's key and group. Rows told by groups have their number as key."""
    if shape["group"]:
        return str(row["id"]), "/".join(str(row[name]) for name in shape["group"])
    return str(row[shape["key"]]), ""


def putting(table: str, shape: dict[str, Any]) -> str:
    """The statement that puts a line into a table: as ``placed``, by SQLite itself."""
    names = shape["group"]
    key = "id" if names else shape["key"]
    group = " || '/' || ".join(f"json_extract(line, '$.{name}')" for name in names) or "''"
    return (
        f"INSERT OR REPLACE INTO {table} SELECT '{shape['resource']}', "
        f"CAST(json_extract(line, '$.{key}') AS TEXT), {group}, line "
        "FROM (SELECT CAST(? AS TEXT) AS line)"
    )


def load(source: Source, copy: Copy, number: int, table: str, mark: str) -> dict[str, Any]:
    """Put a snapshot's files into a table; return its manifest.

    ``mark`` keeps which files are loaded, with their SHA-256, and the place within the next. The
    next file is fetched while one is loaded. Raises Gone where the snapshot was taken anew
    meanwhile: what was loaded is of another moment.
    """
    known = copy.get(mark) or {"loaded": {}, "file": "", "place": 0}
    loaded, into = known["loaded"], copy.path.with_name(f"{copy.path.name}.{mark}")
    with ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(fetched, source, number, set(loaded), into)
        while True:
            manifest, file, part = coming.result()
            if file is None:
                break
            coming = ahead.submit(fetched, source, number, {*loaded, file["name"]}, into)
            shape = next(e for e in manifest["resources"] if e["resource"] == file["resource"])
            place = known["place"] if file["name"] == known["file"] else 0
            for after, batch in lines(part, place):
                with copy:
                    copy.base.executemany(putting(table, shape), batch)
                    copy.put(**{mark: {"loaded": loaded, "file": file["name"], "place": after}})
            loaded[file["name"]] = file["sha256"]
            with copy:
                copy.put(**{mark: {"loaded": loaded, "file": "", "place": 0}})
            part.unlink()
    if loaded != {each["name"]: each["sha256"] for each in manifest["files"] if each["rows"]}:
        raise Gone("the snapshot was taken anew")
    for left in into.parent.glob(f"{into.name}.*"):
        left.unlink()  # of a file that was loaded when we were killed
    return manifest


def begin(source: Source, copy: Copy, resources: list[str]) -> None:
    """From nothing to the moment of a snapshot."""
    number = asked_snapshot(source, copy, resources, "snapshot")
    copy.base.executescript(LOADING)
    if copy.get("loading") is None:
        with copy:
            copy.base.execute("DELETE FROM records")
            copy.base.execute("DROP INDEX IF EXISTS records_by_key")
            copy.base.execute("DROP INDEX IF EXISTS records_by_group")
            copy.put(loading={"loaded": {}, "file": "", "place": 0})
    snapshot = load(source, copy, number, "records", "loading")
    copy.base.executescript(INDEXES)
    with copy:
        views(copy, snapshot)
        shapes = {each["resource"]: each for each in snapshot["resources"]}
        copy.put(cursor=snapshot["cursor"], shapes=shapes, snapshot=None, loading=None)
    copy.base.executescript(FOLLOWING)
    print(f"loaded {sum(file['rows'] for file in snapshot['files'])} rows", flush=True)


def views(copy: Copy, snapshot: dict[str, Any]) -> None:
    """A view for each resource, its fields as columns."""
    for shape in snapshot["resources"]:
        name = shape["resource"]
        first = copy.base.execute("SELECT row FROM records WHERE resource = ?", [name]).fetchone()
        names = json.loads(first[0]) if first else shape["own"]
        columns = ", ".join(f"json_extract(row, '$.{each}') AS \"{each}\"" for each in names)
        copy.base.execute(f'DROP VIEW IF EXISTS "{name}"')
        copy.base.execute(
            f"CREATE VIEW \"{name}\" AS SELECT {columns} FROM records WHERE resource = '{name}'"
        )


# The changes


def follow(
    source: Source,
    copy: Copy,
    resources: list[str],
    *,
    wait: int,
    heard: Callable[[str, str], None] = lambda resource, key: None,
) -> bool:
    """Take one page of changes; whether there was any."""
    asked = {"since": copy.get("cursor"), "records": 1, "page_size": PAGE, "wait": wait}
    if resources:
        asked["kind"] = ",".join(resources)
    began = time.monotonic()
    page = source.json(f"/changes/?{urllib.parse.urlencode(asked)}")
    shapes = copy.get("shapes")
    latest = {(each["resource"], each["key"]): each for each in page["results"]}
    groups = {
        place: list(rows_at(source, each["url"]))
        for place, each in latest.items()
        if place[0] in shapes and shapes[place[0]]["group"]
    }
    with copy:
        for (resource, key), each in latest.items():
            heard(resource, key)
            if resource not in shapes:
                continue
            where = '"group"' if shapes[resource]["group"] else "key"
            copy.base.execute(
                f"DELETE FROM records WHERE resource = ? AND {where} = ?", [resource, key]
            )
            rows = groups.get((resource, key), [each["record"]] if each.get("record") else [])
            copy.base.executemany(
                PUT.format("records"),
                [(resource, *placed(shapes[resource], row), compact(row)) for row in rows],
            )
        copy.put(cursor=page["next"])
    if not page["results"] and wait and time.monotonic() - began < 1:
        time.sleep(1)  # a busy server lets nobody wait
    return bool(page["results"])


def compact(row: dict[str, Any]) -> str:
    """A record as text, as a snapshot's lines have it."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def rows_at(source: Source, url: str) -> Iterator[dict[str, Any]]:
    """All rows of a list."""
    address: str | None = f"{url}&page_size=1000"
    while address:
        page = source.json(address)
        yield from page["results"]
        after = urllib.parse.urlsplit(page["next"] or "")
        address = f"{after.path}?{after.query}" if page["next"] else None


def run(source: Source, copy: Copy, resources: list[str], *, once: bool) -> None:
    """Begin where needed, and follow."""
    while True:
        try:
            if copy.get("cursor") is None:
                begin(source, copy, resources)
            elif not follow(source, copy, resources, wait=0 if once else WAIT) and once:
                return
        except Gone as gone:
            print(f"begin anew: {gone}", flush=True)
            copy.put(cursor=None, snapshot=None, loading=None)
            time.sleep(1)
        except AGAIN as error:
            print(f"again in a moment: {error}", flush=True)
            time.sleep(2)


# Comparing


def check(source: Source, copy: Copy, resources: list[str]) -> int:
    """Compare the copy with a fresh snapshot; return how many records differ.

    Compared is what is a record's own; what changes while we compare is left out.
    """
    run(source, copy, resources, once=True)
    copy.put(checking=None, compared=None)
    copy.base.executescript(
        "DROP TABLE IF EXISTS source;"
        'CREATE TABLE source (resource, key, "group", row, PRIMARY KEY (resource, key));'
    )
    moved: set[tuple[str, str]] = set()
    number = asked_snapshot(source, copy, resources, "compared")
    snapshot = load(source, copy, number, "source", "checking")
    while follow(source, copy, resources, wait=0, heard=lambda *place: moved.add(place)):
        pass
    own = {each["resource"]: each["own"] for each in snapshot["resources"]}

    def same(resource: str, ours: str, theirs: str) -> bool:
        mine, other = json.loads(ours), json.loads(theirs)
        return all(mine.get(name) == other.get(name) for name in own[resource])

    copy.base.create_function("same", 3, same, deterministic=True)
    found = copy.base.execute(
        """SELECT r.resource, r.key, r."group", CASE WHEN s.key IS NULL THEN 'not in the source'
                  ELSE 'different' END
           FROM records r LEFT JOIN source s USING (resource, key)
           WHERE s.key IS NULL OR (r.row <> s.row AND NOT same(r.resource, r.row, s.row))
           UNION ALL
           SELECT s.resource, s.key, s."group", 'missing' FROM source s
           LEFT JOIN records r USING (resource, key) WHERE r.key IS NULL"""
    ).fetchall()
    differ = [
        f"{resource} {key}: {what}"
        for resource, key, group, what in found
        if (resource, group or key) not in moved
    ]
    for line in differ[:50]:
        print(line)
    count = copy.base.execute("SELECT count(*) FROM source").fetchone()[0]
    print(f"{count} records of the source, {len(differ)} differ, {len(moved)} changed meanwhile")
    copy.base.execute("DROP TABLE source")
    copy.put(checking=None, compared=None)
    return len(differ)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--api", default=os.environ.get("TRACKER_API", ""))
    parser.add_argument("--resources", default="")
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    token = os.environ.get("TRACKER_TOKEN", "")
    if not asked.api or not token:
        parser.error("--api (or TRACKER_API) and TRACKER_TOKEN are needed")
    source, copy = Source(asked.api, token), Copy(asked.file)
    resources = [each for each in asked.resources.split(",") if each]
    if asked.check:
        sys.exit(1 if check(source, copy, resources) else 0)
    run(source, copy, resources, once=asked.once)


if __name__ == "__main__":
    main()
