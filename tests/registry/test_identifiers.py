"""Check digits and document numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules import document_numbers, identifiers

BODY = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8)
DIGITS = st.text("0123456789", min_size=14, max_size=14)
CREDIT = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17)


def test_known_codes_hold_and_their_neighbours_do_not():
    assert identifiers.credit_code_holds("914403001922038216")
    assert not identifiers.credit_code_holds("914403001922038217")
    assert identifiers.organisation_code_holds("19220382-1")
    assert identifiers.organisation_code_holds("１９２２０３８２－1")
    assert identifiers.registration_number_holds("440301103097413")
    assert not identifiers.registration_number_holds("440301103097414")
    assert identifiers.registration_number_holds("4403011030974")


@given(BODY, st.integers(0, 7))
def test_one_wrong_character_of_an_organisation_code_is_noticed(body, place):
    code = f"{body}-{identifiers.organisation_check(body)}"
    assert identifiers.organisation_code_holds(code)
    other = "1" if body[place] == "0" else "0"
    difference = int(body[place], 36) - int(other, 36)
    broken = f"{body[:place]}{other}{body[place + 1 :]}-{code[-1]}"
    assert identifiers.organisation_code_holds(broken) == (difference % 11 == 0)


@given(DIGITS, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_of_a_registration_number_is_noticed(body, place, shift):
    number = body + identifiers.registration_check(body)
    assert identifiers.registration_number_holds(number)
    wrong = str((int(body[place]) + shift) % 10)
    assert not identifiers.registration_number_holds(number[:place] + wrong + number[place + 1 :])


@given(CREDIT, st.integers(0, 16))
def test_one_wrong_character_of_a_credit_code_is_noticed(body, place):
    code = body + identifiers.credit_check(body)
    assert identifiers.credit_code_holds(code)
    wrong = "1" if body[place] == "0" else "0"
    assert not identifiers.credit_code_holds(code[:place] + wrong + code[place + 1 :])


def test_a_credit_code_that_embeds_another_organisation_code_is_doubted():
    found = identifiers.doubts(
        credit_code="914403001922038216", organisation_code="12345678-" + "8"
    )
    assert [doubt.field for doubt in found] == ["organisation_code"]
    assert not identifiers.doubts(credit_code="914403001922038216", organisation_code="192203821")
    assert not identifiers.doubts()


@pytest.mark.parametrize(
    ("typed", "kept", "regular"),
    [
        ("银监发[2007] 5号", "银监发〔2007〕5号", True),
        ("粤金（２０１２）6号", "粤金〔2012〕6号", True),
        ("粤府办【2011】59号", "粤府办〔2011〕59号", True),
        ("证监会令第63号", "证监会令第63号", True),
        ("七部委令2010年第3号", "七部委令2010年第3号", True),
        ("粤金〔2012〕06号", "粤金〔2012〕06号", False),
        ("粤金〔12〕6号", "粤金〔12〕6号", False),
        ("粤金〔2012〕第6号", "粤金〔2012〕第6号", False),
    ],
)
def test_document_numbers_are_normalised_and_judged(typed, kept, regular):
    assert document_numbers.normalised(typed) == kept
    assert document_numbers.is_regular(kept) == regular
    assert (document_numbers.doubt(typed) is None) == regular
