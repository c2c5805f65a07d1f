"""The registers of this app, declared as data."""

from listings.registers import (
    enterprises,
    financials,
    green_channel,
    incentives,
    notes,
    other_finance,
    stage_events,
    stages,
)

REGISTERS = (
    *enterprises.REGISTERS,
    *stages.REGISTERS,
    *stage_events.REGISTERS,
    *financials.REGISTERS,
    *green_channel.REGISTERS,
    *incentives.REGISTERS,
    *notes.REGISTERS,
    *other_finance.REGISTERS,
)
