"""A workbook's bytes to stored lines, ours beside django-import-export's bulk path.

    python -m benchmarks.ordinary_import [--lines 2520] [--ours 100800]

django-import-export reads the same columns from the same kind of workbook, in its bulk way,
on fewer lines, and is counted per line; it runs none of our 35 checks.
"""

import argparse
import os
import subprocess
import sys
import time

from benchmarks.house import own_database, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=2520)
    parser.add_argument("--ours", type=int, default=100_800)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--server", default="postgres://postgres@127.0.0.1:5432/postgres")
    options = parser.parse_args()
    with own_database(options.database, options.server) as environment:
        prepare(environment)
        os.environ.update(environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        ordinary = ordinary_rate(options.lines)
        ours = our_rate(options.ours, environment)
    print(f"{options.database}: django-import-export {ordinary:,.0f} lines/s, "
          f"ours {ours:,.0f} lines/s: {ours / ordinary:.0f}x (target 30)")  # fmt: skip


def ordinary_rate(lines: int) -> float:
    """Lines a second of ``Resource.import_data`` with ``use_bulk`` from XLSX bytes."""
    import datetime
    import io

    import tablib
    import xlsxwriter
    from import_export import resources

    from core.models import Institution, Period, Prefecture, SourceDocument, User
    from finance.models import LoanLine
    from finance.models.measures import LINE_MEASURES

    class LineResource(resources.ModelResource):
        class Meta:
            model = LoanLine
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            force_init_instance = True
            fields = ("document", "row", "period", "institution", "prefecture", "size",
                      "industry", *LINE_MEASURES)  # fmt: skip

    prefecture = Prefecture.objects.first()
    bank = Institution(code="B1", kind="city_bank", name="B1", prefecture=prefecture)
    bank.save()
    day = datetime.date(2012, 6, 30)
    period = Period.objects.create(
        form="sme-loans", kind="month", year=2012, number=6, starts_on=day, ends_on=day,
        opens_on=day, due_on=day,
    )  # fmt: skip
    who = User.objects.create(username="b", display_name="b", role="province_staff")
    document = SourceDocument.objects.create(
        sha256="0" * 64, filename="a", content_type="", size=1, channel="workbook",
        received_at=datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC), received_from=who,
    )  # fmt: skip
    places = list(Prefecture.objects.values_list("pk", flat=True))
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, LineResource.Meta.fields)
    for number in range(lines):
        keys = [document.pk, number + 1, period.pk, bank.pk, places[number // 120 % 21],
                "LMSXIO"[number % 120 // 20], "ABCDEFGHIJKLMNOPQRST"[number % 20]]  # fmt: skip
        sheet.write_row(number + 1, 0, [*keys, *[100] * len(LINE_MEASURES)])
    book.close()
    start = time.perf_counter()
    data = tablib.Dataset().load(file.getvalue(), format="xlsx")
    result = LineResource().import_data(data, raise_errors=True)
    seconds = time.perf_counter() - start
    assert not result.has_errors()
    return lines / seconds


def our_rate(lines: int, environment: dict[str, str]) -> float:
    """Lines a second of our way, as ``benchmarks.intake`` prints it."""
    command = [sys.executable, "-m", "benchmarks.intake", "--lines", str(lines)]
    said = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout
    found = [line for line in said.splitlines() if "bytes to stored lines" in line]
    if not found:
        sys.exit(said)
    return lines / float(found[0].split()[4])


if __name__ == "__main__":
    main()
