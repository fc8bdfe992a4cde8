"""Fitting a message to a channel: nothing that it says gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fit import pieces, units

TEXTS = st.text(alphabet=st.sampled_from("ab \n😀ש"), max_size=80)


@given(TEXTS, st.integers(min_value=2, max_value=20))
def test_pieces_hold_every_letter(text: str, limit: int) -> None:
    """The parts are within the limit and hold all letters in order."""
    parts = pieces(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two\n\nthree four", ("one two", "three four")),
        ("one two\nthree four", ("one two", "three four")),
        ("one two three", ("one two", "three")),
        ("12345678901234", ("123456789012", "34")),
        ("short", ("short",)),
        ("", ("",)),
    ],
)
def test_cuts_where_it_hurts_least(text: str, parts: tuple[str, ...]) -> None:
    """A text is cut between paragraphs, else lines, else words, else letters."""
    assert pieces(text, 12) == parts


def test_never_cuts_a_letter() -> None:
    """A letter of two units is never cut in half."""
    assert pieces("😀😀", 3) == ("😀", "😀")
