"""``closeperiod`` closes a month, and opens it again only for a reason."""

import pytest
from django.core.management import CommandError, call_command

from core.models import JournalEntry, Period


def test_closing_and_reopening_are_journalled(june, province_clerk):
    call_command("closeperiod", june.code, username="province")
    assert Period.objects.get(pk=june.pk).closed_by == province_clerk
    call_command("closeperiod", june.code, username="province", reopen="更正韶关数据")
    assert Period.objects.get(pk=june.pk).closed_at is None
    actions = list(JournalEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions[-2:] == ["period.closed", "period.reopened"]


def test_a_prefectures_clerk_closes_nothing(june, shaoguan_clerk):
    with pytest.raises(CommandError, match="does not allow"):
        call_command("closeperiod", june.code, username="shaoguan")
    assert Period.objects.get(pk=june.pk).closed_at is None


def test_closing_twice_is_told(june, province_clerk):
    call_command("closeperiod", june.code, username="province")
    with pytest.raises(CommandError, match="closed already"):
        call_command("closeperiod", june.code, username="province")
