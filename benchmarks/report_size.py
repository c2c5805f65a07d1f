"""A report's cost beside the size of its history.

    python -m benchmarks.report_size [--small 100000] [--large 1000000] [--database postgresql]

Lines are loaded straight into the table, the summaries are built from them, and the loan
report, coverage and the acceptance of one more return are timed at both sizes. Both sizes
fill the same cells: 4 months x 2,520 keys, with more institutions behind each.
"""

import argparse
import datetime
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.house import own_database, prepare

MONTHS, KEYS, RUNS = 4, 2520, 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=1_000_000)
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
    """Time everything at the small size, grow the history, time it again."""
    house = House()
    house.grow_to(options.small)
    small = house.times()
    house.grow_to(options.large)
    large = house.times()
    print(f"{options.database}: {options.small:,} lines, then {options.large:,}")
    for name, seconds in small.items():
        ratio = large[name] / seconds
        print(f"  {name:<28} {seconds * 1000:8.1f} ms  {large[name] * 1000:8.1f} ms  "
              f"{ratio:5.2f}x (target 1.3)")  # fmt: skip


@contextmanager
def bare_table() -> Iterator[None]:
    """Load without indexes and constraints on PostgreSQL, and put them back as they were."""
    from django.db import connection

    table = "finance_loanline"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            yield
            return
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = %s::regclass AND contype <> 'p'", [table],
        )  # fmt: skip
        constraints = cursor.fetchall()
        for name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s "
            "AND indexname NOT LIKE '%%_pkey'", [table],
        )  # fmt: skip
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        added = ", ".join(f'ADD CONSTRAINT "{name}" {rule}' for name, rule in constraints)
        cursor.execute(f"ALTER TABLE {table} {added}")


class House:
    """Institutions with accepted lines, month by month."""

    def __init__(self) -> None:
        from core.models import Period, Prefecture, User
        from core.rules.calendar import month_bounds
        from finance.operations.reference import load_goals

        load_goals()
        self.clerk = User.objects.create(username="c", display_name="c", role="province_staff")
        self.prefectures = list(Prefecture.objects.all())
        self.periods = []
        for year, number in ((2011, 6), (2011, 12), (2012, 5), (2012, 6)):
            first, last = month_bounds(year, number)
            self.periods.append(
                Period.objects.create(
                    form="sme-loans", kind="month", year=year, number=number, starts_on=first,
                    ends_on=last, opens_on=last, due_on=last,
                    closed_at=datetime.datetime(2012, 8, 1, tzinfo=datetime.UTC),
                )
            )  # fmt: skip
        self.institutions = 0

    def grow_to(self, lines: int) -> None:
        """Add institutions until there are about so many lines, and build the summaries."""
        from django.db import connection, transaction

        from core.figures import summaries
        from finance.operations.loans import SUMMARIES
        from returns.models import Return

        with bare_table():
            while self.institutions * MONTHS * KEYS < lines:
                with transaction.atomic():
                    self.add_institution()
        with transaction.atomic():  # as rebuild_summaries does, without telling differences
            summaries.keep_accepted(list(Return.objects.values_list("document_id", flat=True)))
            for summary in SUMMARIES:
                summaries.replace(summary)
            summaries.forget_accepted()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    def add_institution(self) -> None:
        """One more bank with accepted returns of every month."""
        from core.models import Institution

        number = self.institutions
        bank = Institution(
            code=f"B{number:05}", kind=["state_bank", "city_bank", "rural_bank"][number % 3],
            name=f"演示{number}银行", prefecture=self.prefectures[number % 21],
        )  # fmt: skip
        bank.save()
        self.institutions += 1
        for period in self.periods:
            self.file(bank, period)

    def file(self, bank: Any, period: Any) -> Any:
        """Store a return's lines and totals as its acceptance would; return its document."""
        import numpy as np

        from core.figures.bulk import load
        from core.models import SourceDocument
        from finance.models.measures import LINE_MEASURES, TOTAL_MEASURES
        from returns.models import Obligation, Return

        now = datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC)
        document = SourceDocument.objects.create(
            sha256="0" * 64, filename="a.csv", content_type="", size=1, channel="csv",
            institution=bank, received_at=now, received_from=self.clerk,
        )  # fmt: skip
        keys = np.arange(KEYS)
        ids = np.array([each.pk for each in self.prefectures])
        common = {"document_id": document.pk, "period_id": period.pk, "institution_id": bank.pk}
        amounts = np.full(KEYS, 1000 + self.institutions)
        columns = {name: np.full(KEYS, value) for name, value in common.items()}
        columns |= {
            "row": keys + 1,
            "prefecture_id": ids[keys // 120],
            "size": np.array(list("LMSXIO"), dtype="S1")[keys % 120 // 20],
            "industry": np.array(list("ABCDEFGHIJKLMNOPQRST"), dtype="S1")[keys % 20],
            **{name: amounts // (1 + place % 3) for place, name in enumerate(LINE_MEASURES)},
        }
        load("finance_loanline", columns)
        totals = {name: np.full(21, value) for name, value in common.items()}
        totals |= {"row": np.arange(21) + 1, "prefecture_id": ids}
        totals |= {name: np.full(21, 10**7) for name in TOTAL_MEASURES}
        load("finance_loantotal", totals)
        Obligation.objects.create(institution=bank, period=period, due_on=period.due_on)
        Return.objects.create(
            institution=bank, period=period, state="accepted", channel="csv", document=document,
            form_version="1", prepared_by=self.clerk, prepared_at=now, signed_by=self.signer(),
            signed_at=now, accepted_at=now,
        )  # fmt: skip
        return document

    def signer(self) -> Any:
        from core.models import User

        return User.objects.get_or_create(
            username="s", defaults={"display_name": "s", "role": "province_staff"}
        )[0]

    def times(self) -> dict[str, float]:
        """Median seconds of each, whatever is cached by then."""
        from django.utils import timezone

        from reports.registry import compute

        today = timezone.localdate()

        def report(code: str, **asked: str) -> Callable[[], Any]:
            return lambda: compute(code, asked, user=None, today=today).content

        return {
            "loans by prefecture": median(report("loans", period="2012-06")),
            "loans by industry": median(report("loans", period="2012-06", by="industry")),
            "coverage": median(report("coverage", as_of="2012-06-30")),
            "accepting one more return": median(self.accept_one),
        }

    def accept_one(self) -> None:
        """Post one document's difference to the summaries, and take it back."""
        from django.db import transaction

        from core.models import SourceDocument
        from finance.operations.loans import post_difference

        document = SourceDocument.objects.order_by("-pk").first()
        with transaction.atomic():
            post_difference(
                period=self.periods[-1], institution=document.institution, old_document=None,
                new_document=document,
            )  # fmt: skip
            transaction.set_rollback(True)


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
