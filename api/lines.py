"""SQL that writes one row of figures as one line of CSV or NDJSON."""

from collections.abc import Mapping, Sequence
from functools import partial
from json import dumps as json_text

from api.declaration import Field

PLACES = {"money": 2, "percent": 2, "rate": 4}
dumps = partial(json_text, ensure_ascii=False)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # as core.tabular.cells guards them


def line_expression(
    fields: Sequence[Field],
    names: Sequence[str],
    wanted: str,
    vendor: str,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Return the expression for a whole line, its end included where the vendor adds none.

    Every column must be without NULL: figures are, by their models. ``words`` puts codes of a
    field into words beside it, as ``<name>_label``, in NDJSON.
    """
    cells = [_cell(field, name, wanted, vendor) for field, name in zip(fields, names, strict=True)]
    if wanted == "csv":
        pieces = [piece for cell in cells for piece in (cell, "','")][:-1]
        # COPY ends a line with \n; CSV wants \r\n like the header
        end = "chr(13)" if vendor == "postgresql" else "char(13, 10)"
        return " || ".join([*pieces, end])
    pieces = []
    for place, (field, cell) in enumerate(zip(fields, cells, strict=True)):
        pieces += [f"'{'{' if place == 0 else ','}\"{field.name}\":'", cell]
        if words and field.name in words:
            pieces += [f"',\"{field.name}_label\":'", _said(names[place], words[field.name])]
    pieces.append("'}'" if vendor == "postgresql" else "'}' || char(10)")
    return " || ".join(pieces)


def _said(name: str, words: Mapping[str, str]) -> str:
    """A code's words as JSON; none for a code that has none."""
    cases = [f"WHEN {_literal(code)} THEN {_literal(dumps(word))}" for code, word in words.items()]
    return f"CASE {name} {' '.join(cases)} ELSE '\"\"' END"


def _literal(text: str) -> str:
    """Text within a statement that takes parameters."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def _cell(field: Field, name: str, wanted: str, vendor: str) -> str:
    if field.kind in PLACES:
        text = _decimal(name, PLACES[field.kind], vendor)
        return text if wanted == "csv" else f"'\"' || {text} || '\"'"
    if field.kind == "integer":
        return f"CAST({name} AS text)"
    if field.kind == "date":
        text = f"CAST({name} AS text)"
        return text if wanted == "csv" else f"'\"' || {text} || '\"'"
    if wanted == "csv":
        return _quoted(name, vendor)
    if vendor == "postgresql":
        return f"CAST(to_json({name}) AS text)"
    return f"json_quote({name})"


def _decimal(name: str, places: int, vendor: str) -> str:
    """A scaled integer as its decimal, exactly."""
    if vendor == "postgresql":
        return f"CAST({name} * {'0.' + '1'.rjust(places, '0')} AS text)"
    whole = 10**places
    sign = f"CASE WHEN {name} < 0 THEN '-' ELSE '' END"
    # %% because Django's placeholders share the text with printf's
    return f"{sign} || printf('%%d.%%0{places}d', abs({name}) / {whole}, abs({name}) %% {whole})"


def _quoted(name: str, vendor: str) -> str:
    """Text as CSV wants it, and guarded against being calculated."""
    letter = "chr" if vendor == "postgresql" else "char"
    start = f"left({name}, 1)" if vendor == "postgresql" else f"substr({name}, 1, 1)"
    known = ", ".join(f"{letter}({ord(each)})" for each in DANGEROUS)
    guarded = f"CASE WHEN {start} IN ({known}) THEN '''' || {name} ELSE {name} END"
    return f"'\"' || replace({guarded}, '\"', '\"\"') || '\"'"
