"""``rebuild_summaries`` proves the summaries equal to the lines, and mends them."""

import pytest
from django.core.management import CommandError, call_command

from finance.models import LoanSummary


def test_what_acceptance_wrote_needs_no_mending(bank, other_bank, june, accepted, capsys):
    accepted(bank, june)
    call_command("rebuild_summaries", verify=True)
    assert "Nothing differed" in capsys.readouterr().out


def test_a_wrong_summary_is_told_and_not_touched_by_verify(bank, june, accepted):
    accepted(bank, june)
    LoanSummary.objects.update(balance=7)
    with pytest.raises(CommandError, match="differences"):
        call_command("rebuild_summaries", verify=True)
    assert set(LoanSummary.objects.values_list("balance", flat=True)) == {7}


def test_a_wrong_summary_is_mended(bank, june, accepted):
    accepted(bank, june)
    before = list(LoanSummary.objects.values_list("balance", "lines"))
    LoanSummary.objects.update(balance=7)
    call_command("rebuild_summaries")
    assert list(LoanSummary.objects.values_list("balance", "lines")) == before
    call_command("rebuild_summaries", verify=True)
