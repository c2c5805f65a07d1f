"""Pages after GB/T 9704-2012: paper, margins and page numbers; wide tables lie on their side."""

import datetime
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from core.pdf.charts import BarsFlowable, ChartFlowable
from core.pdf.fonts import HEADING, PLAIN, width, wrapped
from core.pdf.maps import MapFlowable
from core.tabular import formats
from core.text import Text

# 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm (GB/T 9704-2012, 5.2).
TOP, LEFT, RIGHT, BOTTOM = 37 * mm, 28 * mm, 26 * mm, 35 * mm
SIDE, LYING_TOP, LYING_BOTTOM = 25 * mm, 25 * mm, 28 * mm
PORTRAIT_WIDTH, PORTRAIT_HEIGHT = A4[0] - LEFT - RIGHT, A4[1] - TOP - BOTTOM
LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT = A4[1] - 2 * SIDE, A4[0] - LYING_TOP - LYING_BOTTOM
PRINTED = Text("生成于", "Printed on ")


class Document(BaseDocTemplate):
    """Portrait and landscape pages; page numbers odd right, even left (GB/T 9704-2012, 7.5)."""

    def __init__(
        self,
        file: Any,
        *,
        title: str,
        footer: str,
        label: str,
        language: str,
        printed: datetime.date,
        begins_lying: bool = False,
    ) -> None:
        super().__init__(
            file,
            pagesize=A4,
            title=title,
            author="SME financing-support tracker",
            invariant=1,
            pageCompression=1,
            lang="en" if language.startswith("en") else "zh-CN",
        )
        day = f"{PRINTED.in_language(language)}{formats.day(printed, language)}"
        self.footer = f"{footer} · {day}" if footer else day
        self.label = label
        none = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        upright = Frame(LEFT, BOTTOM, PORTRAIT_WIDTH, PORTRAIT_HEIGHT, **none)
        lying = Frame(SIDE, LYING_BOTTOM, LANDSCAPE_WIDTH, LANDSCAPE_HEIGHT, **none)
        papers = [
            PageTemplate("portrait", [upright], onPage=self._page, pagesize=A4),
            PageTemplate("landscape", [lying], onPage=self._page, pagesize=landscape(A4)),
        ]
        self.addPageTemplates(papers[::-1] if begins_lying else papers)  # the first begins

    def _page(self, pen: Any, document: Any) -> None:
        breadth, height = pen._pagesize
        upright = breadth < height
        left, right = (LEFT, RIGHT) if upright else (SIDE, SIDE)
        low = (BOTTOM if upright else LYING_BOTTOM) - 7 * mm - 10
        pen.saveState()
        pen.setFont(PLAIN, 14)
        text = f"— {document.page} —"
        if document.page % 2:
            pen.drawRightString(breadth - right - 14, low, text)
        else:
            pen.drawString(left + 14, low, text)
        pen.setFont(PLAIN, 7)
        pen.setFillColorRGB(0.33, 0.38, 0.44)
        lines = wrapped(self.footer, PLAIN, 7, breadth - left - right).split("\n")
        for place, line in enumerate(lines):
            pen.drawString(left, low - 16 - 9.5 * place, line)
        if self.label:
            self._label(pen, breadth - right, height - 15 * mm)
        pen.restoreState()

    def _label(self, pen: Any, right: float, y: float) -> None:
        """A framed word in the margin: what it says holds for the whole page."""
        long = width(self.label, HEADING, 8)
        pen.setStrokeColorRGB(0.7, 0.15, 0.12)
        pen.setFillColorRGB(0.7, 0.15, 0.12)
        pen.setLineWidth(0.6)
        pen.rect(right - long - 10, y - 5, long + 10, 15, stroke=1, fill=0)
        pen.setFont(HEADING, 8)
        pen.drawString(right - long - 5, y, self.label)


class HeadingLine(Paragraph):
    """A heading that also stands in the reader's outline pane."""

    def __init__(self, text: str, style: Any, *, outline: str, level: int) -> None:
        super().__init__(text, style)
        self.outline, self.level = outline, level

    def draw(self) -> None:
        pen = self.canv
        number = getattr(pen, "tracker_headings", 0)
        pen.tracker_headings = number + 1
        pen.bookmarkHorizontal(f"heading-{number}", 0, self.height + 4)
        level = self.level if number else 0  # an outline begins at its top
        pen.addOutlineEntry(self.outline, f"heading-{number}", level=level)
        super().draw()


class Together(Flowable):
    """Headings with the drawing they stand over, never parted; a map shrinks to fit."""

    def __init__(
        self,
        heads: Sequence[Flowable],
        drawing: MapFlowable | ChartFlowable | BarsFlowable,
        page_height: float,
    ) -> None:
        super().__init__()
        self.heads, self.drawing, self.page_height = list(heads), drawing, page_height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.sizes = [
            each.wrap(available_width, available_height)[1] + each.getSpaceAfter()
            for each in self.heads
        ]
        gaps = sum(each.getSpaceBefore() for each in self.heads[1:])
        used = sum(self.sizes) + gaps
        if isinstance(self.drawing, MapFlowable):
            fresh = available_height >= self.page_height - 1
            if fresh:
                self.drawing.shrink(available_height - used, least=0.2)
            else:
                self.drawing.shrink(available_height - used)
        self.width, self.height = available_width, used + self.drawing.height
        return self.width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab asks by this name
        return self.heads[0].getSpaceBefore() if self.heads else 0.0

    def draw(self) -> None:
        y = self.height
        for place, (head, tall) in enumerate(zip(self.heads, self.sizes, strict=True)):
            y -= tall + (head.getSpaceBefore() if place else 0.0)
            head.drawOn(self.canv, 0, y + head.getSpaceAfter())
        self.drawing.drawOn(self.canv, 0, 0)
