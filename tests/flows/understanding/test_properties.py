"""What holds of every message, whatever its words, by the lexicons as they are shipped."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.understanding import Understood, understand
from flows.understanding.flag import flags, gravest, interrupts
from flows.understanding.letter import fold_digits
from tests.flows.family import shipped
from tests.flows.understanding.score import LANGUAGES, Message, messages

HOUSE = shipped()
ANY = st.text(st.characters(), max_size=200)
CHATTER = {
    "en": ("Good evening everyone. ", ". Thank you so much"),
    "he": ("ערב טוב לכולם. ", ". תודה רבה לכם"),
    "ar": ("مساء الخير جميعا. ", ". شكرا كتير"),
    "ru": ("Добрый вечер всем. ", ". Спасибо большое"),
    "uk": ("Добрий вечір усім. ", ". Дуже дякую"),
}
NO = {"en": "no", "he": "לא", "ar": "لا", "ru": "нет", "uk": "ні"}
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def read(written: str) -> Understood:
    """Read by the shipped words."""
    return understand(written, HOUSE.lexicon, HOUSE.protocol)


def meant(written: str) -> tuple[object, ...]:
    """What a message comes to."""
    heard = read(written)
    said = (*flags(heard, HOUSE.protocol), gravest(heard, HOUSE.protocol))
    return (said, set(heard.proposed), interrupts(heard, HOUSE.protocol))


def every(language: str) -> list[Message]:
    """Each third message of a language: enough to hold, and quick."""
    return messages(language)[::3]


@given(ANY)
def test_no_text_raises(written: str) -> None:
    """Any letters of any script are read, the same each time, into ids of the protocol."""
    heard = read(written)
    assert heard == read(written)
    assert set(heard.proposed) <= set(HOUSE.protocol.findings)


@given(st.lists(st.sampled_from([m["text"] for m in chain(*map(messages, LANGUAGES))]), max_size=4))
def test_messages_run_together_do_not_raise(said: list[str]) -> None:
    """Languages mixed within one message are read."""
    assert read(" ".join(said)) == read(" ".join(said))


@pytest.mark.parametrize("piece", ["no fever, ", "לא ", "🤒", "\x00", "a"])
def test_a_message_of_100_kb_is_read(piece: str) -> None:
    """No phrase runs away on a long message, and what stands at its end is found."""
    heard = read(piece * (100_000 // len(piece)) + ". He is not breathing")
    assert "breathless_at_rest" in heard.proposed


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_does_not_change_what_is_meant(language: str) -> None:
    """Capitals say what small letters say."""
    for one in every(language):
        assert meant(one["text"].upper()) == meant(one["text"].lower()), one["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_of_digits_does_not_change_what_is_meant(language: str) -> None:
    """Arabic-Indic and Persian digits say what 0-9 say."""
    for one in every(language):
        plain = fold_digits(one["text"])
        if kept_by_letters(plain):
            continue
        for digits in (ARABIC_DIGITS, PERSIAN_DIGITS):
            assert meant(plain.translate(digits)) == meant(plain), one["text"]


def kept_by_letters(written: str) -> bool:
    """Whether a digit stands for a letter in it, as in Arabic typed in Latin letters."""
    words = written.lower().split()
    return any(any(map(str.isdigit, w)) and any("a" <= c <= "z" for c in w) for w in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_chatter_around_it_does_not_change_what_is_meant(language: str) -> None:
    """A greeting before and thanks behind, in sentences of their own, add and take nothing."""
    before, behind = CHATTER[language]
    for one in every(language):
        if one["kind"] in ("layout", "translit") or len(one["text"]) < len("38.5 C now"):
            continue
        assert meant(before + one["text"] + behind)[1:] == meant(one["text"])[1:], one["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_no_in_front_never_adds_a_finding(language: str) -> None:
    """A "no" of its own before a message takes away at most."""
    for one in every(language):
        found = set(read(one["text"]).proposed)
        assert set(read(f"{NO[language]}, {one['text']}").proposed) <= found, one["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_free_text_lowers_nothing(language: str) -> None:
    """What is denied is never also said, and a denial is no danger by itself."""
    for one in every(language):
        heard = read(one["text"])
        assert not set(heard.denied) & set(heard.proposed), one["text"]
