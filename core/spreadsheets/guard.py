"""The door: what is refused before anything of a file is unpacked or parsed."""

import zipfile
from dataclasses import dataclass

from core.spreadsheets.container import Container
from core.spreadsheets.problems import FileProblem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# First bytes of what people upload by mistake, and its name for the message.
STRANGERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"{\\rtf": "RTF",
}
CONTENT_TYPES = "[content_types].xml"
SMALL = 8 * 2**20  # bytes of a part that only lists other parts


_SPACES = b" \t\r\n\xff\xfe"  # and a UTF-16 mark


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read; an office raises them by setting."""

    max_bytes: int = 50 * 2**20
    max_unpacked: int = 512 * 2**20  # 8 million cells; Excel needs about 40 bytes for each
    max_ratio: int = 200
    max_entries: int = 2000
    max_rows: int = 200_000
    max_columns: int = 200


def sniff(data: bytes, limits: Limits) -> str:
    """Return ``"xlsx"`` or ``"csv"`` by content, whatever the name says; refuse all else."""
    if not data:
        raise FileProblem("file.empty")
    if len(data) > limits.max_bytes:
        raise FileProblem(
            "file.too-large",
            size=f"{len(data) / 2**20:.1f}",
            limit=f"{limits.max_bytes / 2**20:g}",
        )
    if data.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise FileProblem("file.encrypted" if encrypted else "file.old-excel")
    if data.startswith(ZIP):
        return "xlsx"
    for mark, name in STRANGERS.items():
        if data.startswith(mark):
            raise FileProblem("file.not-a-spreadsheet", found=name)
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(_SPACES).lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise FileProblem("file.not-a-spreadsheet", found="HTML/XML")
    if b"\x00" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileProblem("file.not-a-spreadsheet", found="binary data")
    return "csv"


def check_container(data: bytes, limits: Limits) -> Container:
    """Look at the zip's directory and refuse bombs, macros, foreign kinds and broken files.

    Sheets and shared strings are left packed: the reader inflates each once, to its real size.
    """
    container = Container(data)
    _check_sizes(container.entries, len(data), limits)
    _check_kind(container)
    for name in sorted(container.parts):
        if name.endswith(("vbaproject.bin", "vbadata.xml")) or "macrosheets/" in name:
            raise FileProblem("file.macros", part=name)
        if "externallinks/" in name:
            raise FileProblem("file.external-links", part=name)
    for name, entry in container.parts.items():
        if not name.startswith("xl/worksheets/sheet"):
            _check_part(container, name, entry)
    return container


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.max_entries:
        raise FileProblem("file.bomb", detail=f"{len(entries)} parts")
    if unpacked > limits.max_unpacked:
        raise FileProblem("file.bomb", detail=f"{unpacked / 2**20:.0f} MB")
    if unpacked > 10 * 2**20 and unpacked > limits.max_ratio * packed:
        raise FileProblem("file.bomb", detail=f"{unpacked / packed:.0f}:1")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileProblem("file.encrypted")


def _check_kind(container: Container) -> None:
    names = container.parts.keys()
    if "xl/workbook.xml" in names:
        types = container.read(CONTENT_TYPES, limit=SMALL) if CONTENT_TYPES in names else b""
        if b"macroenabled" in types.lower():
            raise FileProblem("file.macros", part=".xlsm")
        return
    if "xl/workbook.bin" in names:
        raise FileProblem("file.binary-excel")
    if "mimetype" in names or "content.xml" in names:
        raise FileProblem("file.open-document")
    if "word/document.xml" in names:
        raise FileProblem("file.not-a-spreadsheet", found="Word (.docx)")
    if "ppt/presentation.xml" in names:
        raise FileProblem("file.not-a-spreadsheet", found="PowerPoint (.pptx)")
    raise FileProblem("file.not-a-spreadsheet", found="ZIP")


def _check_part(container: Container, name: str, entry: zipfile.ZipInfo) -> None:
    """Inflate a part in chunks: declared sizes can lie, checksums and XML can be bad."""
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    for number, chunk in enumerate(container.chunks(entry)):
        if number == 0 and is_xml:
            check_xml(chunk, name)


def check_xml(head: bytes, name: str) -> None:
    """Refuse a part that defines entities, or is not written in UTF-8 as every program does."""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise FileProblem("file.unsafe-xml", part=name)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:400]:
        raise FileProblem("file.damaged", detail=f"{name}: UTF-16")
