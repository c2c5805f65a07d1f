"""``verify_journal`` tells a whole chain from one that somebody touched."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.models import JournalEntry


def test_a_whole_journal_is_told_with_its_length(bank, june, accepted, capsys):
    accepted(bank, june)
    call_command("verify_journal")
    assert f"{JournalEntry.objects.count()} entries" in capsys.readouterr().out


@pytest.mark.parametrize("change", ["edited", "deleted", "cut"])
def test_any_touch_names_the_first_broken_entry(bank, june, accepted, change):
    accepted(bank, june)
    entries = list(JournalEntry.objects.order_by("sequence"))
    touched = entries[-1] if change == "cut" else entries[1]
    table = JournalEntry._meta.db_table
    act = f"UPDATE {table} SET action = 'forged'" if change == "edited" else f"DELETE FROM {table}"
    with connection.cursor() as cursor:  # past every guard of the product, as a forger would
        cursor.execute(f"{act} WHERE id = %s", [touched.pk])
    with pytest.raises(CommandError, match=f"broken at entry {touched.sequence}:"):
        call_command("verify_journal")
