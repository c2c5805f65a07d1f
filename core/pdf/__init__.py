"""PDF on reportlab alone, laid out after GB/T 9704: portrait text, wide tables, native maps."""

from core.pdf.charts import Bars, Chart, Line
from core.pdf.document import build_pdf
from core.pdf.maps import MapFigure, MapShade
from core.pdf.sections import Figures, Heading, LetterLine, Prose, TablePart

__all__ = [
    "Bars",
    "Chart",
    "Figures",
    "Heading",
    "LetterLine",
    "Line",
    "MapFigure",
    "MapShade",
    "Prose",
    "TablePart",
    "build_pdf",
]
