"""``submit`` sends a file in as its preparer would, and prints every finding with its cure."""

import pytest
from django.core.management import CommandError, call_command

from returns.models import Return
from tests.filing import body


@pytest.fixture
def file(tmp_path, bank, june):
    def write(**changes):
        path = tmp_path / "june.json"
        path.write_bytes(body(bank, june, **changes))
        return str(path)

    return write


def test_a_sound_file_becomes_a_draft(file, bank, june, preparer, capsys):
    call_command("submit", file(), institution=bank.code, period=june.code)
    record = Return.objects.get()
    assert (record.state, record.prepared_by, record.line_count) == ("draft", preparer, 1)
    assert "1 lines, 0 errors" in capsys.readouterr().out


def test_errors_are_printed_with_place_and_cure(file, bank, june, preparer, capsys):
    with pytest.raises(CommandError, match="1 lines, 1 errors"):
        call_command("submit", file(mortgaged="5"), institution=bank.code, period=june.code)
    told = capsys.readouterr().out
    assert told.startswith("error SL-2")
    assert Return.objects.get().error_count == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"institution": "B0000"}, "institution “B0000”"),
        ({"period": "2012-13"}, "period “2012-13”"),
        ({"username": "nobody"}, "user “nobody”"),
    ],
)
def test_unknown_names_are_told(file, bank, june, preparer, changes, told):
    arguments = {"institution": bank.code, "period": june.code, **changes}
    with pytest.raises(CommandError, match=told):
        call_command("submit", file(), **arguments)
    assert not Return.objects.exists()


def test_a_file_that_is_not_there_is_told(bank, june, preparer, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("submit", str(tmp_path / "x.xlsx"), institution=bank.code, period=june.code)


def test_another_institutions_preparer_is_refused(file, june, other_bank, preparer):
    with pytest.raises(CommandError, match="does not allow"):
        call_command(
            "submit", file(), institution=other_bank.code, period=june.code, username="preparer"
        )
