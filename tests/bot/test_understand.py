"""`main.py understand`: messages in, what each says out, and nothing when a line is not good."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bot.assess import assess
from bot.json_lines import BadInput, run
from bot.understand import understand
from data.folder import CONTENT, PROTOCOL
from data.protocol import read_protocol
from flows.understanding.phrase import read_phrase
from flows.understanding.phrasebook import Phrasebook
from tests.bot.test_main import vigil
from tests.flows.understanding.small import Lists, lexicon

CLOFARABINE = read_protocol(CONTENT / PROTOCOL)
LISTS: Lists = {
    "finding": {
        "chills": ["shak*", "дрож*"],
        "jaundice": ["yellow"],
        "danger_now": ["not breathing"],
        "vomiting_24h": ["vomit* .. # times", "vomit*"],
    },
    "sign": {"breathing": ["breath worries"]},
    "topic": {"fever": ["fever"]},
    "measure": {"hours_dry": ["dry .. # hours"]},
    "thermometer": {"": ["fever"]},
    "no_before": {"": ["no"]},
}
WORDS = lexicon(LISTS, names={"jaundice": "finding:jaundice", "breath": "sign:breathing"})
KEYS = [
    "id",
    "flags",
    "findings",
    "temperature_c",
    "interrupt",
    "evidence",
    "denied",
    "language",
]


def all_understood(lines: Iterable[bytes | str]) -> list[str]:
    """Every line, read by the lists above with the shipped protocol."""
    return understand(lines, WORDS, CLOFARABINE)


def heard(text: str, **more: object) -> dict[str, Any]:
    """The answer to one message."""
    (answer,) = all_understood([json.dumps({"id": 1, "text": text, **more})])
    result: dict[str, Any] = json.loads(answer)
    return result


def test_an_answer_says_all_that_was_heard_and_by_which_words() -> None:
    """Flags in the table's order, findings as true, the reading, and the words of each."""
    assert heard("He is YELLOW n shaking, fever 39,5. no vomiting") == {
        "id": 1,
        "flags": ["fever", "liver"],
        "findings": {"jaundice": True, "chills": True},
        "temperature_c": 39.5,
        "interrupt": True,
        "evidence": [
            {"finding": "jaundice", "words": "YELLOW"},
            {"finding": "chills", "words": "shaking"},
            {"finding": "temperature", "words": "39,5"},
        ],
        "denied": ["vomiting_24h"],
        "language": "en",
    }


def test_a_message_that_says_nothing_has_every_key_all_the_same() -> None:
    """Empty, null and false; the keys are always these, in this order."""
    answer = heard("")
    assert answer == {
        "id": 1,
        "flags": [],
        "findings": {},
        "temperature_c": None,
        "interrupt": False,
        "evidence": [],
        "denied": [],
        "language": "",
    }
    assert list(answer) == list(heard("yellow 39")) == KEYS


def test_a_sign_named_without_a_finding_is_evidence_of_a_sign() -> None:
    """Alone, or within a message; it interrupts, and is no finding."""
    within = heard("breath worries today")
    assert within["evidence"] == [{"sign": "breathing", "words": "breath worries"}]
    assert (within["flags"], within["findings"], within["interrupt"]) == (["breathing"], {}, True)
    assert heard(" Breath! ")["evidence"] == [{"sign": "breathing", "words": "Breath!"}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vomited 7 times", 7),
        ("vomited two times", 2),
        ("vomited 2.5 times", 2),
        ("vomited", None),
        ("vomited 2 times. vomited 3 times", 3),
    ],
)
def test_a_count_is_a_number_or_null(text: str, value: int | None) -> None:
    """How often, as far as it was said."""
    assert heard(text)["findings"] == {"vomiting_24h": value}


def test_a_measure_is_the_finding_that_it_means() -> None:
    """Hours without urine."""
    assert heard("dry for 13 hours")["findings"] == {"no_urine_12h": True}


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("38.4", 38.4),
        ("101.3 F", 38.5),
        ("100.3 f", 37.94),
        ("97 f", 36.11),
        ("36.6 38.5", 38.5),
        ("44", None),
        ("well", None),
    ],
)
def test_the_reading_is_in_celsius(text: str, degrees: float | None) -> None:
    """Of several the more urgent, Fahrenheit to a hundredth."""
    assert heard(text)["temperature_c"] == degrees


def test_letters_of_every_script_come_back_as_they_are() -> None:
    """Ids and words are written out, not escaped."""
    (answer,) = all_understood(['{"id": "א-7", "text": "дрожит 🤒", "lang": "ru"}'])
    assert "א-7" in answer
    assert "дрожит" in answer
    assert json.loads(answer)["id"] == "א-7"


def test_the_language_of_the_conversation_may_be_said() -> None:
    """Absent and null are one; it counts where a message tells none."""
    assert heard("38.5")["language"] == ""
    assert heard("38.5", lang=None)["language"] == ""
    assert heard("38.5", lang="he")["language"] == "he"
    assert heard("well today", lang="he")["language"] == "en"


BAD = [
    ("{", "not JSON: Expecting property name"),
    ("[]", "not a message: a message is a table with id, text, lang"),
    ("null", "not a message"),
    ('"hot"', "not a message"),
    ('{"text": "hot"}', "'id' must be a text or a whole number, not None"),
    ('{"id": "", "text": "hot"}', "'id' must be a text or a whole number, not ''"),
    ('{"id": true, "text": "hot"}', "'id' must be a text or a whole number, not True"),
    ('{"id": 1.5, "text": "hot"}', "'id' must be a text or a whole number, not 1.5"),
    ('{"id": "\\ud800", "text": "hot"}', "'id' holds half a character"),
    ('{"id": 1}', "'text' must be a text, not None"),
    ('{"id": 1, "text": null}', "'text' must be a text, not None"),
    ('{"id": 1, "text": 38}', "'text' must be a text, not 38"),
    ('{"id": 1, "text": ["hot"]}', "'text' must be a text, not ['hot']"),
    ('{"id": 1, "text": "a\\u0000b"}', "'text' holds a null"),
    ('{"id": 1, "text": "a\\ud83d"}', "'text' holds half a character: 'a\\ud83d'"),
    ('{"id": 1, "text": "\\ude00\\ud83d"}', "'text' holds half a character"),
    ('{"id": 1, "text": "hot", "lang": 3}', "'lang' must be a text, not 3"),
    ('{"id": 1, "text": "hot", "lang": "\\u0000"}', "'lang' holds a null"),
    ('{"id": 1, "text": "hot", "lang": "\\udfff"}', "'lang' holds half a character"),
    ('{"id": 1, "text": "hot", "language": "en"}', "unknown key 'language'; a message has id"),
    ('{"id": 1, "text": "a", "text": "b"}', "'text' stands twice"),
    ('{"id": NaN, "text": "a"}', "NaN is no number"),
    ('{"id": ' + "9" * 5000 + ', "text": "a"}', "a number has too many digits"),
    ("[" * 100_000, "not a message: nested too deeply"),
    ('{"id": 1, "text": "a\nb"}', "not JSON"),
    (b'{"id": 1, "text": "\xff"}', "not UTF-8"),
    (b'{"id": 1, "text": "\xed\xa0\x80"}', "not UTF-8"),
]


@pytest.mark.parametrize(("line", "why"), BAD, ids=[f"{n}" for n in range(len(BAD))])
def test_a_bad_line_is_refused_with_its_number(line: str | bytes, why: str) -> None:
    """One line says which line is wrong and why; nothing is written, and the status is 2."""
    good = b'{"id": 1, "text": "hot"}'
    written = line if isinstance(line, bytes) else line.encode()
    source = io.BytesIO(good + b"\n\n" + written + b"\n" + good + b"\n")
    result, complaints = io.BytesIO(), io.BytesIO()
    assert run("understand", source, result, complaints, all_understood) == 2
    assert result.getvalue() == b""
    complaint = complaints.getvalue().decode()
    assert complaint.startswith(f"understand: line 3: {why}")
    assert complaint.count("\n") == 1


def test_the_first_bad_line_is_named() -> None:
    """Of several the first."""
    with pytest.raises(BadInput) as refusal:
        all_understood(["", '{"id": 1, "text": ""}', "x", "y"])
    assert refusal.value.line_number == 3


def test_answers_come_in_order_and_blank_lines_are_passed_over() -> None:
    """A line each; a byte order mark and other line ends are no part of a message."""
    source = io.BytesIO(b'\xef\xbb\xbf{"id": 2, "text": "yellow"}\r\n  \n{"id": "a", "text": ""}\n')
    result, complaints = io.BytesIO(), io.BytesIO()
    assert run("understand", source, result, complaints, all_understood) == 0
    assert [json.loads(line)["id"] for line in result.getvalue().splitlines()] == [2, "a"]
    assert complaints.getvalue() == b""


@pytest.mark.parametrize("text", ["x" * 100_000, "38.5 yellow " * 8000, "\u202e\ufffe", "а́́́" * 9])
def test_long_and_odd_messages_are_answered(text: str) -> None:
    """Of any Unicode that can be stored, and of 100 kB."""
    assert list(heard(text)) == KEYS


def as_case(answer: str) -> str:
    """What was understood of a message, as a case to be assessed."""
    said = json.loads(answer)
    celsius = said["temperature_c"]
    reading = {} if celsius is None else {"temperature_c": celsius}
    return json.dumps({"id": said["id"], "findings": {**said["findings"], **reading}})


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("yellow and shaking", "immediate"),
        ("not breathing", "emergency"),
        ("vomited 7 times", "immediate"),
        ("vomited", "same_day"),
        ("38", "immediate"),
        ("100.39 f", "same_day"),
        ("no vomiting", "routine"),
        ("", "routine"),
    ],
)
def test_what_was_understood_can_be_assessed(text: str, urgency: str) -> None:
    """The findings of an answer are good input for `main.py assess`."""
    answers = all_understood([json.dumps({"id": "a", "text": text})])
    (judged,) = assess(map(as_case, answers), CLOFARABINE)
    assert (json.loads(judged)["id"], json.loads(judged)["urgency"]) == ("a", urgency)


@pytest.mark.parametrize("id", [id for id in CLOFARABINE.findings if id != "temperature"])
def test_every_finding_can_be_assessed_as_it_is_answered(id: str) -> None:
    """With its number, where it is counted, and without."""
    words = lexicon(book=Phrasebook(read_phrase("finding", id, "hot #?", {})))
    lines = ['{"id": 1, "text": "hot"}', '{"id": 2, "text": "hot 3"}']
    answers = understand(lines, words, CLOFARABINE)
    assert all(set(json.loads(answer)["findings"]) == {id} for answer in answers)
    assert len(assess(map(as_case, answers), CLOFARABINE)) == 2


def test_the_command_reads_stdin(tmp_path: Path) -> None:
    """A process: JSON lines in, JSON lines out, nothing on stderr, nothing in the folder."""
    done = vigil(tmp_path, "understand", typed='{"id": 7, "text": "38,5"}\n')
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (0, "", [])
    answer = json.loads(done.stdout)
    assert (answer["id"], answer["flags"], answer["temperature_c"]) == (7, ["fever"], 38.5)
    judged = vigil(tmp_path, "assess", typed=as_case(done.stdout))
    assert json.loads(judged.stdout)["urgency"] == "immediate"


def test_the_command_refuses_a_bad_line(tmp_path: Path) -> None:
    """One line on stderr with its number, status 2, nothing on stdout."""
    done = vigil(tmp_path, "understand", typed='{"id": 7, "text": "38,5"}\n{"id": 8}\n')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "understand: line 2: 'text' must be a text, not None\n"
