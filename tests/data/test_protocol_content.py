"""The protocol that is shipped: read exactly, complete by the ids of the table, legible."""

import re
import tomllib
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from data.folder import CONTENT, PROTOCOL
from data.protocol import read_protocol
from data.refusal import ContentRefused
from flows.condition import Condition
from flows.criteria import read
from flows.protocol import Kind
from flows.urgency import Urgency

SHIPPED = CONTENT / PROTOCOL
PROTOCOL_READ = read_protocol(SHIPPED)
IDS = Path(__file__).parents[1] / "second_reader" / "ids.txt"
FORMAT = Path(__file__).parents[2] / "docs" / "protocol-format.md"
HOME = (
    *("breathing", "change", "bleeding", "fever", "faint", "urine", "liver", "skin"),
    *("stomach", "mouth", "line", "medicines", "head"),
)


def test_every_id_of_the_table_is_there_and_no_other() -> None:
    """The findings and contexts are those that the second reader found in the clinic's page."""
    listed = set(IDS.read_text(encoding="utf-8").split())
    listed = {"temperature" if id in ("temperature_c", "temperature_f") else id for id in listed}
    assert listed == PROTOCOL_READ.findings.keys() | PROTOCOL_READ.contexts.keys()


def test_numbers_are_exact() -> None:
    """38.0 in the file is 38.0, not the nearest binary fraction."""
    fever = next(c for c in PROTOCOL_READ.criteria if c.id == "fever_38")
    assert repr(fever.when["at_least"]) == "Decimal('38.0')"
    assert PROTOCOL_READ.grey == (Decimal("37.5"), Decimal("38.0"))


def test_the_digest_is_that_of_the_file() -> None:
    """Any edit of the file changes the name that results carry."""
    digest = sha256(SHIPPED.read_bytes()).hexdigest()
    assert PROTOCOL_READ.digest == digest
    assert PROTOCOL_READ.stamp == f"clofarabine {PROTOCOL_READ.version} ({digest[:8]})"


def test_home_stands_in_the_order_of_the_conversation() -> None:
    """The screens of home come first, and in their order."""
    assert tuple(PROTOCOL_READ.signs) == HOME
    assert [s.id for s in PROTOCOL_READ.signs.values() if s.menu == "home"] == list(HOME[:8])


def test_worst_findings_come_first_on_every_screen() -> None:
    """On a screen no finding stands below one that is less grave by its own rows."""
    levels = dict.fromkeys(PROTOCOL_READ.findings, 0)
    for rule in PROTOCOL_READ.rules:
        if "finding" in rule.criterion.when:
            levels |= {id: max(levels[id], rule.rank) for id in rule.rates}
    for sign in PROTOCOL_READ.signs.values():
        ranks = [levels[id] for id in sign.findings]
        assert ranks == sorted(ranks, reverse=True), sign.id


def test_labels_differ_on_each_screen() -> None:
    """Two buttons of one screen never say the same."""
    for sign in PROTOCOL_READ.signs.values():
        labels = [PROTOCOL_READ.findings[id].label for id in sign.findings]
        assert len(set(labels)) == len(labels)


def test_texts_speak_of_the_patient_without_a_pronoun() -> None:
    """English texts of the protocol suit a boy, a girl and a patient who writes himself."""
    texts = [
        *(text for f in PROTOCOL_READ.findings.values() for text in (f.label, f.means)),
        *(text for s in PROTOCOL_READ.signs.values() for text in (s.label, s.means)),
        *(text for line in PROTOCOL_READ.sweep for text in (line.label, line.means)),
        *(c.question for c in PROTOCOL_READ.contexts.values()),
        *(a.means for a in PROTOCOL_READ.advice),
    ]
    for text in texts:
        assert not re.search(r"\b(he|she|his|her|him|hers|himself|herself)\b", text, re.IGNORECASE)
        assert text == text.strip()
        assert "\n" not in text


def test_the_alarm_is_an_emergency() -> None:
    """The first button of home needs no second answer."""
    rows = [c for c in PROTOCOL_READ.criteria if c.when.get("finding") == PROTOCOL_READ.alarm]
    assert [c.urgency for c in rows] == [Urgency.emergency]


def test_grey_is_what_the_criteria_say() -> None:
    """The range in which a second reading counts is the range of the rows that ask for it."""
    alone = next(c for c in PROTOCOL_READ.criteria if c.id == "grey_alone")
    assert (alone.when["at_least"], alone.when["below"]) == PROTOCOL_READ.grey


def test_only_readings_are_asked_for_again() -> None:
    """A criterion with a recheck is a row of the temperature."""
    rules = [rule for rule in PROTOCOL_READ.rules if rule.criterion.recheck]
    assert {rule.criterion.id for rule in rules} == {
        *("grey_alone", "normal_after_fever_medicine", "normal_after_steroid")
    }
    for rule in rules:
        assert {PROTOCOL_READ.findings[id].kind for id in rule.rates} == {Kind.temperature}


def test_the_examples_of_the_documentation_are_read() -> None:
    """Each `when` and each block of docs/protocol-format.md is read by the real reader."""
    text = FORMAT.read_text(encoding="utf-8")
    forms = [form for form in re.findall(r"`(\{ .*? \})`", text) if "..." not in form]
    assert len(forms) >= 10
    for form in forms:
        written = tomllib.loads(f"when = {form}", parse_float=Decimal)["when"]
        assert isinstance(read(written, PROTOCOL_READ.vocabulary), Condition)
    head, measure, criterion = (
        tomllib.loads(block, parse_float=Decimal)
        for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    )
    assert head["readable"] == {"lowest": 30, "highest": 43}
    assert Decimal(measure["measure"][0]["below"]) in [m.below for m in PROTOCOL_READ.measures]
    assert criterion["criterion"][0]["when"] in [c.when for c in PROTOCOL_READ.criteria]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b'id = "x', "clofarabine.toml: Unterminated string"),
        (b'id = "\xff"', "clofarabine.toml: 'utf-8' codec can't decode"),
        (b'id = "x"', "clofarabine.toml: protocol: 'finding' is missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, written: bytes, why: str) -> None:
    """The refusal names the file, the place and the reason, on one line."""
    path = tmp_path / "clofarabine.toml"
    path.write_bytes(written)
    with pytest.raises(ContentRefused) as refusal:
        read_protocol(path)
    assert str(refusal.value).startswith(why)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A protocol that is not there is named with its folder."""
    with pytest.raises(ContentRefused, match="the file is missing from"):
        read_protocol(tmp_path / "clofarabine.toml")
