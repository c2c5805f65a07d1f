"""The wire: one file with many institutions' returns; what limiting and counting a token costs.

    python -m benchmarks.wire [--institutions 1000] [--database postgresql]

The bulk submission is worked through as the background worker does, and compared with the same
returns received one by one. The cost of a token's limit and count is a list's first page asked
for with and without them.
"""

import argparse
import datetime
import os
import time
from typing import Any

from benchmarks.house import own_database, prepare

REQUESTS = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--institutions", type=int, default=100)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--server", default="postgres://postgres@127.0.0.1:5432/postgres")
    options = parser.parse_args()
    with own_database(options.database, options.server) as environment:
        prepare(environment)
        os.environ.update(environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        bulk(options.institutions, options.database)
        tokens()


def bulk(institutions: int, database: str) -> None:
    """One file of all beside the same returns one by one."""
    from core.models import User
    from returns.operations import receive
    from returns.operations.bulk import submit_many, work_through
    from tests.filing import NOW, body
    from tests.wire.bulk_files import ndjson

    clerk = User.objects.create(username="c", display_name="c", role="province_staff")
    banks, period = cast(institutions, clerk)
    data = ndjson(*((bank, period) for bank in banks))
    start = time.perf_counter()
    submission, _new = submit_many(actor=clerk, data=data, filename="all.ndjson", now=NOW)
    kept = time.perf_counter() - start
    work_through(submission, actor=clerk, now=NOW)
    seconds = time.perf_counter() - start
    taken = submission.parts.filter(state="received").count()
    if taken != institutions:
        raise SystemExit(f"only {taken} of {institutions} were received")
    start = time.perf_counter()
    for bank in banks[:100]:
        receive(
            actor=clerk, institution=bank, period=period, filename="x.json", channel="api",
            data=body(bank, period, balance="1100.00"), now=NOW, on_behalf=True,
        )  # fmt: skip
    single = (time.perf_counter() - start) / min(institutions, 100)
    each = (seconds - kept) / institutions
    print(f"{database}: {institutions} institutions in one file of {len(data):,} bytes")
    print(f"  taken and split      {kept:.2f} s")
    print(f"  checked and answered {seconds:.1f} s, {each * 1000:.1f} ms each")
    print(f"  beside one by one    {each / single:.2f}")


def cast(institutions: int, clerk: Any) -> tuple[list[Any], Any]:
    """Banks of all prefectures, open since 2000, who must file for June 2012."""
    from core.models import Fact, Institution, Prefecture
    from returns.models import Obligation
    from tests.factories import PeriodFactory

    prefectures = list(Prefecture.objects.all())
    period = PeriodFactory(year=2012, number=6)
    banks = []
    for number in range(institutions):
        bank = Institution(
            code=f"B{number:05}", kind="city_bank", name=f"演示{number}银行",
            prefecture=prefectures[number % len(prefectures)],
        )  # fmt: skip
        bank.save()
        banks.append(bank)
    opened, known = datetime.date(2000, 1, 1), datetime.datetime(2012, 1, 1, tzinfo=datetime.UTC)
    Fact.objects.bulk_create(
        Fact(institution=bank, kind="opened", happened_on=opened, recorded_at=known,
             recorded_by=clerk)
        for bank in banks
    )  # fmt: skip
    Obligation.objects.bulk_create(
        Obligation(institution=bank, period=period, due_on=period.due_on) for bank in banks
    )
    return banks, period


def tokens() -> None:
    """A page with a token that is limited and counted, beside one that is not limited."""
    from django.conf import settings

    from core.models import User
    from core.operations.token_use import LEDGER
    from core.operations.tokens import issue_token
    from tests.calling import Caller

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.create(username="reader", display_name="r", role="auditor")
    now = datetime.datetime.now(datetime.UTC)
    _token, raw = issue_token(
        actor=user, name="x", scopes=["read:core"], now=now,
        expires_at=now + datetime.timedelta(days=1),
    )  # fmt: skip
    caller = Caller(raw)

    def timed(rate: int) -> float:
        settings.API_RATE_PER_MINUTE = rate
        start = time.perf_counter()
        for _ in range(REQUESTS):
            if caller.get("/prefectures/").status_code != 200:
                raise SystemExit("a request was refused")
        return (time.perf_counter() - start) / REQUESTS

    timed(0)
    rounds = [(timed(600_000), timed(0)) for _ in range(3)]
    limited, free = (min(each) for each in zip(*rounds, strict=True))
    start = time.perf_counter()
    LEDGER.flush()
    written = time.perf_counter() - start
    print(f"  a list's page, limited and counted: {limited * 1000:.2f} ms, {limited / free:.2f}x")
    print(
        f"  writing what was counted of {len(rounds) * 2 * REQUESTS} uses: {written * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
