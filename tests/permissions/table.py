"""Who may reach which address: route x method -> roles. Written by hand, read by the test.

One letter a role::

    P province_staff    F prefecture_staff   D department_staff   R preparer
    S signatory         L leader             A auditor            M administrator

``+`` everybody who is signed in, ``*`` everybody, ``-`` nobody (the method is not there).
What a role reaches here is only the door: what it sees behind it is narrowed by its scope.
A new route needs a row; the test says what to add.
"""

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

TABLE = """
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
core:tokens                           +        +        -        -        -
core:job                              +        -        -        -        -
core:revoke-token                     -        +        -        -        -
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
core:attachment-add                   PF       PF       -        -        -
core:attachment                       +        -        -        -        -
core:document                         PFRSLA   -        -        -        -
finance:village-banks                 +        -        -        -        -
finance:village-bank-new              PF       PF       -        -        -
finance:village-bank-import           PF       PF       -        -        -
finance:village-bank-import-template  PF       -        -        -        -
finance:village-bank-import-check     PF       PF       -        -        -
finance:village-bank                  +        -        -        -        -
finance:village-bank-edit             PF       PF       -        -        -
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
api:published-reports                 PFDLAM   P        -        -        -
api:published-reports-record          PFDLAM   -        -        -        -
api:published-reports-comparison      PFDLAM   -        -        -        -
api:changes                           PA       -        -        -        -
api:schema                            *        -        -        -        -
api:docs                              *        -        -        -        -
api:problems                          *        -        -        -        -
"""
