"""Files spoilt inside, behind sound checksums: read or refused, never anything else."""

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from core.spreadsheets import FileProblem, Limits, read_file
from tests.workbooks import make

PARTS = make.unpacked(
    make.sheet(
        b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
        b'<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="C2" s="1"><v>41090</v></c></row>'
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c>'
        b'<c r="B3" t="b"><v>1</v></c></row>',
        b'<mergeCells count="1"><mergeCell ref="A5:B6"/></mergeCells>',
    )
)
READ = [name for name in PARTS if name.startswith("xl/") and "theme" not in name]
TOKENS = [
    b"", b'"', b"'", b"<", b">", b"/>", b"</c>", b"<c ", b"<v>", b"<f>", b"&#0;", b"&x;", b"\xff",
    b"-1", b"0", b"99999999999", b"1e999", b"XFD", b"A0", b"ZZZZZZ1", b"1048577", b't="s"', b"x:",
    b"<!-- -->", b"<![CDATA[1]]>", b"\x00",
]  # fmt: skip
edits = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 12), st.sampled_from(TOKENS)),
    min_size=1,
    max_size=4,
)
LIMITS = Limits()


def spoilt(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, removed, token in changes:
        start = int(place * len(content))
        content = content[:start] + token + content[start + removed :]
    return content


@given(st.sampled_from(READ), edits)
@settings(max_examples=300, deadline=None)
def test_a_part_spoilt_inside_is_read_or_refused(name: str, changes: list) -> None:
    data = make.packed(PARTS | {name: spoilt(PARTS[name], changes)})
    with contextlib.suppress(FileProblem):
        read_file(data, filename="a.xlsx", limits=LIMITS)


@given(st.text(alphabet=',;\t|"\r\n\x0b\u2028余额12.5= \ufeff', max_size=80), st.sampled_from(
    ["utf-8", "utf-8-sig", "gb18030", "utf-16"]
), st.integers(0, 3))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_csv_is_read_or_refused(text: str, encoding: str, cut: int) -> None:
    data = text.encode(encoding)
    with contextlib.suppress(FileProblem):
        book = read_file(data[: len(data) - cut], filename="a.csv", limits=LIMITS)
        assert book.kind == "csv"


@given(st.lists(st.lists(st.sampled_from(["", "a", "12", "余额"]), min_size=2, max_size=4),
                min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))  # fmt: skip
def test_every_csv_cell_keeps_its_row_and_column(table: list, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [["甲", "乙"], *table])
    book = read_file(text.encode("gb18030"), filename="a.csv", limits=LIMITS)
    for number, row in enumerate(book.sheets["csv"].rows[1:]):
        assert row in (table[number], [])
        assert row or not any(table[number])
