"""Who may reach which address: route x method -> roles. Written by hand, read by the test.

One letter a role::

    P province_staff    F prefecture_staff   D department_staff   R preparer
    S signatory         L leader             A auditor            M administrator

``+`` everybody who is signed in, ``*`` everybody, ``-`` nobody (the method is not there).
What a role reaches here is only the door: what it sees behind it is narrowed by its scope.
A new route needs a row; the test says what to add. The doors of registers are all alike, so
they stand once, in ``DOORS``, for the registers that ``REGISTERS`` and ``DETAILS`` name.
"""

from tests.permissions.doors import doors
from tests.permissions.plan import PLAN_ROWS
from tests.permissions.wire import WIRE_ROWS

LETTERS = {
    "P": "province_staff",
    "F": "prefecture_staff",
    "D": "department_staff",
    "R": "preparer",
    "S": "signatory",
    "L": "leader",
    "A": "auditor",
    "M": "administrator",
}

ROWS = """
# route                               GET      POST     PUT      PATCH    DELETE
cockpit                               +        -        -        -        -
account_login                         *        *        -        -        -
account_logout                        +        +        -        -        -
account_reauthenticate                +        +        -        -        -
account_change_password               +        +        -        -        -
account_inactive                      *        -        -        -        -
mfa_index                             +        -        -        -        -
mfa_authenticate                      *        *        -        -        -
mfa_reauthenticate                    +        +        -        -        -
mfa_activate_totp                     +        +        -        -        -
mfa_deactivate_totp                   +        +        -        -        -
mfa_view_recovery_codes               +        -        -        -        -
mfa_generate_recovery_codes           +        +        -        -        -
mfa_download_recovery_codes           +        +        -        -        -
set_language                          *        *        -        -        -
core:healthz                          *        -        -        -        -
core:readyz                           *        -        -        -        -
core:metrics                          M        -        -        -        -
core:notifications                    +        +        -        -        -
core:notification                     +        +        -        -        -
core:notification-choices             +        +        -        -        -
core:tokens                           +        +        -        -        -
core:job                              +        -        -        -        -
core:revoke-token                     +        +        -        -        -
core:users                            M        -        -        -        -
core:new-user                         M        M        -        -        -
core:user                             M        M        -        -        -
core:journal                          PAM      PAM      -        -        -
core:prefectures                      +        -        -        -        -
core:prefecture                       +        -        -        -        -
core:counties                         +        -        -        -        -
core:county                           +        -        -        -        -
core:county-edit                      PM       PM       -        -        -
core:rules                            PFDLAM   -        -        -        -
core:rule-new                         PM       PM       -        -        -
core:rule                             PFDLAM   -        -        -        -
core:rule-edit                        PM       PM       -        -        -
core:institutions                     +        -        -        -        -
core:institution-new                  PF       PF       -        -        -
core:institution-import               PF       PF       -        -        -
core:institution-import-template      PF       -        -        -        -
core:institution-import-check         PF       PF       -        -        -
core:institution                      +        -        -        -        -
core:institution-edit                 PF       PF       -        -        -
core:fact-add                         PF       PF       -        -        -
core:fact-void                        PF       PF       -        -        -
core:fact-file                        PF       PF       -        -        -
core:attachment-add                   PF       PF       -        -        -
core:attachment                       +        -        -        -        -
core:document                         PFRSLA   -        -        -        -
core:delegation-findings              +        -        -        -        -
core:departments                      +        -        -        -        -
core:departments-new                  PF       PF       -        -        -
core:departments-import               PF       PF       -        -        -
core:departments-import-template      PF       -        -        -        -
core:departments-import-check         PF       PF       -        -        -
core:departments-data                 PF       -        -        -        -
core:departments-record               +        -        -        -        -
core:departments-edit                 PF       PF       -        -        -
core:departments-void                 PF       PF       -        -        -
core:departments-file                 +        -        -        -        -
finance:village-banks                 +        -        -        -        -
finance:village-bank-new              PF       PF       -        -        -
finance:village-bank-import           PF       PF       -        -        -
finance:village-bank-import-template  PF       -        -        -        -
finance:village-bank-import-check     PF       PF       -        -        -
finance:village-bank                  +        -        -        -        -
finance:village-bank-edit             PF       PF       -        -        -
finance:microloan-company-convert     PF       PF       -        -        -
guarantees:simulate                   +        -        -        -        -
returns:desk                          PFRSLA   -        -        -        -
returns:queue                         PF       -        -        -        -
returns:board                         PFLAM    -        -        -        -
returns:periods                       PFRSLAM  P        -        -        -
returns:change-period                 -        P        -        -        -
returns:checks                        +        -        -        -        -
returns:dictionary                    +        -        -        -        -
returns:period                        R        -        -        -        -
returns:workbook                      R        -        -        -        -
returns:upload                        -        R        -        -        -
returns:grid                          R        R        -        -        -
returns:return                        PFRSLA   -        -        -        -
returns:explain                       -        R        -        -        -
returns:sign                          -        S        -        -        -
returns:withdraw                      -        S        -        -        -
returns:revise                        -        R        -        -        -
returns:marked                        PFRSLA   -        -        -        -
returns:document                      PFRSLA   -        -        -        -
returns:row                           PFRSLA   -        -        -        -
returns:receipt                       PFRSLA   -        -        -        -
returns:receipt-pdf                   PFRSLA   -        -        -        -
returns:review                        PF       -        -        -        -
returns:decide                        -        PF       -        -        -
listings:enterprises                  +        -        -        -        -
listings:enterprises-new              PF       PF       -        -        -
listings:enterprises-import           PF       PF       -        -        -
listings:enterprises-import-template  PF       -        -        -        -
listings:enterprises-import-check     PF       PF       -        -        -
listings:enterprises-data             PF       -        -        -        -
listings:enterprises-record           +        -        -        -        -
listings:enterprises-edit             PF       PF       -        -        -
listings:enterprises-void             PF       PF       -        -        -
listings:enterprises-file             +        -        -        -        -
listings:stages                       +        -        -        -        -
listings:stages-new                   PF       PF       -        -        -
listings:stages-import                PF       PF       -        -        -
listings:stages-import-template       PF       -        -        -        -
listings:stages-import-check          PF       PF       -        -        -
listings:stages-data                  PF       -        -        -        -
listings:stages-record                +        -        -        -        -
listings:stages-edit                  PF       PF       -        -        -
listings:stages-void                  PF       PF       -        -        -
listings:stages-file                  +        -        -        -        -
listings:stage-terms                  +        -        -        -        -
listings:stage-terms-new              PF       PF       -        -        -
listings:stage-terms-import           PF       PF       -        -        -
listings:stage-terms-import-template  PF       -        -        -        -
listings:stage-terms-import-check     PF       PF       -        -        -
listings:stage-terms-data             PF       -        -        -        -
listings:stage-terms-record           +        -        -        -        -
listings:stage-terms-edit             PF       PF       -        -        -
listings:stage-terms-void             PF       PF       -        -        -
listings:stage-terms-file             +        -        -        -        -
listings:evidence-requirements        +        -        -        -        -
listings:evidence-requirements-new    PM       PM       -        -        -
listings:evidence-requirements-import PF       PF       -        -        -
listings:evidence-requirements-import-template PF       -        -        -        -
listings:evidence-requirements-import-check PF       PF       -        -        -
listings:evidence-requirements-data   PF       -        -        -        -
listings:evidence-requirements-record +        -        -        -        -
listings:evidence-requirements-edit   PM       PM       -        -        -
listings:evidence-requirements-void   PM       PM       -        -        -
listings:evidence-requirements-file   +        -        -        -        -
listings:stage-events                 +        -        -        -        -
listings:stage-events-new             PF       PF       -        -        -
listings:stage-events-import          PF       PF       -        -        -
listings:stage-events-import-template PF       -        -        -        -
listings:stage-events-import-check    PF       PF       -        -        -
listings:stage-events-data            PF       -        -        -        -
listings:stage-events-record          +        -        -        -        -
listings:stage-events-edit            PF       PF       -        -        -
listings:stage-events-void            PF       PF       -        -        -
listings:stage-events-file            +        -        -        -        -
listings:stage-evidence               +        -        -        -        -
listings:stage-evidence-new           PF       PF       -        -        -
listings:stage-evidence-import        PF       PF       -        -        -
listings:stage-evidence-import-template PF       -        -        -        -
listings:stage-evidence-import-check  PF       PF       -        -        -
listings:stage-evidence-data          PF       -        -        -        -
listings:stage-evidence-record        +        -        -        -        -
listings:stage-evidence-edit          PF       PF       -        -        -
listings:stage-evidence-void          PF       PF       -        -        -
listings:stage-evidence-file          +        -        -        -        -
listings:enterprise-changes           +        -        -        -        -
listings:enterprise-changes-new       PF       PF       -        -        -
listings:enterprise-changes-import    PF       PF       -        -        -
listings:enterprise-changes-import-template PF       -        -        -        -
listings:enterprise-changes-import-check PF       PF       -        -        -
listings:enterprise-changes-data      PF       -        -        -        -
listings:enterprise-changes-record    +        -        -        -        -
listings:enterprise-changes-edit      PF       PF       -        -        -
listings:enterprise-changes-void      PF       PF       -        -        -
listings:enterprise-changes-file      +        -        -        -        -
listings:enterprise-years             +        -        -        -        -
listings:enterprise-years-new         PF       PF       -        -        -
listings:enterprise-years-import      PF       PF       -        -        -
listings:enterprise-years-import-template PF       -        -        -        -
listings:enterprise-years-import-check PF       PF       -        -        -
listings:enterprise-years-data        PF       -        -        -        -
listings:enterprise-years-record      +        -        -        -        -
listings:enterprise-years-edit        PF       PF       -        -        -
listings:enterprise-years-void        PF       PF       -        -        -
listings:enterprise-years-file        +        -        -        -        -
listings:listing-milestones           +        -        -        -        -
listings:listing-milestones-new       PF       PF       -        -        -
listings:listing-milestones-import    PF       PF       -        -        -
listings:listing-milestones-import-template PF       -        -        -        -
listings:listing-milestones-import-check PF       PF       -        -        -
listings:listing-milestones-data      PF       -        -        -        -
listings:listing-milestones-record    +        -        -        -        -
listings:listing-milestones-edit      PF       PF       -        -        -
listings:listing-milestones-void      PF       PF       -        -        -
listings:listing-milestones-file      +        -        -        -        -
listings:green-channel-answer         PFD      PFD      -        -        -
listings:green-channel-wait           PFD      PFD      -        -        -
listings:green-channel-resume         PFD      PFD      -        -        -
listings:green-channel-close          PFD      PFD      -        -        -
listings:green-channel-reopen         PF       PF       -        -        -
listings:green-channel-cases          PFDLAM   -        -        -        -
listings:green-channel-cases-new      PF       PF       -        -        -
listings:green-channel-cases-import   PF       PF       -        -        -
listings:green-channel-cases-import-template PF       -        -        -        -
listings:green-channel-cases-import-check PF       PF       -        -        -
listings:green-channel-cases-data     PF       -        -        -        -
listings:green-channel-cases-record   PFDLAM   -        -        -        -
listings:green-channel-cases-edit     PF       PF       -        -        -
listings:green-channel-cases-void     PF       PF       -        -        -
listings:green-channel-cases-file     PFDLAM   -        -        -        -
listings:green-channel-events         PFDLAM   -        -        -        -
listings:green-channel-events-new     PFD      PFD      -        -        -
listings:green-channel-events-import  PF       PF       -        -        -
listings:green-channel-events-import-template PF       -        -        -        -
listings:green-channel-events-import-check PF       PF       -        -        -
listings:green-channel-events-data    PF       -        -        -        -
listings:green-channel-events-record  PFDLAM   -        -        -        -
listings:green-channel-events-edit    PFD      PFD      -        -        -
listings:green-channel-events-void    PF       PF       -        -        -
listings:green-channel-events-file    PFDLAM   -        -        -        -
listings:incentive-policies           +        -        -        -        -
listings:incentive-policies-new       PF       PF       -        -        -
listings:incentive-policies-import    PF       PF       -        -        -
listings:incentive-policies-import-template PF       -        -        -        -
listings:incentive-policies-import-check PF       PF       -        -        -
listings:incentive-policies-data      PF       -        -        -        -
listings:incentive-policies-record    +        -        -        -        -
listings:incentive-policies-edit      PF       PF       -        -        -
listings:incentive-policies-void      PF       PF       -        -        -
listings:incentive-policies-file      +        -        -        -        -
listings:event-reports                +        -        -        -        -
listings:event-reports-new            PF       PF       -        -        -
listings:event-reports-import         PF       PF       -        -        -
listings:event-reports-import-template PF       -        -        -        -
listings:event-reports-import-check   PF       PF       -        -        -
listings:event-reports-data           PF       -        -        -        -
listings:event-reports-record         +        -        -        -        -
listings:event-reports-edit           PF       PF       -        -        -
listings:event-reports-void           PF       PF       -        -        -
listings:event-reports-file           +        -        -        -        -
listings:incentive-awards             +        -        -        -        -
listings:incentive-awards-new         PF       PF       -        -        -
listings:incentive-awards-import      PF       PF       -        -        -
listings:incentive-awards-import-template PF       -        -        -        -
listings:incentive-awards-import-check PF       PF       -        -        -
listings:incentive-awards-data        PF       -        -        -        -
listings:incentive-awards-record      +        -        -        -        -
listings:incentive-awards-edit        PF       PF       -        -        -
listings:incentive-awards-void        PF       PF       -        -        -
listings:incentive-awards-file        +        -        -        -        -
listings:incentive-payments           +        -        -        -        -
listings:incentive-payments-new       PF       PF       -        -        -
listings:incentive-payments-import    PF       PF       -        -        -
listings:incentive-payments-import-template PF       -        -        -        -
listings:incentive-payments-import-check PF       PF       -        -        -
listings:incentive-payments-data      PF       -        -        -        -
listings:incentive-payments-record    +        -        -        -        -
listings:incentive-payments-edit      PF       PF       -        -        -
listings:incentive-payments-void      PF       PF       -        -        -
listings:incentive-payments-file      +        -        -        -        -
reports:loan-lines                    PFRSLA   -        -        -        -
reports:published                     PFDLAM   -        -        -        -
reports:publication                   PFDLAM   -        -        -        -
reports:publication-pdf               PFDLAM   -        -        -        -
reports:publication-figures           PFDLAM   -        -        -        -
reports:publish                       P        P        -        -        -
reports:coverage                      PFDLAM   -        -        -        -
reports:coverage-lineage              PFDLAM   -        -        -        -
reports:loans                         PFDLAM   -        -        -        -
reports:loans-lineage                 PFDLAM   -        -        -        -
reports:microloan                     PFDLAM   -        -        -        -
reports:microloan-lineage             PFDLAM   -        -        -        -
reports:guarantees                    PFDLAM   -        -        -        -
reports:guarantees-lineage            PFDLAM   -        -        -        -
reports:services                      PFDLAM   -        -        -        -
reports:services-lineage              PFDLAM   -        -        -        -
reports:watch-list                    PFLA     -        -        -        -
reports:watch-list-lineage            PFLA     -        -        -        -
reports:expiries                      PFDLAM   -        -        -        -
reports:expiries-lineage              PFDLAM   -        -        -        -
listings:collective-notes-schedule    +        -        -        -        -
listings:collective-notes             +        -        -        -        -
listings:collective-notes-new         PF       PF       -        -        -
listings:collective-notes-import      PF       PF       -        -        -
listings:collective-notes-import-template PF       -        -        -        -
listings:collective-notes-import-check PF       PF       -        -        -
listings:collective-notes-data        PF       -        -        -        -
listings:collective-notes-record      +        -        -        -        -
listings:collective-notes-edit        PF       PF       -        -        -
listings:collective-notes-void        PF       PF       -        -        -
listings:collective-notes-file        +        -        -        -        -
listings:note-events                  +        -        -        -        -
listings:note-events-new              PF       PF       -        -        -
listings:note-events-import           PF       PF       -        -        -
listings:note-events-import-template  PF       -        -        -        -
listings:note-events-import-check     PF       PF       -        -        -
listings:note-events-data             PF       -        -        -        -
listings:note-events-record           +        -        -        -        -
listings:note-events-edit             PF       PF       -        -        -
listings:note-events-void             PF       PF       -        -        -
listings:note-events-file             +        -        -        -        -
listings:equity-investments           +        -        -        -        -
listings:equity-investments-new       PF       PF       -        -        -
listings:equity-investments-import    PF       PF       -        -        -
listings:equity-investments-import-template PF       -        -        -        -
listings:equity-investments-import-check PF       PF       -        -        -
listings:equity-investments-data      PF       -        -        -        -
listings:equity-investments-record    +        -        -        -        -
listings:equity-investments-edit      PF       PF       -        -        -
listings:equity-investments-void      PF       PF       -        -        -
listings:equity-investments-file      +        -        -        -        -
listings:project-finances             +        -        -        -        -
listings:project-finances-new         PF       PF       -        -        -
listings:project-finances-import      PF       PF       -        -        -
listings:project-finances-import-template PF       -        -        -        -
listings:project-finances-import-check PF       PF       -        -        -
listings:project-finances-data        PF       -        -        -        -
listings:project-finances-record      +        -        -        -        -
listings:project-finances-edit        PF       PF       -        -        -
listings:project-finances-void        PF       PF       -        -        -
listings:project-finances-file        +        -        -        -        -
listings:property-pledges             +        -        -        -        -
listings:property-pledges-new         PF       PF       -        -        -
listings:property-pledges-import      PF       PF       -        -        -
listings:property-pledges-import-template PF       -        -        -        -
listings:property-pledges-import-check PF       PF       -        -        -
listings:property-pledges-data        PF       -        -        -        -
listings:property-pledges-record      +        -        -        -        -
listings:property-pledges-edit        PF       PF       -        -        -
listings:property-pledges-void        PF       PF       -        -        -
listings:property-pledges-file        +        -        -        -        -
listings:exchange-deals               +        -        -        -        -
listings:exchange-deals-new           PF       PF       -        -        -
listings:exchange-deals-import        PF       PF       -        -        -
listings:exchange-deals-import-template PF       -        -        -        -
listings:exchange-deals-import-check  PF       PF       -        -        -
listings:exchange-deals-data          PF       -        -        -        -
listings:exchange-deals-record        +        -        -        -        -
listings:exchange-deals-edit          PF       PF       -        -        -
listings:exchange-deals-void          PF       PF       -        -        -
listings:exchange-deals-file          +        -        -        -        -
listings:securities-services          +        -        -        -        -
listings:securities-services-new      PF       PF       -        -        -
listings:securities-services-import   PF       PF       -        -        -
listings:securities-services-import-template PF       -        -        -        -
listings:securities-services-import-check PF       PF       -        -        -
listings:securities-services-data     PF       -        -        -        -
listings:securities-services-record   +        -        -        -        -
listings:securities-services-edit     PF       PF       -        -        -
listings:securities-services-void     PF       PF       -        -        -
listings:securities-services-file     +        -        -        -        -
reports:pipeline                      PFDLAM   -        -        -        -
reports:pipeline-lineage              PFDLAM   -        -        -        -
reports:collective-notes              PFDLAM   -        -        -        -
reports:collective-notes-lineage      PFDLAM   -        -        -        -
reports:other-finance                 PFDLAM   -        -        -        -
reports:other-finance-lineage         PFDLAM   -        -        -        -
reports:green-channel                 PFDLAM   -        -        -        -
reports:green-channel-lineage         PFDLAM   -        -        -        -
reports:incentives                    PFDLAM   -        -        -        -
reports:incentives-lineage            PFDLAM   -        -        -        -
api:prefectures                       +        -        -        -        -
api:prefectures-record                +        -        -        -        -
api:counties                          +        -        -        -        -
api:counties-record                   +        -        -        -        -
api:banks                             +        -        -        -        -
api:banks-record                      +        -        -        -        -
api:rules                             PFDLAM   -        -        -        -
api:rules-record                      PFDLAM   -        -        -        -
api:institutions                      +        PF       -        -        -
api:institutions-record               +        -        -        PF       -
api:village-banks                     +        -        -        -        -
api:village-banks-record              +        -        -        -        -
api:approvals                         +        PF       -        -        -
api:approvals-record                  +        -        -        -        -
api:approvals-void                    -        PF       -        -        -
api:delegation-findings               +        -        -        -        -
api:delegation-findings-record        +        -        -        -        -
api:microloan-companies-convert       -        PF       -        -        -
api:dictionary                        +        -        -        -        -
api:forms                             +        -        -        -        -
api:forms-record                      +        -        -        -        -
api:periods                           PFRSLAM  -        -        -        -
api:periods-record                    PFRSLAM  -        -        -        -
api:obligations                       PFRSLA   -        -        -        -
api:obligations-record                PFRSLA   -        -        -        -
api:returns                           PFRSLA   R        -        -        -
api:returns-record                    PFRSLA   -        -        -        -
api:returns-findings                  PFRSLA   -        -        -        -
api:returns-events                    PFRSLA   -        -        -        -
api:returns-explanations              -        R        -        -        -
api:returns-sign                      -        S        -        -        -
api:returns-accept                    -        PF       -        -        -
api:returns-return                    -        PF       -        -        -
api:returns-withdraw                  -        S        -        -        -
api:returns-revisions                 -        R        -        -        -
api:loan-figures                      PFRSLA   -        -        -        -
api:loan-figures-record               PFRSLA   -        -        -        -
api:reports                           PFDLAM   -        -        -        -
api:reports-record                    PFDLAM   -        -        -        -
api:reports-lineage                   PFDLAM   -        -        -        -
api:published-reports                 PFDLAM   P        -        -        -
api:published-reports-record          PFDLAM   -        -        -        -
api:published-reports-comparison      PFDLAM   -        -        -        -
api:collective-notes                  +        PF       -        -        -
api:collective-notes-record           +        -        -        PF       -
api:collective-notes-void             -        PF       -        -        -
api:note-events                       +        PF       -        -        -
api:note-events-record                +        -        -        PF       -
api:note-events-void                  -        PF       -        -        -
api:equity-investments                +        PF       -        -        -
api:equity-investments-record         +        -        -        PF       -
api:equity-investments-void           -        PF       -        -        -
api:project-finances                  +        PF       -        -        -
api:project-finances-record           +        -        -        PF       -
api:project-finances-void             -        PF       -        -        -
api:property-pledges                  +        PF       -        -        -
api:property-pledges-record           +        -        -        PF       -
api:property-pledges-void             -        PF       -        -        -
api:exchange-deals                    +        PF       -        -        -
api:exchange-deals-record             +        -        -        PF       -
api:exchange-deals-void               -        PF       -        -        -
api:securities-services               +        PF       -        -        -
api:securities-services-record        +        -        -        PF       -
api:securities-services-void          -        PF       -        -        -
api:collective-notes-schedule         +        -        -        -        -
api:departments                       +        PF       -        -        -
api:departments-record                +        -        -        PF       -
api:departments-void                  -        PF       -        -        -
api:enterprises-assessment            +        -        -        -        -
api:enterprises                       +        PF       -        -        -
api:enterprises-record                +        -        -        PF       -
api:enterprises-void                  -        PF       -        -        -
api:stages                            +        PF       -        -        -
api:stages-record                     +        -        -        PF       -
api:stages-void                       -        PF       -        -        -
api:stage-terms                       +        PF       -        -        -
api:stage-terms-record                +        -        -        PF       -
api:stage-terms-void                  -        PF       -        -        -
api:evidence-requirements             +        PM       -        -        -
api:evidence-requirements-record      +        -        -        PM       -
api:evidence-requirements-void        -        PM       -        -        -
api:stage-events                      +        PF       -        -        -
api:stage-events-record               +        -        -        PF       -
api:stage-events-void                 -        PF       -        -        -
api:stage-evidence                    +        PF       -        -        -
api:stage-evidence-record             +        -        -        PF       -
api:stage-evidence-void               -        PF       -        -        -
api:enterprise-changes                +        PF       -        -        -
api:enterprise-changes-record         +        -        -        PF       -
api:enterprise-changes-void           -        PF       -        -        -
api:enterprise-years                  +        PF       -        -        -
api:enterprise-years-record           +        -        -        PF       -
api:enterprise-years-void             -        PF       -        -        -
api:listing-milestones                +        PF       -        -        -
api:listing-milestones-record         +        -        -        PF       -
api:listing-milestones-void           -        PF       -        -        -
api:green-channel-cases               PFDLAM   PF       -        -        -
api:green-channel-cases-record        PFDLAM   -        -        PF       -
api:green-channel-cases-void          -        PF       -        -        -
api:green-channel-events              PFDLAM   PFD      -        -        -
api:green-channel-events-record       PFDLAM   -        -        PFD      -
api:green-channel-events-void         -        PF       -        -        -
api:incentive-policies                +        PF       -        -        -
api:incentive-policies-record         +        -        -        PF       -
api:incentive-policies-void           -        PF       -        -        -
api:event-reports                     +        PF       -        -        -
api:event-reports-record              +        -        -        PF       -
api:event-reports-void                -        PF       -        -        -
api:incentive-awards                  +        PF       -        -        -
api:incentive-awards-record           +        -        -        PF       -
api:incentive-awards-void             -        PF       -        -        -
api:incentive-payments                +        PF       -        -        -
api:incentive-payments-record         +        -        -        PF       -
api:incentive-payments-void           -        PF       -        -        -
api:green-channel-cases-answer        -        PFD      -        -        -
api:green-channel-cases-wait          -        PFD      -        -        -
api:green-channel-cases-resume        -        PFD      -        -        -
api:green-channel-cases-close         -        PFD      -        -        -
api:green-channel-cases-reopen        -        PF       -        -        -
api:changes                           PA       -        -        -        -
api:schema                            *        -        -        -        -
api:docs                              *        -        -        -        -
api:problems                          *        -        -        -        -
"""

# Registers of entries and registers of institutions, by the namespace of their pages.
REGISTERS = {
    "core": "delegations licences officers penalties",
    "finance": """shareholders service-points cooperation-platforms platform-results
        financing-events event-drawings""",
    "guarantees": """credit-ratings supervisory-grades cooperation-agreements
        loss-sharing-schemes compensation-cases case-movements insurance-pilots pilot-figures
        contributions guarantee-funds fund-entries support-programmes support-applications
        support-payments training-courses attendances evaluation-schemes
        platform-participants credit-coverage""",
}
DETAILS = {
    "finance": "microloan-companies",
    "guarantees": "guarantee-agencies re-guarantee-companies",
}

# What everybody may reach is narrowed to what is their own; only the offices write, and only
# they take whole workbooks out and in.
DOORS = """
# door                   GET      POST     PUT      PATCH    DELETE
{page}                   +        -        -        -        -
{page}-new               PF       PF       -        -        -
{page}-import            PF       PF       -        -        -
{page}-import-template   PF       -        -        -        -
{page}-import-check      PF       PF       -        -        -
{page}-data              PF       -        -        -        -
{page}-record            +        -        -        -        -
{page}-edit              PF       PF       -        -        -
api:{key}                +        PF       -        -        -
api:{key}-record         +        -        -        PF       -
"""
OF_ENTRIES = """
{page}-void              PF       PF       -        -        -
{page}-file              +        -        -        -        -
api:{key}-void           -        PF       -        -        -
"""


TABLE = ROWS + WIRE_ROWS + PLAN_ROWS + doors(REGISTERS, DOORS + OF_ENTRIES) + doors(DETAILS, DOORS)
