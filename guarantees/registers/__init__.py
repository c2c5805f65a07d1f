"""The registers of this app, declared as data."""

from guarantees.registers import (
    credit_information,
    fund,
    pilots,
    reguarantee,
    support,
    training,
)
from guarantees.registers.agencies import AGENCIES, CREDIT_RATINGS, SUPERVISORY_GRADES
from guarantees.registers.compensation import CASES, MOVEMENTS
from guarantees.registers.loss_schemes import AGREEMENTS, SCHEMES

REGISTERS = (
    AGENCIES,
    CREDIT_RATINGS,
    SUPERVISORY_GRADES,
    AGREEMENTS,
    SCHEMES,
    CASES,
    MOVEMENTS,
    *pilots.REGISTERS,
    *reguarantee.REGISTERS,
    *fund.REGISTERS,
    *support.REGISTERS,
    *training.REGISTERS,
    *credit_information.REGISTERS,
)
