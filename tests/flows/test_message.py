"""What passes between a person and the house: addresses, texts, choices, and who is spoken with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.message import Choice, Outbound, Text, Urn, text
from flows.person import Person

URN = Urn("telegram", "7")


@pytest.mark.parametrize("written", ["", "telegram", "telegram:", ":7", ":"])
def test_half_an_address_is_refused(written: str) -> None:
    """An address without its channel, or a channel without an address, names nobody."""
    with pytest.raises(ValueError, match="not an urn"):
        Urn.parse(written)


@given(st.text("abc", min_size=1), st.text(min_size=1))
def test_an_address_is_read_as_it_is_written(channel: str, address: str) -> None:
    """Whatever a network calls its people, the written address leads back to the same one."""
    urn = Urn(channel, address)
    assert Urn.parse(str(urn)) == urn


def test_values_are_added_and_never_lost() -> None:
    """A text given more values keeps its own, and the text before it stays as it was."""
    bare = text("way.ward", phone="+97231234567")
    full = bare.given(n=3)
    assert dict(full.values) == {"phone": "+97231234567", "n": 3}
    assert dict(bare.values) == {"phone": "+97231234567"}
    assert bare.given(phone="101").values["phone"] == "101"


def test_a_part_may_speak_a_language_of_its_own() -> None:
    """A text bound to a language keeps its id and its values."""
    spoken = text("language.name", n=1).spoken("he")
    assert spoken == Text("language.name", {"n": 1}, "he")


def test_only_what_answers_is_offered() -> None:
    """Links and numbers to copy take no place in "reply 1 4"; buttons do, in the order shown."""
    label = text("choice.home")
    shown = Outbound(
        URN,
        "key",
        choices=((Choice(label, "1.a"), Choice(label, url="https://x")), (Choice(label, "1.b"),)),
    )
    assert shown.tokens == ("1.a", "1.b")


def test_said_again_is_the_same_under_another_key() -> None:
    """A message sent once more differs in its key alone."""
    first = Outbound(URN, "one", body=(text("help.text"),), silent=True)
    again = first.again("two")
    assert (again.key, replace(again, key="one")) == ("two", first)


@pytest.mark.parametrize(
    ("chosen", "client", "spoken"),
    [
        ("", "", "en"),
        ("", "he", "he"),
        ("", "he-IL", "he"),
        ("", "HE", "he"),
        ("", "fr", "en"),
        ("en", "he", "en"),
        ("he", "en-GB", "he"),
    ],
)
def test_the_chosen_language_goes_before_the_clients(chosen: str, client: str, spoken: str) -> None:
    """What was chosen is spoken; else the client's own, where it is ours; else English."""
    person = Person(1, URN, 1, language=chosen, language_code=client)
    assert person.speaks(("en", "he")) == spoken
