"""A phone number: read from any notation to E.164, and written so that people can read it."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat

E164 = re.compile(r"\+[1-9]\d{6,14}")


def read_phone(written: str, country: str) -> str | None:
    """The number in E.164; None when there is none.

    Without a country (ISO 3166, capitals) only a number with its country code is read: a guess
    could ring at a stranger's.
    """
    found = phonenumbers.PhoneNumberMatcher(written, country or None)
    number = next((match.number for match in found), None)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None


def grouped(written: str) -> str:
    """A number in E.164 with its groups apart, and no space that a line could break at.

    Anything else comes back as it is.
    """
    if not E164.fullmatch(written):
        return written
    try:
        number = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return written
    return phonenumbers.format_number(number, PhoneNumberFormat.RFC3966).removeprefix("tel:")
