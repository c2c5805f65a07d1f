"""Enterprises and their batches at size: lists, records, and the report for any day.

    python -m benchmarks.pipeline [--enterprises 100000] [--database postgresql]

Ten years of history: each enterprise enters up to five batches, some fall back or drop out.
Events are loaded straight into the table; the stretches that reports read are built by the
tracker itself. Beside the report stands an ordinary way: the last event of each enterprise by
a subquery, and a count of those.
"""

import argparse
import datetime
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.house import own_database, prepare

FIRST, LAST = datetime.date(2012, 6, 30), datetime.date(2022, 6, 30)
RUNS, CHUNK = 5, 5000
BATCHES = ("CULTIVATE", "RESTRUCTURE", "TUTOR", "FILE", "LIST")
BOARDS = ("sme", "chinext", "sse_main", "neeq", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=100_000)
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
    """Fill the library, build the stretches, time what people ask for."""
    events = fill(options.enterprises)
    print(f"{options.database}: {options.enterprises:,} enterprises, {events:,} events")
    asked = questions()
    found = {name: median(each) for name, each in asked.items()}
    for name, seconds in found.items():
        print(f"  {name:<44} {seconds * 1000:8.1f} ms")
    today, past = found["report, today"], found["report, five years ago"]
    known = found["report of today, as known a year ago"]
    ordinary = found["ordinary: last event by subquery, counted"]
    print(f"  past day / today            {past / today:6.2f}x (target 2.0)")
    print(f"  known earlier / today       {known / today:6.2f}x")
    print(f"  ordinary stock / our report {ordinary / today:6.2f}x")


def fill(number: int) -> int:
    """Load ``number`` enterprises with their events and papers; returns how many events."""
    from django.db import connection
    from django.utils import timezone

    from core.models import Prefecture
    from listings.models import Enterprise, Stage, StageEvent
    from listings.operations.spans import rebuild_spans

    rng = random.Random(20120428)
    places = list(Prefecture.objects.all())
    found = {each.code: each for each in Stage.objects.filter(prefecture=None)}
    stages = [found[code] for code in BATCHES]
    recorded = timezone.now() - datetime.timedelta(days=800)
    for start in range(0, number, CHUNK):
        fresh = [
            Enterprise(
                code=f"EN{place:07d}",
                name=f"演示企业{place}有限公司",
                prefecture=(home := rng.choice(places)),
                first_prefecture=home,
                industry=rng.choice(("C39", "C26", "I65", "A01", "C36")),
                intended_board=rng.choice(BOARDS),
            )
            for place in range(start, min(start + CHUNK, number))
        ]
        keep(Enterprise, fresh)
    made = 0
    batch: list[Any] = []
    for key in Enterprise.objects.order_by("pk").values_list("pk", flat=True):
        for kind, stage, day in history(rng, stages):
            made += 1
            batch.append(StageEvent(
                code=f"SE{made:08d}", enterprise_id=key, kind=kind, stage=stage,
                province_stage=stage, happened_on=day, recorded_at=recorded,
            ))  # fmt: skip
        if len(batch) > CHUNK:
            keep(StageEvent, batch)
            batch = []
    keep(StageEvent, batch)
    keys = Enterprise.objects.order_by("pk").values_list("pk", flat=True)
    rebuild_spans(list(keys), now=recorded)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return made


def keep(model: Any, rows: list[Any]) -> None:
    """Load without history: what is timed reads none."""
    found = model.objects.all()
    found.history_kept = True
    found.bulk_create(rows)


def history(rng: random.Random, stages: list[Any]) -> Iterator[tuple[str, Any, datetime.date]]:
    """What happened to one enterprise within the ten years, in order."""
    day = FIRST + datetime.timedelta(days=rng.randrange(2500))
    for place, stage in enumerate(stages[: rng.randint(2, 5)]):
        if day > LAST:
            return
        yield "enter", stage, day
        day += datetime.timedelta(days=rng.randint(90, 700))
        if place and rng.random() < 0.15 and day <= LAST:
            yield "enter", stages[place - 1], day
            day += datetime.timedelta(days=rng.randint(60, 300))
            if day <= LAST:
                yield "enter", stage, day
                day += datetime.timedelta(days=rng.randint(60, 300))
    if rng.random() < 0.2 and day <= LAST:
        yield "drop", None, day


def questions() -> dict[str, Callable[[], Any]]:
    """What is timed, by its name."""
    from django.db.models import Count, OuterRef, Subquery
    from django.test import Client
    from django.utils import timezone

    from core.models import User
    from listings.models import Enterprise, StageEvent
    from reports.registry import compute

    leader = User.objects.create(username="leader", display_name="领导", role="leader")
    client = Client(HTTP_HOST="localhost")
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    middle = LAST - datetime.timedelta(days=5 * 365)
    year_ago = timezone.now() - datetime.timedelta(days=365)
    code = Enterprise.objects.order_by("-pk").values_list("code", flat=True)[0]

    def page(address: str) -> Callable[[], Any]:
        def ask() -> None:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)

        return ask

    def report(day: datetime.date, known_at: Any = None) -> Callable[[], Any]:
        asked = {"as_of": day.isoformat(), "since": day.replace(month=1, day=1).isoformat()}
        return lambda: compute("pipeline", asked, user=leader, today=LAST, known_at=known_at)

    def ordinary() -> None:
        last = StageEvent.objects.filter(enterprise=OuterRef("pk"), happened_on__lte=LAST)
        standing = Enterprise.objects.annotate(
            now=Subquery(last.order_by("-happened_on", "-pk").values("province_stage")[:1])
        )
        list(standing.values("now", "prefecture").annotate(number=Count("pk")).order_by())

    return {
        "report, today": report(LAST),
        "report, five years ago": report(middle),
        "report of today, as known a year ago": report(LAST, year_ago),
        "ordinary: last event by subquery, counted": ordinary,
        "page of the report": page(f"/reports/pipeline/?as_of={LAST}"),
        "list of enterprises": page("/enterprises/"),
        "list of enterprises in one batch": page("/enterprises/?stage=TUTOR"),
        "list of enterprises, searched": page("/enterprises/?q=99"),
        "record of an enterprise": page(f"/enterprises/{code}/"),
        "list of events": page("/stage-events/"),
        "list of events that lack papers": page("/stage-events/?evidence=missing"),
        "cockpit of a leader": page("/"),
    }


def median(question: Callable[[], Any]) -> float:
    """The median of five answers, in seconds, after one that is not counted."""
    question()
    took = []
    for _run in range(RUNS):
        start = time.perf_counter()
        question()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


if __name__ == "__main__":
    main()
