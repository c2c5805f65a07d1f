"""How the workbooks look: one restrained palette, the same for template and marked copies."""

from typing import Any

import xlsxwriter

BLUE, PALE, GREY, LINE = "#1F4E79", "#DCE6F1", "#F2F2F2", "#BFBFBF"
FONT = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter"}
BOX = FONT | {"border": 1, "border_color": LINE}

STYLES: dict[str, dict[str, Any]] = {
    "plain": FONT,
    "wrap": FONT | {"text_wrap": True, "valign": "top"},
    "title": FONT | {"font_size": 16, "bold": True, "font_color": BLUE},
    "subtitle": FONT | {"font_color": "#595959"},
    "section": FONT | {"bold": True, "font_size": 12, "font_color": BLUE, "bottom": 2},
    "label": BOX
    | {"bold": True, "bg_color": BLUE, "font_color": "white", "align": "center", "text_wrap": True},
    "unit": BOX | {"bg_color": PALE, "align": "center", "font_size": 9, "font_color": "#595959"},
    "code": BOX | {"bg_color": GREY, "align": "center", "font_size": 8, "font_color": "#7F7F7F"},
    "key": BOX | {"bg_color": GREY},
    "spare": BOX | {"locked": False},
    "cell": BOX | {"text_wrap": True, "valign": "top"},
    "2": BOX | {"num_format": "#,##0.00", "locked": False},
    "4": BOX | {"num_format": "#,##0.0000", "locked": False},
    "0": BOX | {"num_format": "#,##0", "locked": False},
    "date": FONT | {"num_format": "yyyy-mm-dd"},
    "time": FONT | {"num_format": "yyyy-mm-dd hh:mm"},
    "error": BOX | {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": BOX | {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "comment": BOX | {"bg_color": "#DDEBF7", "font_color": BLUE},
    "link": FONT | {"font_color": BLUE, "underline": 1},
}


def styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """Return the formats of a workbook by name."""
    return {name: book.add_format(options) for name, options in STYLES.items()}
