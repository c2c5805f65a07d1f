"""The rows of the permission table for tokens, bulk submissions and webhooks."""

WIRE_ROWS = """\
core:all-tokens                       M        -        -        -        -
core:issue-token                      M        M        -        -        -
core:token                            +        -        -        -        -
core:rotate-token                     +        +        -        -        -
returns:bulk                          PF       PF       -        -        -
returns:bulk-submission               PF       -        -        -        -
returns:bulk-result                   PF       -        -        -        -
returns:bulk-retry                    -        PF       -        -        -
api:bulk-submissions                  PF       PF       -        -        -
api:bulk-submissions-record           PF       -        -        -        -
api:bulk-submissions-result           PF       -        -        -        -
api:bulk-submissions-retry            -        PF       -        -        -
webhooks:webhooks                     PAM      PAM      -        -        -
webhooks:webhook                      PAM      -        -        -        -
webhooks:rotate                       PAM      PAM      -        -        -
webhooks:state                        -        PAM      -        -        -
webhooks:redeliver                    -        PAM      -        -        -
api:snapshots                         PA       PA       -        -        -
api:snapshots-record                  PA       -        -        -        PA
api:snapshots-file                    PA       -        -        -        -
api:webhooks                          PAM      PAM      -        -        -
api:webhooks-record                   PAM      -        -        PAM      PAM
api:webhooks-rotate                   -        PAM      -        -        -
api:webhooks-suspend                  -        PAM      -        -        -
api:webhooks-resume                   -        PAM      -        -        -
api:webhooks-deliveries               PAM      -        -        -        -
api:webhooks-redeliver                -        PAM      -        -        -
api:token                             +        -        -        -        -
"""
