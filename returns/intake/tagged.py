"""A CSV that carries every table of a form.

Its first row names the fields by code. A column ``table`` says to which table a row belongs
(``lines``, ``totals``); without it all rows are lines. Cells that the table of a row does
not have stay empty.
"""

from core.spreadsheets.reader import Sheet
from returns.forms.declaration import Form
from returns.intake.sheets import TABLE_COLUMN


def split_by_table(sheet: Sheet, form: Form) -> dict[str, Sheet]:
    """Return a sheet for each table; row numbers stay those of the file.

    Rows of the other tables stay as empty rows, and their columns as unnamed ones.
    """
    header = [str(cell).strip().lower() for cell in sheet.rows[0]] if sheet.rows else []
    if TABLE_COLUMN not in header:
        return {form.lines.name: sheet}
    tag = header.index(TABLE_COLUMN)
    names = [str(row[tag]).strip().lower() if len(row) > tag else "" for row in sheet.rows[1:]]
    return {table.name: _only(sheet, header, names, tag, table.name, form) for table in form.tables}


def _only(
    sheet: Sheet, header: list[str], names: list[str], tag: int, wanted: str, form: Form
) -> Sheet:
    """Keep the rows of one table; a row with an unknown table stays with the lines."""
    known = {table.name for table in form.tables}
    is_lines = wanted == form.lines.name
    others = {
        column for table in form.tables if table.name != wanted for column in table.columns
    } - set(form.table(wanted).columns)
    hidden = [place for place, word in enumerate(header) if word in others]
    top = list(sheet.rows[0])
    for place in (*hidden, tag):
        top[place] = ""
    body = []
    for row, name in zip(sheet.rows[1:], names, strict=True):
        if name == wanted or (is_lines and name not in known):
            row = list(row)
            for place in hidden:
                if place < len(row):
                    row[place] = ""
            if len(row) > tag:
                row[tag] = ""
            body.append(row)
        else:
            body.append([])
    return Sheet(name=sheet.name, rows=[top, *body], first_row=sheet.first_row)
