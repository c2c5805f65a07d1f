"""The guide's example works as it is written."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from django.conf import settings

from finance.models import LoanLine
from returns.models import Return

GUIDE = Path(settings.BASE_DIR) / "docs/api.md"


def example() -> str:
    found = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert len(found) == 1
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_the_example_in_python_runs_as_written(
    live_server, monkeypatch, caller, preparer, signatory, province_clerk, june
) -> None:
    monkeypatch.setenv("TRACKER", live_server.url)
    for name, person in (
        ("PREPARER", preparer), ("SIGNATORY", signatory), ("OFFICE", province_clerk),
    ):  # fmt: skip
        monkeypatch.setenv(name, caller(person).token)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(example(), str(GUIDE), "exec"), {"__name__": "example"})
    assert "receipt SL-201206-B9001-R1-" in said.getvalue()
    assert said.getvalue().rstrip().endswith("1000.00")
    assert Return.objects.get().state == "accepted"
    assert LoanLine.objects.count() == 1


def test_the_guide_names_every_resource() -> None:
    from api.urls import urlpatterns

    names = {str(each.pattern).split("/")[0] for each in urlpatterns}
    for name in names - {"schema", "docs", "problems"}:
        assert f"`{name}`" in GUIDE.read_text(), name
