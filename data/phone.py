"""A phone number: read from any notation to E.164, and written so that people can read it."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat

E164 = re.compile(r"\+[1-9]\d{6,14}")
BARE = re.compile(r"\s*[+0][\d\s()/.-]+")
"""A message that is a number and nothing else, begun as only phone numbers begin."""


def read_phone(written: str, country: str) -> str | None:
    """The number in E.164; None when there is none.

    Without a country (ISO 3166, capitals) only a number with its country code is read: a guess
    could ring at a stranger's.
    """
    found = phonenumbers.PhoneNumberMatcher(written, country or None)
    number = next((match.number for match in found), None) or _bare(written, country)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if number else None


def _bare(written: str, country: str) -> phonenumbers.PhoneNumber | None:
    """A number of a possible length, although no plan known here gives it out: networks open new
    ranges, and a family's own number must never be refused for that."""
    if not BARE.fullmatch(written):
        return None
    try:
        number = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


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
