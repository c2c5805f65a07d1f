"""The command line does what the pages do, with the same rules."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from core.models import JournalEntry
from finance.models import LoanSummary
from returns.models import Return
from tests.engine.figures import line, total
from tests.filing import month

pytestmark = pytest.mark.django_db


def csv_of(tmp_path, rows, totals):
    names = ["table", *dict.fromkeys([*rows[0], *totals[0]])]
    lines = [",".join(names)]
    for table, each in [*(("lines", r) for r in rows), *(("totals", t) for t in totals)]:
        lines.append(",".join(str({"table": table, **each}.get(name, "")) for name in names))
    path = tmp_path / "june.csv"
    path.write_text("\n".join(lines))
    return path


def test_submit_prints_findings_and_keeps_the_draft(tmp_path, bank, june, preparer, capsys) -> None:
    place = bank.prefecture.code
    good = csv_of(tmp_path, [line(place)], [total(place)])
    common = {"institution": bank.code, "period": "2012-06", "user": preparer.username}
    call_command("submit", good, **common)
    assert "1 lines, 0 errors" in capsys.readouterr().out
    bad = csv_of(tmp_path, [line(place, npl="5000")], [total(place)])
    with pytest.raises(CommandError):
        call_command("submit", bad, **common)
    assert "SL-" in capsys.readouterr().out
    assert Return.objects.get().error_count > 0


@pytest.mark.parametrize(
    "wrong", [{"institution": "nobody"}, {"period": "2031-01"}, {"user": "nobody"}]
)
def test_submit_names_what_is_not_there(tmp_path, bank, june, preparer, wrong) -> None:
    path = csv_of(tmp_path, [line()], [total()])
    common = {"institution": bank.code, "period": "2012-06", "user": preparer.username}
    with pytest.raises(CommandError):
        call_command("submit", path, **(common | wrong))


def test_periods_open_and_close(bank, rules, province_clerk, capsys) -> None:
    call_command("openperiod", "2012-07", user="province")
    call_command("closeperiod", "2012-07", user="province")
    with pytest.raises(CommandError):
        call_command("closeperiod", "2012-07", user="province")
    call_command("closeperiod", "2012-07", user="province", reopen="补报")
    assert "open again" in capsys.readouterr().out


def test_summaries_are_proved_and_mended(bank, june, accepted) -> None:
    accepted(bank, june)
    call_command("rebuild_summaries", verify=True)
    LoanSummary.objects.update(borrowers=99)
    with pytest.raises(CommandError):
        call_command("rebuild_summaries", verify=True)
    call_command("rebuild_summaries")
    call_command("rebuild_summaries", verify=True)


@pytest.mark.parametrize("change", [{"action": "x"}, {"detail": {}}, {"actor_name": "somebody"}])
def test_a_changed_journal_is_found_out(bank, june, accepted, change) -> None:
    accepted(bank, june)
    call_command("verify_journal")
    JournalEntry.objects.filter(sequence=2).update(**change)
    with pytest.raises(CommandError, match="entry 2"):
        call_command("verify_journal")


def test_a_cut_journal_is_found_out(bank, june, accepted) -> None:
    accepted(bank, june)
    JournalEntry.objects.order_by("-sequence").first().delete()
    with pytest.raises(CommandError, match="entry 3"):
        call_command("verify_journal")


def test_due_days_follow_the_rules_and_the_calendar(rules, bank, province_clerk) -> None:
    from core.operations.reference import load_calendar
    from returns.operations import open_period
    from tests.filing import NOW

    load_calendar(last_year=2013)
    days = {}
    for number in (3, 4, 6, 9):
        period = open_period(
            actor=province_clerk, form="sme-loans", year=2012, number=number, now=NOW
        )
        days[number] = period.due_on.isoformat()
    assert days == {3: "2012-04-09", 4: "2012-05-08", 6: "2012-07-09", 9: "2012-10-10"}
    assert month(2012, 6, bank).obligations.count() == 1
