"""The registers of this app, declared as data."""

from finance.registers import events, platforms
from finance.registers.microloan_companies import MICROLOAN_COMPANIES
from finance.registers.shareholders import SHAREHOLDERS

REGISTERS = (
    MICROLOAN_COMPANIES,
    SHAREHOLDERS,
    *platforms.REGISTERS,
    *events.REGISTERS,
)
