"""Lists and bulk formats of loan figures beside a stock ModelViewSet, as ratios in one run.

    python -m benchmarks.api [--rows 1000000] [--bulk-rows 100000]

Runs on the database of ``DATABASE_URL``, in a test database of its own. The stock side has
what an ordinary team ships: a ModelSerializer per row, page numbers with COUNT, DRF's JSON
renderer, and for bulk a loop over serialised rows. Both answer the same fields of the same rows.
"""

import argparse
import datetime
import io
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import numpy as np  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from rest_framework import pagination, serializers, viewsets  # noqa: E402
from rest_framework.permissions import IsAuthenticated  # noqa: E402
from rest_framework.renderers import JSONRenderer  # noqa: E402

from api.resources import list_view  # noqa: E402
from api.resources_finance import LOAN_FIGURES, figures_in_force  # noqa: E402
from core.figures.bulk import load  # noqa: E402
from core.models import Institution, Period, Prefecture, SourceDocument, User  # noqa: E402
from core.operations.tokens import issue_token  # noqa: E402
from core.scopes import read_scopes  # noqa: E402
from finance.models import LoanLine  # noqa: E402
from finance.models.measures import LINE_MEASURES  # noqa: E402
from returns.models import Return  # noqa: E402

NOW = datetime.datetime(2012, 7, 3, tzinfo=datetime.UTC)
PLACES, SIZES, INDUSTRIES = 21, "LMSXIO", "ABCDEFGHIJKLMNOPQRST"
DOCUMENT_ROWS = PLACES * len(SIZES) * len(INDUSTRIES)
PAGE = 100


class FigureSerializer(serializers.ModelSerializer):
    """A serializer as the documentation of DRF teaches it."""

    period = serializers.CharField(source="period.code")
    institution = serializers.CharField(source="institution.code")
    institution_name = serializers.CharField(source="institution.name")
    kind = serializers.CharField(source="institution.kind")
    kind_label = serializers.CharField(source="institution.get_kind_display")
    prefecture = serializers.CharField(source="prefecture.code")
    prefecture_name = serializers.CharField(source="prefecture.name")
    region = serializers.CharField(source="prefecture.region")
    region_label = serializers.CharField(source="prefecture.get_region_display")
    size_label = serializers.CharField(source="get_size_display")
    decimals = [n for n in LINE_MEASURES if n not in ("borrowers", "applicants", "approved")]
    locals().update({
        name: serializers.DecimalField(max_digits=18, decimal_places=4 if name == "interest" else 2)
        for name in decimals
    })  # fmt: skip

    class Meta:
        model = LoanLine
        fields = [
            "id", "period", "institution", "institution_name", "kind", "kind_label",
            "prefecture", "prefecture_name", "region", "region_label", "size", "size_label",
            "industry", *LINE_MEASURES, "document", "row",
        ]  # fmt: skip


def accepted(user: Any) -> Any:
    """The same rows, chosen as a team would choose them."""
    return LoanLine.objects.filter(document__returns__state="accepted").order_by("pk")


class Pages(pagination.PageNumberPagination):
    page_size = PAGE


class FigureViewSet(viewsets.ReadOnlyModelViewSet):
    """The stock side of a list."""

    serializer_class = FigureSerializer
    pagination_class = Pages
    permission_classes = [IsAuthenticated]
    renderer_classes = [JSONRenderer]

    def get_queryset(self) -> Any:
        rows = accepted(self.request.user)
        return rows.select_related("period", "institution", "prefecture")


def fill(rows: int) -> None:
    """Store accepted documents of 2,520 lines each until there are ``rows`` lines."""
    clerk = User.objects.create(username="bench", display_name="bench", role="province_staff")
    signer = User.objects.create(username="signer", display_name="s", role="province_staff")
    places = [
        Prefecture.objects.create(code=f"44{n:02}00", name=f"地市{n}", name_en=f"P{n}",
                                  region="delta", display_order=n)
        for n in range(1, PLACES + 1)
    ]  # fmt: skip
    per_month = max(1, round(rows / DOCUMENT_ROWS / 12))
    banks = [
        Institution.objects.create(
            code=f"B{n:04}", kind="city_bank", name=f"演示第{n}银行", prefecture=places[n % PLACES]
        )
        for n in range(per_month)
    ]
    stored, month = 0, 0
    while stored < rows:
        month += 1
        year, number = 2010 + (month - 1) // 12, (month - 1) % 12 + 1
        start = datetime.date(year, number, 1)
        end = (start + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)
        period = Period.objects.create(
            form="sme-loans", kind="month", year=year, number=number, starts_on=start,
            ends_on=end, opens_on=end, due_on=end + datetime.timedelta(days=9),
        )  # fmt: skip
        for bank in banks:
            document = SourceDocument.objects.create(
                sha256="0" * 64, filename="a.xlsx", content_type="", size=1,
                channel="workbook", institution=bank, received_at=NOW, received_from=clerk,
            )  # fmt: skip
            Return.objects.create(
                institution=bank, period=period, state="accepted", channel="workbook",
                document=document, form_version="1", prepared_by=clerk, prepared_at=NOW,
                signed_by=signer, signed_at=NOW, accepted_at=NOW,
                receipt_number=f"{period.pk}-{bank.pk}",
            )  # fmt: skip
            load(LoanLine._meta.db_table, lines_of(document, period, bank, places))
            stored += DOCUMENT_ROWS
            if stored >= rows:
                break
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def lines_of(document: Any, period: Any, bank: Any, places: list[Any]) -> dict[str, np.ndarray]:
    """One document's columns: every key once, amounts by chance."""
    chance = np.random.default_rng(document.pk)
    keys = np.arange(DOCUMENT_ROWS)
    same = {"document_id": document.pk, "period_id": period.pk, "institution_id": bank.pk}
    columns: dict[str, np.ndarray] = {
        name: np.full(DOCUMENT_ROWS, value, dtype=np.int64) for name, value in same.items()
    }
    ids = np.array([place.pk for place in places], dtype=np.int64)
    columns["row"] = keys + 1
    columns["prefecture_id"] = ids[keys // (len(SIZES) * len(INDUSTRIES))]
    columns["size"] = np.array(list(SIZES), dtype="S1")[keys // len(INDUSTRIES) % len(SIZES)]
    columns["industry"] = np.array(list(INDUSTRIES), dtype="S1")[keys % len(INDUSTRIES)]
    for name in LINE_MEASURES:
        columns[name] = chance.integers(0, 10**8, DOCUMENT_ROWS)
    columns["npl"] = columns["balance"] // 50
    return columns


def rate(work: Callable[[], Any], seconds: float = 3.0) -> float:
    """Calls per second, over at least ``seconds`` and three calls, after one to warm up."""
    work()
    count, start = 0, time.perf_counter()
    while count < 3 or time.perf_counter() - start < seconds:
        work()
        count += 1
    return count / (time.perf_counter() - start)


def medians(*works: Callable[[], Any], times: int = 80) -> list[float]:
    """Median seconds of each, in turns, so that what else the machine does hits all alike."""
    found: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(times):
        for place, work in enumerate(works):
            start = time.perf_counter()
            work()
            found[place].append(time.perf_counter() - start)
    return [statistics.median(each) for each in found]


def lists(rows: int) -> None:
    """First and deep pages, ours and stock."""
    user = User.objects.get(username="bench")
    now = datetime.datetime.now(datetime.UTC)
    _, token = issue_token(
        actor=user, name="bench", scopes=read_scopes(),
        expires_at=now + datetime.timedelta(days=1), now=now,
    )  # fmt: skip
    settings.ALLOWED_HOSTS = ["testserver"]
    factory, ours = RequestFactory(), list_view(LOAN_FIGURES)
    header = {"Authorization": f"Bearer {token}"}

    def page(**asked: Any) -> bytes:
        response = ours(factory.get("/api/v1/loan-figures/", asked, headers=header))
        assert response.status_code == 200, response.content
        return response.content

    stock_view = FigureViewSet.as_view({"get": "list"})

    def stock(number: int = 1) -> bytes:
        request = factory.get("/stock/", {"page": number}, headers=header)
        response = stock_view(request).render()
        assert response.status_code == 200
        return response.content

    left, right = json.loads(page())["results"], json.loads(stock())["results"]
    assert [row["id"] for row in left] == [row["id"] for row in right]
    assert all(
        a[name] == b[name]
        for a, b in zip(left, right, strict=True)
        for name in b
        if not name.endswith("_label")
    ), "both sides must answer the same figures"
    cursor = deep_cursor(rows)
    first, deep = medians(page, lambda: page(cursor=cursor))
    stock_first, last = rate(stock), rows // PAGE - 2
    stock_deep = rate(lambda: stock(last))
    print(f"{connection.vendor}: list pages of {PAGE} among {LoanLine.objects.count():,} lines")
    print(f"  first page            {1 / first:8.1f} requests/s")
    print(f"  page deep in the list {1 / deep:8.1f} requests/s   {deep / first:5.2f} x the first")
    for name, mine, theirs in (("first", first, stock_first), ("deep", deep, stock_deep)):
        ratio = 1 / mine / theirs
        print(f"  stock, {name:5} page    {theirs:8.2f} requests/s   ours {ratio:6.1f} x")


def deep_cursor(rows: int) -> str:
    from core.lists.keyset import _encoded

    keys = LoanLine.objects.order_by("pk").values("pk")
    return _encoded(False, keys[int(rows * 0.95)], "pk")


def bulk(rows: int) -> None:
    """All formats over as many rows, ours and DRF's serializer with its renderer."""
    from api import streams

    user = User.objects.get(username="bench")
    limit = LoanLine.objects.order_by("pk").values_list("pk", flat=True)[rows - 1]
    mine = figures_in_force(user=user).filter(pk__lte=limit).order_by("pk")
    theirs = accepted(user).filter(pk__lte=limit).select_related(
        "period", "institution", "prefecture"
    )  # fmt: skip
    print(f"bulk, {rows:,} lines")

    def stock_json() -> int:
        sent = 0
        for line in theirs.iterator(chunk_size=2000):
            sent += len(JSONRenderer().render(FigureSerializer(line).data)) + 1
        return sent

    def stock_csv() -> int:
        import csv

        out = io.StringIO()
        writer = csv.DictWriter(out, FigureSerializer.Meta.fields)
        for line in theirs.iterator(chunk_size=2000):
            writer.writerow(FigureSerializer(line).data)
        return out.tell()

    for wanted, stock in (("ndjson", stock_json), ("csv", stock_csv)):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        times = []
        for _ in range(3):
            start = time.perf_counter()
            sent = sum(len(chunk) for chunk in streams.fast(LOAN_FIGURES.fields, mine, wanted))
            times.append(time.perf_counter() - start)
        ours = statistics.median(times)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        start = time.perf_counter()
        stock()
        other = time.perf_counter() - start
        print(
            f"  {wanted:7} ours {rows / ours:10,.0f} rows/s ({sent / 2**20:,.0f} MB, memory "
            f"+{grown:.0f} MB)   DRF {rows / other:8,.0f} rows/s   {other / ours:6.1f} x"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--bulk-rows", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            settings.DATABASES["default"].setdefault("TEST", {})
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench.sqlite3")
        old = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            fill(options.rows)
            lists(LoanLine.objects.count())
            bulk(min(options.bulk_rows, LoanLine.objects.count()))
        finally:
            connection.creation.destroy_test_db(old, verbosity=0)


if __name__ == "__main__":
    main()
