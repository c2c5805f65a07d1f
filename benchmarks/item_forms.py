"""The speeds of the forms of items: microloan companies' and guarantee agencies' returns.

    python -m benchmarks.item_forms [--institutions 40] [--small 6] [--large 60]
                                    [--database postgresql]

Two comparisons, each in one run. A return goes the whole way, from its bytes over findings,
explanations and signing to accepted sums, beside a serializer and a saved object per row that
checks nothing. And reports are timed with a short and with a long history of months behind
them.
"""

import argparse
import datetime
import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.house import own_database, prepare

NOW = datetime.datetime(2012, 7, 20, tzinfo=datetime.UTC)
KINDS = {"microloan": "microloan_company", "guarantee": "guarantee_agency"}
REPORTS = ("microloan", "guarantees", "watch-list")
RUNS = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--institutions", type=int, default=40)
    parser.add_argument("--small", type=int, default=6, help="months")
    parser.add_argument("--large", type=int, default=60, help="months")
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
    """File the newest month of both forms, then grow the history and time the reports."""
    houses = [House(form, options.institutions) for form in KINDS]
    print(f"{options.database}: {options.institutions} institutions a form")
    for house in houses:
        lines, seconds = house.file_newest()
        ordinary = house.ordinary_rate()
        rate = lines / seconds
        print(f"  {house.form:<10} {lines / options.institutions:.0f} rows a return: "
              f"{seconds / options.institutions * 1000:.0f} ms from bytes to accepted sums, "
              f"{rate:,.0f} rows/s; the ordinary way {ordinary:,.0f} rows/s; "
              f"{rate / ordinary:.1f}x")  # fmt: skip
    found = []
    for months in (options.small, options.large):
        for house in houses:
            house.grow_to(months)
        found.append({code: median(report(code)) for code in REPORTS})
    small, large = found
    print(f"  reports with {options.small} months of history, then {options.large}")
    for code in REPORTS:
        print(f"  {code:<12} {small[code] * 1000:7.1f} ms {large[code] * 1000:7.1f} ms "
              f"{large[code] / small[code]:5.2f}x (target 1.3)")  # fmt: skip


class House:
    """The institutions that file one form, their people, and one month's tables of each."""

    def __init__(self, form: str, institutions: int) -> None:
        from core.models import Fact, Institution, Prefecture, User

        self.form = form
        self.clerk = User.objects.get_or_create(
            username="clerk", defaults={"display_name": "c", "role": "province_staff"}
        )[0]
        prefectures = list(Prefecture.objects.all())
        self.filers: list[tuple[Any, Any, Any, bytes]] = []
        for number in range(institutions):
            code = f"{form[:1].upper()}{number:04}"
            institution = Institution(
                code=code, kind=KINDS[form], name=code, prefecture=prefectures[number % 21]
            )
            institution.save()
            Fact.objects.create(
                institution=institution, kind="opened", happened_on=datetime.date(2005, 1, 1),
                recorded_at=NOW, recorded_by=self.clerk,
            )  # fmt: skip
            people = [
                User.objects.create(
                    username=f"{code}{role}", display_name=role, role=role, institution=institution
                )
                for role in ("preparer", "signatory")
            ]
            self.filers.append((institution, *people, self.payload(institution, number)))
        self.months = 0

    def payload(self, institution: Any, number: int) -> bytes:
        """One month as a machine sends it."""
        from reports.demo.guarantee_figures import GuaranteeBook
        from reports.demo.microloan_figures import MicroloanBook
        from returns.forms import form

        made = MicroloanBook if self.form == "microloan" else GuaranteeBook
        body = {
            "form": self.form,
            "version": form(self.form).version,
            "institution": institution.code,
            "period": "2012-06",
            "tables": made(seed=number + 1, capital=8000).month(6),
        }
        return json.dumps(body).encode()

    def file_newest(self) -> tuple[int, float]:
        """Take each return the whole way; return rows and seconds."""
        from returns.operations import open_period

        self.newest = open_period(actor=self.clerk, form=self.form, year=2012, number=6, now=NOW)
        self.months = 1
        start = time.perf_counter()
        rows = sum(self.file(*each) for each in self.filers)
        return rows, time.perf_counter() - start

    def file(self, institution: Any, preparer: Any, signatory: Any, data: bytes) -> int:
        """Receive, explain, sign, accept; return the rows that were stored."""
        from returns.operations import accept_return, explain_findings, receive, sign_return

        record, found = receive(
            actor=preparer, institution=institution, period=self.newest, data=data,
            filename="x.json", channel="api", now=NOW,
        )  # fmt: skip
        if record.error_count:
            raise SystemExit(f"{institution.code}: {found.findings[:3]}")
        if record.unexplained_count:
            texts = {each.pk: "属实" for each in record.findings.all()}
            record = explain_findings(
                actor=preparer, record=record, explanations=texts, expected_version=None, now=NOW
            )
        record = sign_return(actor=signatory, record=record, expected_version=None, now=NOW)
        accept_return(actor=self.clerk, record=record, expected_version=None, now=NOW)
        return sum(len(each) for each in found.tables.values())

    def tables(self) -> Any:
        from finance.operations.microloan import TABLES
        from guarantees.operations.figures import MONTHLY

        return TABLES if self.form == "microloan" else MONTHLY

    def ordinary_rate(self) -> float:
        """Rows a second of a serializer and a saved object per row, in one transaction."""
        from django.db import transaction
        from rest_framework import serializers

        rows, seconds = 0, 0.0
        for table in self.tables():
            document = table.lines.objects.values_list("document", flat=True).first()
            fields = [
                each.name
                for each in table.lines._meta.fields
                if each.name not in ("id", "document")
            ]
            lines = [
                {
                    name: value if isinstance(value, str) else int(value)
                    for name, value in line.items()
                }
                for line in table.lines.objects.filter(document=document).values(*fields)
            ]
            meta = type(
                "Meta", (), {"model": table.lines, "exclude": ("id", "document"), "validators": []}
            )
            serializer = type("Row", (serializers.ModelSerializer,), {"Meta": meta})
            with transaction.atomic():
                table.lines.objects.filter(document=document).delete()
                start = time.perf_counter()
                for line in lines:
                    each = serializer(data=line)
                    each.is_valid(raise_exception=True)
                    each.save(document_id=document)
                seconds += time.perf_counter() - start
                transaction.set_rollback(True)
            rows += len(lines)
        return rows / seconds

    def grow_to(self, months: int) -> None:
        """Give everybody accepted returns of as many months, and rebuild the summaries."""
        from django.db import connection, transaction

        from returns.forms.storing import storing
        from returns.models import Return

        with transaction.atomic():
            while self.months < months:
                self.add_month(self.months)
                self.months += 1
        accepted = Return.objects.filter(period__form=self.form, state="accepted")
        storing(self.form).rebuild(
            list(accepted.values_list("document_id", "period_id", "institution_id")), False
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    def add_month(self, back: int) -> None:
        """Store the month that lies ``back`` months before the newest, as acceptance would."""
        from core.models import Period, SourceDocument
        from core.rules.calendar import month_bounds
        from returns.forms import form
        from returns.forms.storing import storing
        from returns.intake.examine import examine
        from returns.models import Obligation, Return

        count = 2012 * 12 + 5 - back
        first, last = month_bounds(count // 12, count % 12 + 1)
        period = Period.objects.create(
            form=self.form, kind="month", year=first.year, number=first.month, starts_on=first,
            ends_on=last, opens_on=last, due_on=last, closed_at=NOW,
        )  # fmt: skip
        for institution, preparer, signatory, data in self.filers:
            found = examine(
                form=form(self.form), data=data, filename="x.json", channel="api",
                institution=institution, period=self.newest, now=NOW,
            )  # fmt: skip
            document = SourceDocument.objects.create(
                sha256="0" * 64, filename="x.json", content_type="", size=1, channel="api",
                institution=institution, received_at=NOW, received_from=preparer,
            )  # fmt: skip
            storing(self.form).store(document, institution, period, found.tables)
            Obligation.objects.create(institution=institution, period=period, due_on=period.due_on)
            Return.objects.create(
                institution=institution, period=period, state="accepted", channel="api",
                document=document, form_version="2012.1", prepared_by=preparer, prepared_at=NOW,
                signed_by=signatory, signed_at=NOW, accepted_at=NOW,
            )  # fmt: skip


def report(code: str) -> Callable[[], Any]:
    """The report of the newest month, computed and laid out."""
    from reports.registry import compute

    day = datetime.date(2012, 7, 20)
    return lambda: compute(code, {"as_of": "2012-06-30"}, user=None, today=day).content


def median(work: Callable[[], Any]) -> float:
    work()
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


if __name__ == "__main__":
    main()
