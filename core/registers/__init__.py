"""Registers: declared as data, kept, listed, imported and exported by one machinery."""

from core.registers.declaration import (
    Detail,
    Expiry,
    Extra,
    Panel,
    Part,
    RecordAction,
    Register,
    Shown,
)

__all__ = ["Detail", "Expiry", "Extra", "Panel", "Part", "RecordAction", "Register", "Shown"]
