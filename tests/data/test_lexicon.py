"""The words families type, in every language at once."""

from pathlib import Path

import pytest

from data.folder import CONTENT, LOCALES, PROTOCOL
from data.lexicon import read_lexicon
from data.protocol import read_protocol
from data.refusal import ContentRefused
from tests.bot.words import catalogues

KNOWN = read_protocol(CONTENT / PROTOCOL)
WORDS = catalogues(
    en={"finding.jaundice.label": "Yellow skin or eyes", "sign.urine.label": "Urine"},
    he={"finding.jaundice.label": "עור או עיניים צהובים"},
)


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Yellow skin or eyes", "finding:jaundice"),
        ("  yellow SKIN, or eyes! ", "finding:jaundice"),
        ("עור או עיניים צהובים", "finding:jaundice"),
        ("צהבת", "finding:jaundice"),
        ("urine", "sign:urine"),
        ("חום", "sign:fever"),
        ("עזרה", "command:help"),
        ("hello there", ""),
    ],
)
def test_labels_and_plain_names_are_understood(typed: str, named: str) -> None:
    """A button's label and what people say instead both name the thing, in either language."""
    assert read_lexicon(LOCALES, WORDS, KNOWN).named(typed) == named


def test_words_around_numbers_are_read() -> None:
    """Half a degree and both units, in both languages."""
    lexicon = read_lexicon(LOCALES, WORDS, KNOWN)
    assert {"and a half", "וחצי"} <= set(lexicon.half)
    assert {"c", "צלזיוס"} <= set(lexicon.celsius)
    assert {"f", "פרנהייט"} <= set(lexicon.fahrenheit)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('[finding]\njaundise = ["yellow"]', "signs.toml: finding.jaundise: unknown key"),
        ('[command]\nfly = ["fly"]', "signs.toml: command.fly: unknown key"),
        ('[findings]\njaundice = ["yellow"]', "signs.toml: findings: unknown key"),
        ('half = "half"', "signs.toml: half: must be a list"),
    ],
)
def test_a_slip_is_refused(tmp_path: Path, content: str, why: str) -> None:
    """A word for something that does not exist is named."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "signs.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ContentRefused) as refused:
        read_lexicon(tmp_path, WORDS, KNOWN)
    assert str(refused.value).startswith(why)
