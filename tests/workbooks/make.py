"""The files that people and mischief-makers send, made fresh: no binary riddle is kept.

``broken()`` gives each file that must be refused, with the code of its problem; ``odd()`` those
that look strange and must be read. To look at them in a spreadsheet program:

    python -m tests.workbooks.make DIRECTORY
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TABLE = "地区,规模,贷款余额\r\n440100 广州市,S 小型企业,12.50\r\n440300 深圳市,M 中型企业,8\r\n"


def workbook(fill: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    """Return a sound workbook with one sheet, 数据, unless ``fill`` makes others."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        (fill or _plain)(book)
    return file.getvalue()


def _plain(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("数据")
    for number, line in enumerate(TABLE.splitlines()):
        sheet.write_row(number + 2, 1, line.split(","))


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip of the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(parts: dict[str, bytes | None]) -> bytes:
    """Return the sound workbook with parts replaced, added or (None) taken out."""
    together = unpacked(workbook()) | parts
    return packed({name: content for name, content in together.items() if content is not None})


def sheet(cells: bytes, after: bytes = b"") -> bytes:
    """Return the workbook with ``cells`` as its sheet's data."""
    xml = b'<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (MAIN, cells, after)
    return changed({SHEET: HEAD + xml})


def lying_size() -> bytes:
    """A part that declares 1,000 bytes and inflates to 30 MB, its checksum set to fit the lie."""
    content = HEAD + b"<a/>" + b" " * (30 << 20)
    data = bytearray(changed({"xl/pad.xml": content}))
    declared = struct.pack("<I", len(content))
    told = content[:1000]
    checksum, lie = struct.pack("<I", zlib.crc32(content)), struct.pack("<I", zlib.crc32(told))
    return bytes(data.replace(declared, struct.pack("<I", 1000)).replace(checksum, lie))


def twice() -> bytes:
    """Two parts of one name: one reader takes the first, another the last."""
    parts = unpacked(workbook())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr(SHEET.upper(), parts[SHEET])
    return file.getvalue()


def one_text_everywhere() -> bytes:
    """A text of 32,000 letters shown in 300,000 cells: 1 MB that unfolds to 30 GB."""
    rows = (
        b'<row r="%d">' % row
        + b"".join(b'<c r="%c%d" t="s"><v> 0</v></c>' % (letter, row) for letter in b"ABCDEFGHIJ")
        + b"</row>"
        for row in range(1, 30_001)
    )
    parts = unpacked(sheet(b"".join(rows)))
    text = ("金" * 32_000).encode()
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (MAIN, text)
    return packed(parts)


def sheets_of_one_part() -> bytes:
    """A workbook that shows one part as two sheets."""
    parts = unpacked(workbook())
    entry = b'<sheet name="%s" sheetId="%d" r:id="rId1"/>'
    listed = b"<sheets>" + entry % (b"a", 1) + entry % (b"b", 2) + b"</sheets>"
    before, _, rest = parts["xl/workbook.xml"].partition(b"<sheets>")
    return changed({"xl/workbook.xml": before + listed + rest.partition(b"</sheets>")[2]})


def with_flag(flag: int) -> bytes:
    """Return the workbook with a flag set on every part (1: encrypted)."""
    data = bytearray(workbook())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= flag
            start = data.find(mark, start + 4)
    return bytes(data)


def broken() -> dict[str, tuple[Callable[[], bytes], str]]:
    """Return how each broken file is made, by name, and the code of the problem it must give."""
    good = workbook()
    middle = len(good) // 2
    flipped = good[:middle] + bytes([good[middle] ^ 0xFF]) + good[middle + 1 :]
    doctype = b'<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;&b;">]>'
    deep = "EncryptedPackage".encode("utf-16-le")
    types = unpacked(good)["[Content_Types].xml"].replace(b"sheet.main+xml", b"sheet.macroEnabled")
    text_cell = b'<row r="1"><c r="%s" t="inlineStr"><is><t>x</t></is></c></row>'
    return _strangers() | {
        "empty.xlsx": (lambda: b"", "file.empty"),
        "password.xlsx": (lambda: OLE + bytes(500) + deep, "file.encrypted"),
        "zip-password.xlsx": (lambda: with_flag(1), "file.encrypted"),
        "old.xls": (lambda: OLE + bytes(600), "file.old-excel"),
        "macros.xlsm": (lambda: changed({"xl/vbaProject.bin": b"x"}), "file.macros"),
        "macros-by-type.xlsx": (lambda: changed({"[Content_Types].xml": types}), "file.macros"),
        "macro-sheet.xlsx": (
            lambda: changed({"xl/macrosheets/sheet1.xml": b"<a/>"}),
            "file.macros",
        ),
        "links.xlsx": (
            lambda: changed({"xl/externalLinks/externalLink1.xml": b"<a/>"}),
            "file.external-links",
        ),
        "half.xlsx": (lambda: good[:middle], "file.damaged"),
        "end-missing.xlsx": (lambda: good[:-30], "file.damaged"),
        "byte-flipped.xlsx": (lambda: flipped, "file.damaged"),
        "no-sheet-part.xlsx": (lambda: changed({SHEET: None}), "file.damaged"),
        "no-relations.xlsx": (
            lambda: changed({"xl/_rels/workbook.xml.rels": None}),
            "file.damaged",
        ),
        "bad-xml.xlsx": (
            lambda: changed({"xl/workbook.xml": b"<workbook><sheets>"}),
            "file.damaged",
        ),
        "bad-sheet.xlsx": (lambda: sheet(b'<row r="1"><c r="A1"><v>1</row>'), "file.damaged"),
        "utf16-part.xlsx": (
            lambda: changed({"xl/workbook.xml": doctype.decode().encode("utf-16")}),
            "file.damaged",
        ),
        "twice.xlsx": (lambda: twice(), "file.damaged"),
        "one-part-two-sheets.xlsx": (lambda: sheets_of_one_part(), "file.damaged"),
        "entities.xlsx": (lambda: changed({"xl/styles.xml": HEAD + doctype}), "file.unsafe-xml"),
        "entities-late.xlsx": (
            lambda: changed({"xl/workbook.xml": HEAD + b" " * (2 << 20) + doctype + b"<a>&d;</a>"}),
            "file.unsafe-xml",
        ),
        "bomb.xlsx": (lambda: changed({"xl/pad.bin": b"0" * (60 << 20)}), "file.bomb"),
        "bomb-that-lies.xlsx": (lambda: lying_size(), "file.bomb"),
        "many-parts.xlsx": (
            lambda: changed({f"xl/{each}.bin": b"" for each in range(2100)}),
            "file.bomb",
        ),
        "one-text-everywhere.xlsx": (lambda: one_text_everywhere(), "file.bomb"),
        "far-row.xlsx": (lambda: sheet(text_cell % b"A1048576"), "file.too-many-rows"),
        "far-cell.xlsx": (lambda: sheet(text_cell % b"XFD1048576"), "file.too-many-columns"),
        "far-row-number.xlsx": (
            lambda: sheet(b'<row r="4000000000"><c><v>1</v></c></row>'),
            "file.too-many-rows",
        ),
        "far-behind-a-quote.xlsx": (
            lambda: sheet(b'<row r="1"><c s=">" r="XFD1048576"><v>1</v></c></row>'),
            "file.too-many-columns",
        ),
        "two-places.xlsx": (
            lambda: sheet(b'<row r="1"><c r="A1" r="AN1000000"><v>1</v></c></row>'),
            "file.damaged",
        ),
        "far-column.xlsx": (lambda: sheet(text_cell % b"XFD1"), "file.too-many-columns"),
    }


def _strangers() -> dict[str, tuple[Callable[[], bytes], str]]:
    """Files of other kinds under a workbook's name, and CSV that cannot be read."""
    chinese = "地区,规模,贷款余额\n广州市,小型,12\n" * 3
    return {
        "report.pdf.xlsx": (lambda: b"%PDF-1.4\n1 0 obj", "file.not-a-spreadsheet"),
        "photo.png.xlsx": (lambda: b"\x89PNG\r\n\x1a\n", "file.not-a-spreadsheet"),
        "photo.jpg.xlsx": (lambda: b"\xff\xd8\xff\xe0JFIF", "file.not-a-spreadsheet"),
        "page.xls": (lambda: b"\xef\xbb\xbf<html><table><tr>", "file.not-a-spreadsheet"),
        "page-utf16.xls": (lambda: "<html><table>".encode("utf-16"), "file.not-a-spreadsheet"),
        "xml-2003.xls": (lambda: HEAD + b'<Workbook xmlns="urn:x">', "file.not-a-spreadsheet"),
        "letter.docx": (lambda: packed({"word/document.xml": b"<a/>"}), "file.not-a-spreadsheet"),
        "slides.pptx": (
            lambda: packed({"ppt/presentation.xml": b"<a/>"}),
            "file.not-a-spreadsheet",
        ),
        "folder.zip": (lambda: packed({"a.txt": b"a"}), "file.not-a-spreadsheet"),
        "binary.xlsb": (lambda: packed({"xl/workbook.bin": b"x"}), "file.binary-excel"),
        "open.ods": (
            lambda: packed({"mimetype": b"x", "content.xml": b"<a/>"}),
            "file.open-document",
        ),
        "nul.csv": (lambda: b"a,b\x00c\n", "file.not-a-spreadsheet"),
        "late-nul.csv": (lambda: b"a,b\n" * 2000 + b"\x00", "file.not-a-spreadsheet"),
        "no-encoding.csv": (
            lambda: chinese.encode() + b"\xff\xff\xff,1\n",
            "file.unknown-encoding",
        ),
        "cut-utf8.csv": (lambda: chinese.encode() + "余".encode()[:2], "file.damaged"),
        "cut-gbk.csv": (lambda: chinese.encode("gbk") + "余".encode("gbk")[:1], "file.damaged"),
        "cut-utf16.csv": (lambda: chinese.encode("utf-16")[:-1], "file.damaged"),
        "pipes.csv": (lambda: TABLE.replace(",", "|").encode(), "file.wrong-delimiter"),
        "chinese-commas.csv": (lambda: TABLE.replace(",", "，").encode(), "file.wrong-delimiter"),
        "open-quote.csv": (lambda: b'a,"b\n1,2', "file.broken-csv"),
        "many-columns.csv": (lambda: b"a," * 500, "file.too-many-columns"),
        "a-million-commas.csv": (lambda: b"," * (9 << 20), "file.too-many-columns"),
    }


def odd() -> dict[str, Callable[[], bytes]]:
    """Return how files are made that look strange and must be read all the same."""
    return {
        "strict.xlsx": lambda: _strict(),
        "stored.xlsx": lambda: _stored(),
        "commas.csv": lambda: b"," * 500,
        "unplaced-cells.xlsx": _unplaced,
        "far-format.xlsx": lambda: sheet(b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
        "million-empty-rows.xlsx": lambda: sheet(
            b'<row r="1"><c r="A1"><v>1</v></c></row>'
            + b"".join(
                b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(2, 1_000_001)
            )
        ),
        "million-empty-rows.csv": lambda: b"1,2\n" + b",\n" * 1_000_000,
        "title-line.csv": lambda: (
            "贷款统计表（2012，6月）\n".encode() + TABLE.replace(",", ";").encode()
        ),
        "old-mac.csv": lambda: TABLE.replace("\r\n", "\r").encode("gbk"),
    }


def _strict() -> bytes:
    parts = unpacked(workbook())
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    return packed({name: content.replace(MAIN, strict) for name, content in parts.items()})


def _unplaced() -> bytes:
    """Cells that do not name their places, behind a prefix: both are allowed."""
    xml = (
        b'<x:worksheet xmlns:x="%s"><x:sheetData><x:row r="3"><x:c><x:v>1</x:v></x:c><x:c/>'
        b'<x:c t="e"><x:v>#REF!</x:v></x:c><x:c><x:v>4</x:v></x:c></x:row>'
        b"<x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    return changed({SHEET: HEAD + xml % MAIN})


def _million_rows() -> bytes:
    empty = (b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(2, 1_000_001))
    return sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' + b"".join(empty))


def _stored() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in unpacked(workbook()).items():
            archive.writestr(name, content)
    return file.getvalue()


def main() -> None:
    target = Path(sys.argv[1])
    for kind, files in (
        ("should_fail", {name: made for name, (made, _) in broken().items()}),
        ("should_pass", odd()),
    ):
        (target / kind).mkdir(parents=True, exist_ok=True)
        for name, made in files.items():
            (target / kind / name).write_bytes(made())


if __name__ == "__main__":
    main()
