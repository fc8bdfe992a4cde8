"""What a message names: plain names, commands, and findings within longer messages."""

from __future__ import annotations

import pytest

from flows.understanding import Understood, understand
from flows.understanding.lexicon import Lexicon
from tests.flows.family import shipped

WORDS = Lexicon(
    {
        "yellow eyes": "finding:jaundice",
        "eyes": "sign:liver",
        "fever": "sign:fever",
        "help": "command:help",
        "a fit": "finding:fit",
    }
)


def heard(written: str) -> Understood:
    """What the few words above make of a message."""
    return understand(written, WORDS, shipped().protocol.readable)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Yellow EYES!", Understood(finding="jaundice")),
        ("fever", Understood(sign="fever")),
        ("Help.", Understood(command="help")),
        ("he has yellow eyes", Understood(sign="liver", proposed=("jaundice",))),
        ("is it a fever", Understood(sign="fever")),
        ("shelp a feverish fitting", Understood()),
        ("", Understood()),
    ],
)
def test_names_are_whole_words(written: str, expected: Understood) -> None:
    """A message that is a name means it; a name within other words is a guess; a part of a word
    is nothing."""
    got = heard(written)
    assert (got.finding, got.sign, got.command, got.proposed) == (
        expected.finding,
        expected.sign,
        expected.command,
        expected.proposed,
    )


@pytest.mark.parametrize("written", ["38.4", "yellow eyes", "eyes", "he had a fit", "fever"])
def test_what_may_not_wait_is_known(written: str) -> None:
    """A temperature, a finding and a sign are danger words, within other words too."""
    assert heard(written).dangerous


@pytest.mark.parametrize("written", ["help", "thank you", "44", ""])
def test_what_may_wait_is_known(written: str) -> None:
    """A command, a greeting and a number that is no temperature interrupt nothing."""
    assert not heard(written).dangerous


def test_nothing_is_named_by_nothing() -> None:
    """A message of marks alone names nothing."""
    assert (WORDS.named("!!!"), WORDS.mentions("...")) == ("", ())
