"""All registers that the apps declared, by key."""

from core.registers.declaration import Detail, Register

REGISTERS: dict[str, Register] = {}
DETAILS: dict[str, Detail] = {}


def add(*registers: Register | Detail) -> None:
    """Make registers known; the apps do so when they are ready."""
    for each in registers:
        if isinstance(each, Detail):
            DETAILS[each.key] = each
        else:
            REGISTERS[each.key] = each


def detail_of(kind: str) -> Detail | None:
    """The register of one kind of institution; None where there is none."""
    return next((each for each in DETAILS.values() if each.kind == kind), None)
