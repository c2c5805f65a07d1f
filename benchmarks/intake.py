"""From a workbook's bytes to findings and stored lines, beside reading and loading alone.

    python -m benchmarks.intake [--lines 100000] [--profile]

Runs on the database of ``DATABASE_URL``, in a test database of its own.
"""

import argparse
import cProfile
import datetime
import io
import os
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
django.setup()

import xlsxwriter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks import synthetic  # noqa: E402
from benchmarks.checks import plain_context  # noqa: E402
from core.models import Institution, Period, Prefecture, SourceDocument  # noqa: E402
from core.spreadsheets import Limits, read_file  # noqa: E402
from finance.operations import bulk, loans  # noqa: E402
from returns.checking.columns import TableData  # noqa: E402
from returns.checking.context import Context  # noqa: E402
from returns.forms import form as form_called  # noqa: E402
from returns.forms.declaration import Form, Measure  # noqa: E402
from returns.intake.examine import examine_in  # noqa: E402
from returns.intake.meta import META_SHEET, marks  # noqa: E402

NOW = datetime.datetime(2012, 7, 3, tzinfo=datetime.UTC)


def workbook_of(
    form: Form, tables: dict[str, TableData], *, institution: str = "B001", signed: bool = True
) -> bytes:
    """Return the lines as a workbook, keys as ``S 小型企业``, as people send them.

    Without its signature the hidden sheet earns a warning that must be explained.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    for table in form.tables:
        data, columns = tables[table.name], []
        for name, each in table.columns.items():
            if isinstance(each, Measure):
                columns.append([value / 10**each.scale for value in data[name].tolist()])
            else:
                words = [f"{code} {text.zh}" for code, text in each.codes.items()]
                columns.append([words[place] for place in data[name].tolist()])
        sheet = book.add_worksheet(table.sheet)
        sheet.write_row(4, 0, list(table.columns))
        for number, row in enumerate(zip(*columns, strict=True), start=5):
            sheet.write_row(number, 0, row)
    meta = book.add_worksheet(META_SHEET)
    signs = marks(form=form, institution=institution, period="2012-06", issued_at=NOW)
    if not signed:
        signs.pop("digest", None)
    for number, pair in enumerate(signs.items()):
        meta.write_row(number, 0, pair)
    book.close()
    return buffer.getvalue()


def cast() -> tuple[Institution, Period, SourceDocument]:
    """Create who files what."""
    for order, code in enumerate(synthetic.SYNTHETIC, start=1):
        Prefecture.objects.create(
            code=code, name=code, name_en=code, region="delta", display_order=order + 100
        )
    bank = Institution.objects.create(
        code="B001", kind="city_bank", name="B001", prefecture=Prefecture.objects.first()
    )
    period = Period.objects.create(
        form="sme-loans", kind="month", year=2012, number=6,
        starts_on=datetime.date(2012, 6, 1), ends_on=datetime.date(2012, 6, 30),
        opens_on=datetime.date(2012, 7, 1), due_on=datetime.date(2012, 7, 9),
    )  # fmt: skip
    who = get_user_model().objects.create(
        username="bench", display_name="bench", role="preparer", institution=bank
    )
    document = SourceDocument.objects.create(
        sha256="0" * 64, filename="a.xlsx", content_type="", size=1, channel="workbook",
        institution=bank, received_at=NOW, received_from=who,
    )  # fmt: skip
    return bank, period, document


def timed(work: Callable[[], object], after: Callable[[], object], times: int = 3) -> float:
    """Return the median seconds of ``work``; ``after`` runs between, untimed."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
        after()
    return statistics.median(seconds)


def bare_load(
    tables: dict[str, TableData], bank: Institution, period: Period, document: SourceDocument
) -> Callable[[], None]:
    """Return a function that only hands ready rows to the driver, in one transaction."""
    ready: list[tuple[str, dict[str, object]]] = []
    original = loans.load
    loans.load = lambda table, columns: ready.append((table, columns))  # type: ignore[assignment]
    loans.store_figures(document=document, institution=bank, period=period, tables=tables)
    loans.load = original
    if connection.vendor == "postgresql":
        parts = [
            (table, ", ".join(f'"{name}"' for name in columns),
             bulk._records(columns, bulk._types(table, list(columns))))
            for table, columns in ready
        ]  # fmt: skip

        def copy() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                for table, names, records in parts:
                    statement = f'COPY "{table}" ({names}) FROM STDIN (FORMAT BINARY)'
                    with cursor.copy(statement) as to:
                        to.write(bulk.PG_SIGNATURE + records + bulk.PG_TRAILER)

        return copy
    rows = []
    for table, columns in ready:
        lists = [
            (values.astype("U1") if values.dtype.kind == "S" else values).tolist()
            for values in columns.values()
        ]
        rows.append((table, list(columns), list(zip(*lists, strict=True))))

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, names, tuples in rows:
                marks = ", ".join("?" * len(names))
                listed = ", ".join(f'"{name}"' for name in names)
                cursor.connection.executemany(
                    f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', tuples
                )

    return insert


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            settings.DATABASES["default"].setdefault("TEST", {})
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        old = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            measure(options.lines, options.profile)
        finally:
            connection.creation.destroy_test_db(old, verbosity=0)


def measure(count: int, profile: bool) -> None:
    form = synthetic.wide_form(form_called("sme-loans"))
    context: Context = synthetic.wide_context(form, plain_context())
    tables = synthetic.sound_tables(form, context, count)
    context = synthetic.with_history(context, tables)
    data = workbook_of(form, tables)
    bank, period, document = cast()
    limits = Limits(max_bytes=settings.UPLOAD_MAX_BYTES)

    def clean() -> None:
        loans.discard_figures(document)

    def full() -> None:
        found = examine_in(
            form=form, data=data, filename="a.xlsx", channel="workbook", context=context
        )
        assert found.storable, found.findings[:3]
        with transaction.atomic():
            loans.store_figures(
                document=document, institution=bank, period=period, tables=found.tables
            )

    reading = timed(lambda: read_file(data, filename="a.xlsx", limits=limits), lambda: None)
    loading = timed(bare_load(tables, bank, period, document), clean)
    if profile:
        watch = cProfile.Profile()
        watch.runcall(full)
        clean()
        pstats.Stats(watch).sort_stats("tottime").print_stats(25)
    whole = timed(full, clean)
    print(f"{connection.vendor}: {count:,} lines, {len(data) / 2**20:.1f} MB workbook")
    print(f"  reading the file alone    {reading:6.2f} s")
    print(f"  bare bulk load alone      {loading:6.2f} s")
    print(f"  bytes to stored lines     {whole:6.2f} s  {count / whole:,.0f} lines/s")
    print(f"  ratio to reading + load   {whole / (reading + loading):6.2f}")


if __name__ == "__main__":
    main()
