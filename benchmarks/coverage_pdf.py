"""The coverage PDF beside reportlab drawing the same tables and paths alone.

python -m benchmarks.coverage_pdf
"""

import datetime
import io
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from reportlab.lib.pagesizes import A4  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402
from reportlab.platypus import LongTable, SimpleDocTemplate  # noqa: E402

from core.pdf import MapFigure, MapShade, TablePart, build_pdf  # noqa: E402
from core.pdf.fonts import PLAIN, register  # noqa: E402
from core.pdf.maps import outlines  # noqa: E402
from core.tabular import Column  # noqa: E402

RUNS = 15
ROWS = [[f"第{n}市", "珠三角", "演示村镇银行", "2011-03-01", "1,234.00"] for n in range(88)]
COLUMNS = [Column("a", "地市"), Column("b", "区域"), Column("c", "村镇银行"), Column("d", "开业"),
           Column("e", "资本", "money")]  # fmt: skip


def ours() -> None:
    shapes, _ = outlines()
    shades = {code: MapShade(f"市{place}", "#1d5fa8", "开") for place, code in enumerate(shapes)}
    build_pdf(
        title="覆盖情况",
        language="zh-hans",
        now=datetime.datetime(2012, 7, 1, tzinfo=datetime.UTC),
        sections=[
            MapFigure(shades, [("#1d5fa8", "开", "已开业")]),
            TablePart("分地市", COLUMNS, ROWS, unit="万元"),
        ],
    )


def alone() -> None:
    """The same outlines as paths and the same cells as a table, nothing else."""
    shapes, _ = outlines()

    def paths(pen: Canvas, document: Any) -> None:
        pen.setFont(PLAIN, 8)
        for rings in shapes.values():
            path = pen.beginPath()
            for ring in rings:
                path.moveTo(ring[0][0] * 440, ring[0][1] * 440 + 300)
                for x, y in ring[1:]:
                    path.lineTo(x * 440, y * 440 + 300)
                path.close()
            pen.drawPath(path, stroke=1, fill=1)

    table = LongTable(
        [[column.label for column in COLUMNS], *ROWS],
        repeatRows=1,
        style=[("FONT", (0, 0), (-1, -1), PLAIN, 8.5), ("ALIGN", (4, 0), (4, -1), "RIGHT")],
    )
    document = SimpleDocTemplate(io.BytesIO(), pagesize=A4, pageCompression=1)
    document.build([table], onFirstPage=paths)


def median(work: Callable[[], None]) -> float:
    work()
    found = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def main() -> None:
    register()
    mine, bare = median(ours), median(alone)
    print(f"coverage PDF {mine * 1000:.1f} ms, reportlab alone {bare * 1000:.1f} ms: "
          f"{mine / bare:.2f}x (target 1.5)")  # fmt: skip


if __name__ == "__main__":
    main()
