"""Rows to files: CSV, NDJSON and XLSX, streamed, and figures to text for people."""

from core.tabular.columns import Column
from core.tabular.csv import stream_csv
from core.tabular.ndjson import stream_ndjson
from core.tabular.xlsx import Sheet, write_xlsx

__all__ = ["Column", "Sheet", "stream_csv", "stream_ndjson", "write_xlsx"]
