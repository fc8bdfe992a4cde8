"""The words of a message, each with its place, its number and the pause before it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from flows.understanding.letter import fold_digits, fold_word


class Pause(IntEnum):
    """What stands between a word and the one before it."""

    none = 0
    hesitation = 1
    """Dots and dashes: how people who are frightened pause."""
    comma = 2
    stop = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or emoji of a message."""

    text: str
    """Folded; an opaque mark for what is a date, a time or a phone number."""
    at: int
    end: int
    """The place in the message, in characters."""
    pause: Pause = Pause.none
    number: Decimal | None = None
    over: Decimal | None = None
    """The second of two numbers with a stroke between: 80/50."""
    loose: Decimal | None = None
    """What the number may be as well: "37 8" may be 37.8."""
    unit: str = ""
    """``c`` or ``f`` where the degrees are named, ``°`` where they are only called degrees."""
    raised: bool = False
    """A raised or odd digit follows at once, as in 37⁵: no number that we know."""


DEGREE = "°"
OPAQUE = "\N{BULLET}"
_MARK = r"['’‘ʼ`´׳״\"]"
_MONEY = r"[$€£₪₽₴]"
_OPAQUE = (
    r"(?P<opaque>(?<![\d:.,])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])"  # a time of day
    r"|(?<![\d.,/])\d{1,4}(?P<mark>[./-])\d{1,2}(?P=mark)\d{2,4}(?!\d)"  # a date
    r"|(?:\+\d|(?<![\d.,])0\d)[\d ()-]{5,}\d"  # a phone number
    r"|\b\d{3}[ -]\d{3}[ -]\d{4}\b"
    rf"|{_MONEY}\s?\d[\d.,]*|\d[\d.,]*\s?{_MONEY}"
    r"|(?<!\d)\d{1,2}\s?[x*×+]\s?\d{1,3}(?!\d))"  # so many times so much; weeks and days
)
_PAIR = r"(?<!\d)(?P<pair>\d{2,3}\s?[/\\]\s?\d{2,3})(?![/\\\d])"
_DECIMAL = r"\d+(?:[.,٫،·]\d+(?!\d*[.,٫·]\d)|\s?[.,٫،]\s?\d(?![\d.,٫،]|\s?[.,٫]\d))?"
_NUMBER = rf"(?P<number>(?<!\d){_DECIMAL})(?P<degree>\s?[°º])?"
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670ـ])"
_COUNTED = r"(?!\d(?:x|h|hrs?|m|min|mins|ml|mg|g|kg|cm|c|f|d|w)(?![a-z\d]))(?!x\d)"
"""A digit with what it counts, 7x, x7, 8h, is no such word."""
_CHAT = (
    rf"(?P<chat>{_COUNTED}(?=[a-z0-9]*[a-z])(?![a-z]*\d\d)"
    rf"(?:\d(?![\d.,])|[a-z]|(?<=\w){_MARK}(?=[a-z]))+(?!\d)(?!{_MARK}[a-z]))"
)
"""Letters with digits among them, as Arabic is typed in Latin letters: 7arara, ma3o."""
_WORD = rf"(?P<word>{_LETTER}+(?:{_MARK}{_LETTER}+)*)"
_SIGN = r"(?P<sign>[½¼¾⅓⅔+%<>]|[\u2600-\u27bf\U0001f000-\U0001faff])"
_TOKEN = re.compile(f"{_OPAQUE}|{_PAIR}|{_CHAT}|{_NUMBER}|{_WORD}|{_SIGN}")
_STOP = re.compile(r"[!?;؟؛\n]|(?<!\.)\.(?!\.)|。")
_COMMA = re.compile(r"[,،、()]")
_HESITATION = re.compile(r"\.{2,}|…|\s[-–—]+\s?|[-–—]\s|[:/]")


def split(written: str) -> tuple[Word, ...]:
    """The words of a message in order."""
    plain = fold_digits(written).lower()
    if len(plain) != len(written):  # a letter whose lower case is two letters
        plain = "".join(c.lower() if len(c.lower()) == 1 else c for c in fold_digits(written))
    words: list[Word] = []
    last = 0
    for match in _TOKEN.finditer(plain):
        pause = _pause(plain[last : match.start()]) if words else Pause.none
        words.append(_word(match, plain, pause))
        last = match.end()
    return tuple(words)


def _pause(between: str) -> Pause:
    if not between or between == " ":
        return Pause.none
    if _STOP.search(between):
        return Pause.stop
    if _COMMA.search(between):
        return Pause.comma
    return Pause.hesitation if _HESITATION.search(between) else Pause.none


def _word(match: re.Match[str], plain: str, pause: Pause) -> Word:
    at, end, said = match.start(), match.end(), match.group()
    if match["opaque"]:
        return Word(OPAQUE, at, end, pause)
    if match["pair"]:
        first, second = (Decimal(n) for n in re.findall(r"\d+", said))
        return Word(said, at, end, pause, first, second)
    if match["number"]:
        number, unit = match["number"], DEGREE if match["degree"] else ""
        raised = _raised(plain[end : end + 1])
        return Word(number, at, end, pause, _value(number), unit=unit, raised=raised)
    return Word(fold_word(said), at, end, pause)


def _value(said: str) -> Decimal:
    whole, _, part = re.sub(r"[\s.,٫،·]+", ".", said).partition(".")
    return Decimal(f"{whole}.{part}" if part else whole)


def _raised(after: str) -> bool:
    return bool(after) and unicodedata.category(after) == "No" and after not in "½¼¾⅓⅔"
