"""Deadline day: many banks file at once, over HTTP, and the office accepts it all.

    python -m benchmarks.deadline [--institutions 300] [--clients 16] [--database postgresql]

Each bank's workbook of 2,520 lines is uploaded, checked, explained, signed and accepted by
the pages that people use, served by gunicorn on this machine. Beside it, the ordinary way (a
serializer and a saved object per row) on a part of the same lines.
"""

import argparse
import datetime
import http.client
import io
import os
import queue
import subprocess
import sys
import threading
import time
import uuid
import zipfile
from typing import Any

from benchmarks.house import ROOT, own_database, prepare

PORT = 8917
BOUNDARY = "tracker-benchmark"
ORDINARY_LINES = 1500
FIGURES = 12  # different sets of figures; writing one for each of 300 banks takes minutes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--institutions", type=int, default=24)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--server", default="postgres://postgres@127.0.0.1:5432/postgres")
    options = parser.parse_args()
    with own_database(options.database, options.server) as environment:
        prepare(environment)
        os.environ.update(environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        run(options)


def run(options: argparse.Namespace) -> None:
    """File, accept, prove, and compare."""
    day = Day(options.institutions)
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", f"--bind=127.0.0.1:{PORT}",
        "--worker-class=gthread", "--workers=2", "--threads=8", "--log-level=error",
        "--timeout=120",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))
    try:
        day.await_server()
        seconds = day.file_all(options.clients)
    finally:
        server.terminate()
        server.wait()
    if day.errors:
        sys.exit("\n".join(day.errors[:10]))
    lines = day.prove()
    ordinary = ordinary_rate(day)
    waits = sorted(day.waits)
    rate = lines / seconds
    print(f"{options.database}: {options.institutions} institutions x {day.lines_each:,} lines, "
          f"{options.clients} clients")  # fmt: skip
    print(f"  upload to findings   median {waits[len(waits) // 2]:.2f} s, "
          f"p95 {waits[int(len(waits) * 0.95) - 1]:.2f} s")  # fmt: skip
    print(f"  filed to accepted    {lines:,} lines in {seconds:.1f} s: {rate:,.0f} lines/s")
    print(f"  the ordinary way     {ordinary:,.0f} lines/s")
    print(f"  ratio                {rate / ordinary:.1f} (target 20)")
    print("  errors 0, lost 0 (lines, summaries and journal proved)")


class Day:
    """The institutions, their people and files, and what happened."""

    def __init__(self, institutions: int) -> None:
        from benchmarks.intake import workbook_of
        from benchmarks.synthetic import sound_tables
        from core.models import Fact, Institution, Period, Prefecture, User
        from returns.checking.load import load_context
        from returns.forms import form
        from returns.models import Obligation

        self.waits: list[float] = []
        self.errors: list[str] = []
        prefectures = list(Prefecture.objects.all())
        first, last = datetime.date(2012, 6, 1), datetime.date(2012, 6, 30)
        self.period = Period.objects.create(
            form="sme-loans", kind="month", year=2012, number=6, starts_on=first, ends_on=last,
            opens_on=last, due_on=datetime.date(2012, 7, 9),
        )  # fmt: skip
        self.clerk = User.objects.create(username="c", display_name="c", role="province_staff")
        self.files: list[tuple[Any, Any, Any, bytes]] = []
        now = datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC)
        declared = form("sme-loans")
        written: dict[int, bytes] = {}
        for number in range(institutions):
            bank = Institution(
                code=f"B{number:04}", kind=["state_bank", "city_bank", "rural_bank"][number % 3],
                name=f"演示{number}银行", prefecture=prefectures[number % 21],
            )  # fmt: skip
            bank.save()
            Fact.objects.bulk_create(
                Fact(institution=bank, kind="branch_opened", happened_on=first, prefecture=each,
                     subject=each.code, recorded_at=now, recorded_by=self.clerk)
                for each in prefectures
            )  # fmt: skip
            people = [
                User.objects.create(
                    username=f"{role}{number}", display_name=role, role=role, institution=bank
                )
                for role in ("preparer", "signatory")
            ]
            Obligation.objects.create(
                institution=bank, period=self.period, due_on=self.period.due_on
            )
            if number < FIGURES:
                context = load_context(form=declared, institution=bank, period=self.period, now=now)
                tables = sound_tables(declared, context, 2520, seed=number + 1)
                self.lines_each = len(tables["lines"])
                named = _named(declared, context)
                written[number] = workbook_of(named, tables, institution=bank.code, signed=False)
            data = _addressed(written[number % FIGURES], f"B{number % FIGURES:04}", bank.code)
            self.files.append((bank, *people, data))

    def await_server(self) -> None:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                connection.request("GET", "/readyz")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def file_all(self, clients: int) -> float:
        """Let ``clients`` work off the files; return the seconds it took."""
        waiting: queue.Queue[Any] = queue.Queue()
        for each in self.files:
            waiting.put(each)
        threads = [threading.Thread(target=self._work, args=(waiting,)) for _ in range(clients)]
        start = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - start

    def _work(self, waiting: "queue.Queue[Any]") -> None:
        from django.db import connection as database

        while True:
            try:
                bank, preparer, signatory, data = waiting.get_nowait()
            except queue.Empty:
                database.close()
                return
            try:
                self._file(bank, preparer, signatory, data)
            except Exception as error:
                self.errors.append(f"{bank.code}: {error!r}"[:300])

    def _file(self, bank: Any, preparer: Any, signatory: Any, data: bytes) -> None:
        from returns.models import Return

        browser = Browser(preparer)
        start = time.perf_counter()
        browser.post(f"/returns/period/{self.period.pk}/upload/", file=data)
        self.waits.append(time.perf_counter() - start)
        record = Return.objects.get(institution=bank, period=self.period)
        fields = {f"explanation-{each.pk}": "按台账核对无误" for each in record.findings.all()} | {
            "version": str(record.version)
        }
        browser.post(f"/returns/{record.pk}/explain/", fields=fields)
        Browser(signatory).post(f"/returns/{record.pk}/sign/")
        Browser(self.clerk).post(f"/returns/{record.pk}/decide/", fields={"decision": "accept"})
        record.refresh_from_db()
        if record.state != "accepted":
            raise RuntimeError(f"{record.state}, {record.error_count} errors")

    def prove(self) -> int:
        """Prove that nothing was lost; return the number of lines."""
        from core.operations.journal import verify
        from finance.models import LoanLine, LoanSummary
        from finance.operations.loans import rebuild_summaries
        from returns.models import Return

        accepted = Return.objects.filter(state="accepted")
        documents = list(accepted.values_list("document_id", "period_id", "institution_id"))
        lines = LoanLine.objects.count()
        counted = sum(LoanSummary.objects.values_list("lines", flat=True))
        assert (len(documents), lines) == (len(self.files), len(self.files) * self.lines_each)
        assert counted == lines
        assert rebuild_summaries(accepted=documents, verify=True) == []
        assert verify() is None
        return lines


def _addressed(data: bytes, old: str, new: str) -> bytes:
    """The workbook of one bank as another's: its code on the hidden sheet, which comes last."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(out, "w", 8) as copy:
        sheets = sorted(name for name in book.namelist() if "worksheets/sheet" in name)
        for name in book.namelist():
            content = book.read(name)
            if name == sheets[-1]:
                if content.count(old.encode()) != 1:
                    raise ValueError(f"{name} does not hold {old} once")
                content = content.replace(old.encode(), new.encode())
            copy.writestr(name, content, compresslevel=1)
    return out.getvalue()


def _named(form: Any, context: Any) -> Any:
    """The form with the prefectures' names as codes, for writing workbooks."""
    from dataclasses import replace

    tables = [
        replace(
            table,
            dimensions=tuple(
                replace(each, source="", codes=context.names[each.name])
                for each in table.dimensions
            ),
        )
        for table in form.tables
    ]
    return replace(form, tables=tuple(tables))


class Browser:
    """One person's signed-in connection."""

    def __init__(self, user: Any) -> None:
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self.token = uuid.uuid4().hex
        self.headers = {
            "Cookie": f"sessionid={session.session_key}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
        }
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=300)

    def post(
        self, path: str, *, fields: dict[str, str] | None = None, file: bytes | None = None
    ) -> None:
        """Post a form and see that it was taken (a redirect)."""
        body = io.BytesIO()
        for name, value in (fields or {}).items():
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            body.write(f"{head}{value}\r\n".encode())
        if file is not None:
            body.write(
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
                f'filename="a.xlsx"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
            )
            body.write(file + b"\r\n")
        body.write(f"--{BOUNDARY}--\r\n".encode())
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        self.connection.request("POST", path, body.getvalue(), {**self.headers, **kind})
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != 302:
            raise RuntimeError(f"{path}: {answer.status} {said[:200]!r}")


def ordinary_rate(day: Day) -> float:
    """Lines a second of a serializer and a saved object per row, in one transaction."""
    from django.db import transaction
    from rest_framework import serializers

    from finance.models import LoanLine

    class LineSerializer(serializers.ModelSerializer):
        class Meta:
            model = LoanLine
            exclude = ("document", "id")
            validators: list[Any] = []

    names = [field.name for field in LoanLine._meta.fields if field.name not in ("id", "document")]
    document = LoanLine.objects.order_by("-document").values_list("document", flat=True).first()
    lines = LoanLine.objects.filter(document=document).order_by("row").values(*names)
    rows = [
        {name: value if isinstance(value, str) else int(value) for name, value in row.items()}
        for row in lines[:ORDINARY_LINES]
    ]
    start = time.perf_counter()
    with transaction.atomic():
        LoanLine.objects.filter(document=document).delete()
        for row in rows:
            serializer = LineSerializer(data=row)
            serializer.is_valid(raise_exception=True)
            serializer.save(document_id=document)
        seconds = time.perf_counter() - start
        transaction.set_rollback(True)
    return len(rows) / seconds


if __name__ == "__main__":
    main()
