"""Word lists small enough to be read at a glance, and what they make of a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flows.protocol import Protocol
from flows.protocol_reading import from_dict
from flows.understanding import Understood, understand
from flows.understanding.letter import fold_word
from flows.understanding.lexicon import Lexicon
from flows.understanding.phrase import Phrase, read_phrase
from flows.understanding.phrasebook import Phrasebook
from flows.understanding.rewriting import Latin
from tests.flows.small import content

Lists = Mapping[str, Mapping[str, Iterable[str]]]
"""Role -> what is said -> the lines that say it."""

MEASURES = [
    {"id": "low", "said": "oxygen", "finding": "faint", "at_least": 40, "below": 92},
    {"id": "dry_12", "said": "dry", "finding": "dry_12h", "at_least": 12},
    {"id": "dry_8", "said": "dry", "finding": "dry_8h", "at_least": 8},
]

ENGLISH: Lists = {
    "finding": {
        "hot": ["hot", "burning up"],
        "faint": ["faint*", "eyes .. rolled"],
        "alarm": ["not breathing"],
        "cough": ["cough*"],
        "ear": ["earache"],
        "vomited": ["vomit* + # times", "vomit*"],
    },
    "sign": {"urine": ["nappy worries"]},
    "topic": {"fever": ["fever"]},
    "measure": {"oxygen": ["oxygen .. #"], "dry": ["dry .. # hours"]},
    "idiom": {"": ["hot chocolate", "# kilos", "room #", "off last week"]},
    "thermometer": {"": ["fever", "temperature"]},
    "no_before": {"": ["no", "not", "never"]},
    "no_after": {"": ["no", "is gone"]},
    "not_a_no": {"": ["not only", "no doubt"]},
    "past": {"": ["last week"]},
    "lasting": {"": ["since"]},
    "now": {"": ["now"]},
    "again": {"": ["again"]},
    "asking": {"": ["can it"]},
    "supposed": {"": ["if"]},
    "warned": {"": ["watch for"]},
    "others": {"": ["his brother"]},
    "not_others": {"": ["like his brother"]},
    "but": {"": ["but"]},
    "anew": {"": ["and he"]},
    "subject": {"": ["he"]},
    "and": {"": ["and"]},
    "or": {"": ["or"]},
}
"""Each finding in a word or two, and each mark of meaning once."""
EVERYDAY = "a is was has the my says of it so very well today mum we go on with week at night"
NUMBERS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "five": 5,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twenty": 20,
    "thirty": 30,
    "hundred": 100,
}
ABC = "abcdefghijklmnopqrstuvwxyz"
ALEF_BET = "אבגדהוזחטיכלמנסעפצקרשתםןץףך"
AZBUKA = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
JCUKEN = "йцукенгшщзхъфывапролджэячсмитьбюё."
"""The Russian letters of the keys, in the order of a Latin keyboard's."""
HEBREW_KEYS = "/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ;."
"""The same in Hebrew: some keys are marks, and some Latin marks are letters."""
LATIN_LETTERS = dict(zip("abcdeghijklmnorstuvyz", "абцдегхийклмнорстувйз", strict=True))
LATIN_LETTERS |= {"sh": "ш", "ch": "ч", "ya": "я"}


def phrases(lists: Lists, groups: Mapping[str, Iterable[str]] | None = None) -> tuple[Phrase, ...]:
    """Every phrase of the lists."""
    return tuple(
        phrase
        for role, table in lists.items()
        for what, lines in table.items()
        for line in lines
        for phrase in read_phrase(role, what, line, groups or {})
    )


def russian_in_latin(words: Iterable[str] = (), stems: Iterable[str] = ()) -> Latin:
    """Russian as it is typed in Latin letters; i is typed or left out as people like."""
    known = (frozenset(map(fold_word, said)) for said in (words, stems))
    return Latin("ru", LATIN_LETTERS, {"й": "и", "я": "а"}, "и", *known)


def lexicon(lists: Lists = ENGLISH, everyday: str = EVERYDAY, **more: object) -> Lexicon:
    """The lists as a lexicon, in English unless told otherwise."""
    known: dict[str, Any] = {
        "half": ("and a half", "½"),
        "celsius": ("c", "°", "degrees celsius"),
        "fahrenheit": ("f", "degrees f"),
        "point": ("point",),
        "joiner": ("and",),
        "numbers": NUMBERS,
        "book": Phrasebook(phrases(lists)),
        "spoken": {word: frozenset({"en"}) for word in everyday.split()},
        "alphabets": {"en": frozenset(ABC)},
    }
    known.update(more)
    return Lexicon(**known)


def protocol(**changed: object) -> Protocol:
    """The small protocol, with things that are measured."""
    whole = content() | {"measure": [row | {"source": "inference"} for row in MEASURES]}
    return from_dict(whole | changed, digest="0123456789abcdef")


PROTOCOL = protocol()
SMALL = lexicon()


def read(written: str, words: Lexicon = SMALL, likely: str = "") -> Understood:
    """What the small lists make of a message."""
    return understand(written, words, PROTOCOL, likely)


def celsius(written: str, words: Lexicon = SMALL) -> list[str]:
    """The readings of a message, as they are written out."""
    return [str(value) for value in read(written, words).temperatures.celsius]


def decimals(*written: str) -> tuple[Decimal, ...]:
    """Exact numbers."""
    return tuple(map(Decimal, written))
