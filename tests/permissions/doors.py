"""The doors that all registers have, written out for each of them."""


def doors(registers: dict[str, str], rows: str) -> str:
    """The rows of registers, one door after the other; ``registers`` are keys by app."""
    given = [row for row in rows.splitlines() if row and not row.startswith("#")]
    return "".join(
        f"{row.format(page=f'{space}:{key}', key=key)}\n"
        for space, keys in registers.items()
        for key in keys.split()
        for row in given
    )
