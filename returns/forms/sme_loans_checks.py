"""Every check of ``sme-loans``, in the order in which they run.

Read as the policy of the form: the identities of one line, then across lines and tables, then
against history, then against the registries. Structure is checked for all forms alike
(``returns.forms.structure_checks``).
"""

from returns.checking.check import Check
from returns.forms import (
    sme_loans_cross_checks as cross,
)
from returns.forms import (
    sme_loans_history_checks as history,
)
from returns.forms import (
    sme_loans_line_checks as line,
)
from returns.forms import (
    system_checks as system,
)

CHECKS: tuple[Check, ...] = (
    line.balance_equals_its_breakdowns,
    line.guarantee_types_add_up,
    line.terms_add_up,
    line.classes_add_up,
    line.npl_is_its_classes,
    line.npl_within_balance,
    line.balance_has_borrowers,
    line.borrowers_have_balance,
    line.year_includes_period,
    line.january_is_the_year,
    line.interest_needs_loans,
    line.rate_within_limits,
    line.approved_within_applicants,
    cross.lines_have_one_key,
    cross.totals_have_one_key,
    cross.lines_have_a_total,
    cross.enterprises_add_up,
    cross.all_loans_cover_lines,
    cross.all_npl_covers_lines,
    cross.all_year_start_covers_lines,
    cross.all_npl_within_all_loans,
    cross.enterprises_within_all_loans,
    history.whole_return_slipped_unit,
    history.year_start_is_december,
    history.total_year_start_is_december,
    history.cumulative_never_falls,
    history.line_slipped_unit,
    history.balance_changed_much,
    history.total_changed_much,
    history.line_vanished,
    system.institution_is_licensed,
    system.prefecture_is_active,
    system.village_bank_stays_home,
    system.file_sent_elsewhere,
    system.file_sent_before,
)
