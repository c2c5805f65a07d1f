"""The rows of the permission table for the action plan."""

from tests.permissions.doors import doors

OF_THE_PROVINCE = (
    "plans measures measure-items plan-units targets plan-milestones consolidated-reports"
)
OF_UNITS = "progress-entries plan-events contact-replies"
REVIEWED = "progress-reports"
# Everybody in government reads the plan; the province keeps it; units file about themselves.
READ = """
{page}                   PFDLAM   -        -        -        -
{page}-record            PFDLAM   -        -        -        -
{page}-file              PFDLAM   -        -        -        -
"""
KEPT = """
{page}-new               P        P        -        -        -
{page}-import            P        P        -        -        -
{page}-import-template   P        -        -        -        -
{page}-import-check      P        P        -        -        -
{page}-data              P        -        -        -        -
{page}-edit              P        P        -        -        -
{page}-void              P        P        -        -        -
api:{key}                PFDLAM   P        -        -        -
api:{key}-record         PFDLAM   -        -        P        -
api:{key}-void           -        P        -        -        -
"""
FILED = """
{page}-new               PFD      PFD      -        -        -
{page}-import            PFD      PFD      -        -        -
{page}-import-template   PFD      -        -        -        -
{page}-import-check      PFD      PFD      -        -        -
{page}-data              PFD      -        -        -        -
{page}-edit              PFD      PFD      -        -        -
api:{key}                PFDLAM   PFD      -        -        -
api:{key}-record         PFDLAM   -        -        PFD      -
"""
VOIDED = """
{page}-void              PFD      PFD      -        -        -
api:{key}-void           -        PFD      -        -        -
"""
VOIDED_BY_REVIEWERS = """
{page}-void              P        P        -        -        -
api:{key}-void           -        P        -        -        -
"""
PLAN_ROWS = (
    """\
plan:copy                P        P        -        -        -
plan:reports-status      PFDLAM   PFD      -        -        -
plan:progress-reports-submit PFD  PFD      -        -        -
plan:progress-reports-accept P    P        -        -        -
plan:progress-reports-return P    P        -        -        -
plan:consolidated-draft  -        P        -        -        -
plan:consolidated-reports-approve PL PL    -        -        -
api:consolidated-reports-approve - PL      -        -        -
reports:consolidated-report PFDLAM -       -        -        -
reports:consolidated-report-lineage PFDLAM - -      -        -
api:progress-reports-submit -     PFD      -        -        -
api:progress-reports-accept -     P        -        -        -
api:progress-reports-return -     P        -        -        -
plan:contacts-status     PFDLAM   -        -        -        -
plan:contacts-form       PFDLAM   -        -        -        -
reports:plan-board       PFDLAM   -        -        -        -
reports:plan-board-lineage PFDLAM -        -        -        -
"""
    + doors({"plan": OF_THE_PROVINCE}, READ + KEPT)
    + doors({"plan": OF_UNITS}, READ + FILED + VOIDED)
    + doors({"plan": REVIEWED}, READ + FILED + VOIDED_BY_REVIEWERS)
)
