"""Chinese numerals for headings."""

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1 … 99 in Chinese: 七, 十, 十二, 二十, 三十五."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"
