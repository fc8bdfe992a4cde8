"""Letters: what spellings of one word share, in any script."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w°+]+")
_WITHIN = re.compile(r"(?<=\w)['’‘ʼ`´׳״\"](?=\w)")
"""Marks inside a word: can't, п'ять, חו״ל."""
_ALIKE = str.maketrans(
    {
        # final forms are the same letters
        "ם": "מ",
        "ן": "נ",
        "ץ": "צ",
        "ף": "פ",
        "ך": "כ",
        # written for one another by people in a hurry, or by dialect
        "ة": "ه",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "گ": "ك",
        "ث": "ت",
        "ذ": "د",
        "ظ": "ض",
        "ٱ": "ا",
        "ء": None,
        "ـ": None,
        # one sound in neighbouring languages, and often the wrong key
        "ы": "и",
        "і": "и",
        "є": "е",
        "э": "е",
        "ґ": "г",
        "щ": "ш",
        "ь": None,
        "ъ": None,
    }
)
_LONG_RUN = re.compile(r"([^\W\d])\1{2,}")
_RUN = re.compile(r"([^\W\d])\1+")


class _Folded(dict[int, str]):
    """Each letter's folding, found when it is first met: marks and invisible letters are none."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFD", fold_digits(chr(code)).casefold())
        kept = "".join(c for c in bare if unicodedata.category(c) not in ("Mn", "Cf", "Cs"))
        self[code] = kept.translate(_ALIKE)
        return self[code]


_FOLDED = _Folded()


def fold_digits(written: str) -> str:
    """The same text with the decimal digits of any script as 0-9; ² and ½ are no digits."""
    return "".join(str(unicodedata.decimal(c, c)) for c in written)


def readable(written: str) -> str:
    """The same text without what no store can keep: lone surrogates and nulls."""
    return written.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def fold_word(word: str) -> str:
    """One word without case, marks, digits' script, or the letters people mix up."""
    return _WITHIN.sub("", word).translate(_FOLDED)


def fold(written: str) -> str:
    """What two spellings of one phrase share: punctuation gone, each word folded."""
    return _NOT_WORD.sub(" ", fold_word(written)).strip()


def drawn_out(folded: str) -> tuple[str, ...]:
    """What a word with a drawn-out letter may stand for: "nooo" is "noo" or "no"."""
    if not _LONG_RUN.search(folded):
        return ()
    return (_LONG_RUN.sub(r"\1\1", folded), _LONG_RUN.sub(r"\1", folded))


def undoubled(folded: str) -> str:
    """A word with each letter that was struck twice once; empty when there is none."""
    single = _RUN.sub(r"\1", folded)
    return single if single != folded else ""
