"""Files with the returns of several institutions."""

import csv
import io
import json
from typing import Any

from tests.engine.figures import line, total
from tests.filing import body


def ndjson(*places: Any, **changes: str) -> bytes:
    """A line for each ``(institution, period)``."""
    return b"\n".join(body(bank, period, **changes) for bank, period in places)


def as_csv(*banks: Any, **changes: str) -> bytes:
    """Two rows for each institution, rows of a kind together: first all lines."""
    rows = []
    for bank in banks:
        payload = json.loads(_figures(bank, **changes))
        rows += [{"institution": bank.code, "table": "lines"} | each for each in payload["lines"]]
    for bank in banks:
        payload = json.loads(_figures(bank))
        rows += [{"institution": bank.code, "table": "totals"} | each for each in payload["totals"]]
    out = io.StringIO()
    names = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, list(names), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _figures(bank: Any, **changes: str) -> str:
    place = bank.prefecture.code
    return json.dumps({"lines": [line(place, **changes)], "totals": [total(place)]})
