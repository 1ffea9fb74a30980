"""How a postcode is written."""

import re

# The 121 postcode areas of the United Kingdom, the three of the islands, and the forces' BF.
_AREA_LETTERS = """
    AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC
    EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU
    M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS
    ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
_AREAS = frozenset(_AREA_LETTERS.split())
_USUAL = re.compile(r"^([A-Z]{1,2})([0-9]{1,2}|[0-9][A-HJKMNPR-Y]) ([0-9][ABD-HJLNP-UW-Z]{2})$")
_OUTWARD = re.compile(r"^([A-Z]{1,2})([0-9]|[1-9][0-9]|[0-9][A-HJKMNPR-Y])$")
_INWARD = re.compile(r"^[0-9][ABD-HJLNP-UW-Z]{2}$")
_NOT_IN_POSTCODES = re.compile(r"[\s.\-]+")
_MISREAD = {"O": "0", "0": "O", "I": "1", "1": "I"}


def postcode(value: object) -> str:
    """A full postcode as it is written on letters ("CF37 1AB"), or "".

    Forgives case, spaces, dots and hyphens, and O for 0 or I for 1 where only one reading is a postcode.
    Says nothing about whether the postcode is in use.
    """
    if not isinstance(value, str) or len(value) > 40:
        return ""
    text = value.strip().upper()
    usual = _USUAL.match(text)
    if usual and usual[1] in _AREAS:
        return text
    text = _NOT_IN_POSTCODES.sub("", text)
    if not 5 <= len(text) <= 7 or not text.isascii() or not text.isalnum():
        return ""
    outward, inward = text[:-3], text[-3:]
    if inward[0] in "OI":
        inward = _MISREAD[inward[0]] + inward[1:]  # the letters of the second half are never O or I
    if not _INWARD.match(inward):
        return ""
    if not _is_outward(outward):
        readings = {"".join(letters) for letters in _readings(outward)}
        right = [reading for reading in readings if _is_outward(reading)]
        if len(right) != 1:
            return ""
        outward = right[0]
    return f"{outward} {inward}"


def _is_outward(text: str) -> bool:
    match = _OUTWARD.match(text)
    return bool(match and match[1] in _AREAS)


def _readings(text: str) -> list[list[str]]:
    readings: list[list[str]] = [[]]
    for letter in text:
        choices = [letter, _MISREAD[letter]] if letter in _MISREAD else [letter]
        readings = [[*reading, choice] for reading in readings for choice in choices]
    return readings
