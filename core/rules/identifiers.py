"""Check digits of an enterprise's three identifiers.

Sources: GB 11714-1997 (organisation code), GB/T 17710 and GS 15-2006 (registration number,
ISO 7064 MOD 11,10), GB 32100-2015 (unified social credit code). Old records are dirty, so a
failure is a doubt that a clerk may override, never a refusal.
"""

import re
from dataclasses import dataclass

from core.text import Text

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I O S V Z
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubtful about a field, and what to do about it."""

    field: str
    message: Text


def normalised(text: str) -> str:
    """Half-width capitals without blanks: ``"１９２２０３８２ - 1" -> "19220382-1"``."""
    return re.sub(r"\s+", "", text.translate(_FULL_WIDTH)).replace("－", "-").upper()


def organisation_check(body: str) -> str:
    """Return the check character of an 8-character body (GB 11714-1997)."""
    total = sum(int(c, 36) * w for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def organisation_code_holds(code: str) -> bool:
    """Whether ``XXXXXXXX-X`` (hyphen optional) is well formed with its check character."""
    match = re.fullmatch(r"([0-9A-Z]{8})-?([0-9X])", normalised(code))
    return bool(match) and organisation_check(match[1]) == match[2]


def registration_check(body: str) -> str:
    """Return the check digit of 14 digits (ISO 7064 MOD 11,10)."""
    rest = 10
    for digit in body:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def registration_number_holds(number: str) -> bool:
    """Whether a business licence's number holds; the older 13 digits have no check digit."""
    number = normalised(number)
    if re.fullmatch(r"[0-9]{13}", number):
        return True
    if not re.fullmatch(r"[0-9]{15}", number):
        return False
    return registration_check(number[:14]) == number[14]


def credit_check(body: str) -> str:
    """Return the check character of 17 characters (GB 32100-2015)."""
    pairs = zip(body, _CREDIT_WEIGHTS, strict=True)
    total = sum(_CREDIT_ALPHABET.index(c) * weight for c, weight in pairs)
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def credit_code_holds(code: str) -> bool:
    """Whether an 18-character unified social credit code is well formed and holds."""
    code = normalised(code)
    if len(code) != 18 or any(c not in _CREDIT_ALPHABET for c in code):
        return False
    return credit_check(code[:17]) == code[17]


def organisation_code_within(credit_code: str) -> str:
    """Return the organisation code that a credit code embeds (its characters 9 to 17)."""
    code = normalised(credit_code)
    return f"{code[8:16]}-{code[16]}" if len(code) == 18 else ""


def doubts(
    *, credit_code: str = "", organisation_code: str = "", registration_number: str = ""
) -> list[Doubt]:
    """Return what is doubtful about the identifiers given; empty ones are not judged."""
    found = []
    for field, value, holds, shape in (
        ("credit_code", credit_code, credit_code_holds, _CREDIT_SHAPE),
        ("organisation_code", organisation_code, organisation_code_holds, _ORGANISATION_SHAPE),
        (
            "registration_number",
            registration_number,
            registration_number_holds,
            _REGISTRATION_SHAPE,
        ),
    ):
        if value and not holds(value):
            found.append(Doubt(field, shape.format(value=value)))
    embedded = organisation_code_within(credit_code)
    if embedded and organisation_code and not found:
        given = normalised(organisation_code).replace("-", "")
        if given != embedded.replace("-", ""):
            found.append(Doubt("organisation_code", _DIFFERENT.format(embedded=embedded)))
    return found


_CREDIT_SHAPE = Text(
    "“{value}” 校验位不符：应为 18 位（GB 32100-2015）。请核对证照。",
    "“{value}” fails its check: 18 characters are expected (GB 32100-2015). Look at the licence.",
)
_ORGANISATION_SHAPE = Text(
    "“{value}” 校验位不符：应为 8 位加校验位，如 19220382-1（GB 11714-1997）。请核对证书。",
    "“{value}” fails its check: 8 characters and a check character, such as 19220382-1 "
    "(GB 11714-1997). Look at the certificate.",
)
_REGISTRATION_SHAPE = Text(
    "“{value}” 校验位不符：应为 15 位数字（旧照 13 位）。请核对营业执照。",
    "“{value}” fails its check: 15 digits (13 on old licences). Look at the business licence.",
)
_DIFFERENT = Text(
    "与统一社会信用代码中所含的组织机构代码 {embedded} 不一致。请核对。",
    "Differs from {embedded}, which the unified social credit code embeds. Compare the two.",
)
