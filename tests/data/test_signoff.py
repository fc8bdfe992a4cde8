"""Sign-off: what nobody signed is named, a signature holds, and any edit voids it."""

import shutil
from pathlib import Path

import pytest

from data.catalogue import Catalogues
from data.folder import CONTENT, PROTOCOL
from data.refusal import ContentRefused
from data.signoff import language_hashes, protocol_hashes, unsigned
from tests.bot.words import catalogues

WORDS = catalogues(en={"advice.emergency.first": "Call now.", "other": "Hello"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Content with the protocol, and no signature."""
    (tmp_path / "protocols").mkdir()
    shutil.copy(CONTENT / PROTOCOL, tmp_path / PROTOCOL)
    return tmp_path


def sign(folder: Path, words: Catalogues) -> None:
    """Sign everything as it stands."""
    hashes = protocol_hashes(folder) | language_hashes(words)
    lines = (
        f'["{name}"]\nreviewed_by = "Dr Dana"\nreviewed_at = 2026-11-22\nhash = "{hash}"\n'
        for name, hash in hashes.items()
    )
    (folder / "review.toml").write_text("\n".join(lines), encoding="utf-8")


def test_what_ships_is_unsigned() -> None:
    """Nothing is signed off: not the protocol, not a language."""
    lines = unsigned(CONTENT, WORDS)
    assert [line.partition(" (hash ")[0] for line in lines] == [
        "unsigned: protocols/clofarabine.toml",
        "unsigned: language/en",
    ]


def test_a_signature_holds(folder: Path) -> None:
    """Signed at the hash that it has, nothing is unsigned."""
    sign(folder, WORDS)
    assert unsigned(folder, WORDS) == ()


def test_an_edit_of_the_protocol_voids_its_signature(folder: Path) -> None:
    """One more letter, and the line says since when."""
    sign(folder, WORDS)
    with (folder / PROTOCOL).open("a", encoding="utf-8") as protocol:
        protocol.write("#\n")
    (line,) = unsigned(folder, WORDS)
    said = "unsigned: protocols/clofarabine.toml: edited since Dr Dana signed it on 2026-11-22"
    assert line.startswith(said)


def test_an_edit_of_an_urgent_text_voids_its_language(folder: Path) -> None:
    """An urgent text counts; a greeting does not."""
    sign(folder, WORDS)
    edited = catalogues(en={"advice.emergency.first": "Wait.", "other": "Hello"})
    greeted = catalogues(en={"advice.emergency.first": "Call now.", "other": "Good day"})
    assert unsigned(folder, edited)[0].startswith("unsigned: language/en: edited since")
    assert unsigned(folder, greeted) == ()


def test_an_empty_signature_is_none(folder: Path) -> None:
    """A name is what makes a signature."""
    sign(folder, WORDS)
    path = folder / "review.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Dr Dana", ""), encoding="utf-8")
    assert len(unsigned(folder, WORDS)) == 2


def test_a_slip_in_the_review_is_refused(folder: Path) -> None:
    """A misspelt key is named."""
    sign(folder, WORDS)
    path = folder / "review.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("hash", "hsah"), encoding="utf-8")
    with pytest.raises(ContentRefused, match=r"review\.toml: .*hsah: unknown key"):
        unsigned(folder, WORDS)
