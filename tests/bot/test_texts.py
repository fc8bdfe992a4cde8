"""``make texts``: every text that is named is found, and the files come out the same always."""

import io
import shutil
from pathlib import Path

import pytest

from bot.extraction import extract_code, extract_protocol
from bot.texts import ROOT, Texts, extract, refresh, stale

CODE = '''
"""A scene."""
from flows.message import text
A = text("greeting", name="Dana")
B = {1: text("wait", n=3, other=text("inner"))}
C = other("not.this")
D = text(variable)
'''
PROTOCOL = """
id = "clofarabine"
[[finding]]
id = "chills"
label = "Chills"
means = "Shaking"
[[context]]
id = "on_ward"
question = ""
"""


def test_texts_in_code_are_found() -> None:
    """Literal ids, also inside one another; a value n asks for plural forms."""
    found = extract_code(io.BytesIO(CODE.encode()), {"text": None}, (), {})
    assert {(message, function) for _, function, message, _ in found} == {
        ("greeting", None),
        ("inner", None),
        (("wait", "wait"), "ngettext"),
    }


def test_texts_in_the_protocol_are_found() -> None:
    """What families read of each table; an empty text is none."""
    found = extract_protocol(io.BytesIO(PROTOCOL.encode()), {}, (), {})
    assert [message for *_, message, _ in found] == ["finding.chills.label", "finding.chills.means"]


def test_a_text_stands_in_the_file_of_its_beginning() -> None:
    """Coordinators' words apart from the families', the protocol's apart from both."""
    texts = Texts({}, frozenset({"advice.nosebleed.means"}))
    ids = ("page.acknowledged", "card.head", "card_name.ward", "static.urgent", "greeting")
    assert [texts.domain(id) for id in ids] == [
        *("coordination", "coordination", "family", "screen", "family")
    ]
    assert texts.domain("advice.nosebleed.means") == "protocol"


def test_the_real_texts_are_found() -> None:
    """Code and content of the house itself."""
    texts = extract()
    assert {"static.urgent", "finding.jaundice.label"} <= set(texts.plurals)
    assert "finding.jaundice.label" in texts.own


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small house: a text in code, the real protocol, two languages."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "scene.py").write_text(CODE, encoding="utf-8")
    shutil.copytree(ROOT / "data" / "content", tmp_path / "data" / "content")
    shutil.copy(ROOT / "babel.cfg", tmp_path)
    for language, words in (("en", "Hello {name}"), ("he", "שלום {name}")):
        folder = tmp_path / "locales" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        entry = f'# Say it warmly.\nmsgid "greeting"\nmsgstr "{words}"\n\n'
        form = f'msgctxt "he"\nmsgid "greeting"\nmsgstr "{words}!"\n\n'
        gone = 'msgid "gone"\nmsgstr "x"\n'
        (folder / "family.po").write_text(head + entry + form + gone, encoding="utf-8")
    return tmp_path


def test_catalogues_are_brought_up_to_the_texts(tree: Path) -> None:
    """New ids come in, wordings with their forms and comments stay, what nobody names goes."""
    refresh(tree)
    hebrew = (tree / "locales/he/LC_MESSAGES/family.po").read_text(encoding="utf-8")
    assert '# Say it warmly.\n#. Hello {name}\nmsgid "greeting"\nmsgstr "שלום {name}"' in hebrew
    assert 'msgctxt "he"\nmsgid "greeting"\nmsgstr "שלום {name}!"' in hebrew
    assert 'msgid "wait"\nmsgid_plural "wait"\nmsgstr[0] ""' in hebrew
    assert "gone" not in hebrew
    protocol = (tree / "locales/he/LC_MESSAGES/protocol.po").read_text(encoding="utf-8")
    assert '#. Yellow skin or eyes\nmsgid "finding.jaundice.label"\nmsgstr ""' in protocol
    assert not (tree / "locales/en/LC_MESSAGES/protocol.po").exists()


def test_the_same_texts_give_the_same_files(tree: Path) -> None:
    """A second run finds nothing to do; an edit of the code makes the files stale."""
    assert refresh(tree)
    assert stale(tree) == {}
    assert refresh(tree) == ()
    (tree / "flows" / "scene.py").write_text('text("other")', encoding="utf-8")
    assert {path.name for path in stale(tree)} == {"messages.pot", "family.po"}
