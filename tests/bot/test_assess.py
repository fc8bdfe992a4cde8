"""`main.py assess`: cases in, urgencies out, and nothing at all when a line is not good."""

import io
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.assess import assess
from bot.json_lines import BadInput, run
from data.folder import CONTENT, PROTOCOL
from data.protocol import read_protocol
from flows.degree import to_celsius

CLOFARABINE = read_protocol(CONTENT / PROTOCOL)
FORMAT = Path(__file__).parents[2] / "docs" / "protocol-format.md"


def all_judged(lines: Iterable[bytes]) -> list[str]:
    """Every line, judged by the shipped protocol."""
    return assess(lines, CLOFARABINE)


def judged(line: str | bytes) -> dict[str, Any]:
    """The answer to one line."""
    (answer,) = assess([line], CLOFARABINE)
    result: dict[str, Any] = json.loads(answer)
    return result


def urgency(**case: object) -> str:
    """The urgency of one case."""
    return str(judged(json.dumps({"id": 1, **case}))["urgency"])


def test_an_answer_names_the_case_its_criteria_and_the_protocol() -> None:
    """The id comes back as it was given, the criteria gravest first, the protocol with its hash."""
    case = '{"id": "\u05d0-7", "findings": {"temperature_c": 38.4, "light_headed": true}}'
    assert judged(case) == {
        "id": "\u05d0-7",
        "urgency": "emergency",
        "criteria": ["fever_with_danger", "fever_38", "light_headed", "two_same_day"],
        "protocol": CLOFARABINE.stamp,
    }
    assert judged('{"id": 12}') == {
        "id": 12,
        "urgency": "routine",
        "criteria": [],
        "protocol": CLOFARABINE.stamp,
    }


def test_the_example_of_the_documentation_is_judged() -> None:
    """The case in docs/protocol-format.md is a good one."""
    (example,) = re.findall(r"```json\n(.*?)\n```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    assert judged(example)["urgency"] == "immediate"


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ('{"temperature_c": 38.0}', "immediate"),
        ('{"temperature_c": 38}', "immediate"),
        ('{"temperature_c": 37.99}', "same_day"),
        ('{"temperature_c": 37.9999999999999999999999999999999999999999}', "same_day"),
        ('{"temperature_c": 35.97}', "immediate"),
        ('{"temperature_c": 36.0}', "routine"),
        ('{"temperature_f": 100.4}', "immediate"),
        ('{"temperature_f": 100.39}', "same_day"),
        ('{"temperature_f": 100.3999999999999999999999999999999999999999}', "same_day"),
        ('{"temperature_f": 96.8}', "routine"),
        ('{"temperature_f": 96.7999999999999999999999999999999999999999}', "immediate"),
        ('{"temperature_c": 36.8, "temperature_f": 101.3}', "immediate"),
        ('{"temperature_c": 29.9}', "immediate"),
        ('{"temperature_c": 1e400}', "immediate"),
        ('{"temperature_f": 1e-400}', "immediate"),
        ('{"temperature_f": -40}', "immediate"),
        ('{"temperature_c": null}', "immediate"),
        ('{"temperature_f": "unknown"}', "immediate"),
    ],
)
def test_a_temperature_is_never_rounded(findings: str, expected: str) -> None:
    """A reading is judged digit by digit in either unit; what is no reading counts as heat."""
    assert judged(f'{{"id": 1, "findings": {findings}}}')["urgency"] == expected


def test_a_conversion_is_exact_where_it_can_be() -> None:
    """The limits in Fahrenheit are the limits in Celsius."""
    assert to_celsius(Decimal("100.4")) == Decimal("38")
    assert to_celsius(Decimal("96.8")) == Decimal("36")
    assert to_celsius(Decimal("100.39")) < Decimal("38")


def test_doubt_counts_as_yes() -> None:
    """Null, "unknown" and `unsure` all count, for findings and for contexts."""
    assert urgency(findings={"chills": None}) == "immediate"
    assert urgency(findings={"chills": "unknown"}) == "immediate"
    assert urgency(unsure=["chills"]) == "immediate"
    assert urgency(findings={"chills": False}, unsure=["chills"]) == "immediate"
    assert urgency(unsure=["temperature"]) == "immediate"
    assert urgency(unsure=["temperature_f"]) == "immediate"
    assert urgency(findings={"jaundice": True}, unsure=["previous_transplant"]) == "emergency"
    assert urgency(findings={"jaundice": True}, context={"previous_transplant": None}) == (
        "emergency"
    )


def test_a_doubtful_number_is_its_same_day_band() -> None:
    """A count that is not sure is same_day, and a known higher one stands beside the doubt."""
    assert urgency(findings={"vomiting_24h": None}) == "same_day"
    assert urgency(unsure=["diarrhoea_over_usual"]) == "same_day"
    assert urgency(findings={"vomiting_24h": 7}, unsure=["vomiting_24h"]) == "immediate"
    assert urgency(context={"contacts_24h": None}) == "same_day"
    assert urgency(context={"contacts_24h": "unknown"}) == "same_day"
    assert urgency(unsure=["contacts_24h"]) == "same_day"


def test_words_answer_as_well() -> None:
    """Yes and no may be written as words."""
    assert urgency(findings={"chills": "yes"}) == "immediate"
    assert urgency(findings={"chills": "no"}, context={"on_ward": "no"}) == "routine"


def test_counts_are_whole_numbers() -> None:
    """A whole number written with a fraction of nought is one, and the highest band has no end."""
    assert judged('{"id": 1, "findings": {"vomiting_24h": 2.0}}')["urgency"] == "same_day"
    assert judged('{"id": 1, "findings": {"vomiting_24h": 1e300}}')["urgency"] == "immediate"
    assert urgency(findings={"vomiting_24h": 0}, context={"contacts_24h": 1}) == "routine"


def test_who_writes_and_where_does_not_change_the_urgency() -> None:
    """Reporter, ward and age are known, and weigh nothing."""
    context = {"reporter": "parent", "on_ward": True, "under_5": None}
    assert urgency(context=context) == "routine"
    assert urgency(context={"reporter": None}, unsure=["reporter"]) == "routine"


BAD = [
    ("{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
    ("[]", "not a case: a case is a table with id, context, findings, unsure"),
    ("null", "not a case"),
    ('{"findings": {}}', "'id' must be a text or a whole number, not None"),
    ('{"id": ""}', "'id' must be a text or a whole number"),
    ('{"id": true}', "'id' must be a text or a whole number"),
    ('{"id": 1.5}', "'id' must be a text or a whole number, not 1.5"),
    ('{"id": "\\ud800"}', "'id' holds half a character"),
    ('{"id": 1, "finding": {}}', "unknown key 'finding'; a case has id, context"),
    ('{"id": 1, "findings": null}', "'findings' must be a table, not None"),
    ('{"id": 1, "context": []}', "'context' must be a table"),
    ('{"id": 1, "unsure": "chills"}', "'unsure' must be a list"),
    ('{"id": 1, "unsure": [3]}', "unknown id 3"),
    ('{"id": 1, "unsure": [["chills"]]}', "unknown id ['chills']"),
    ('{"id": 1, "unsure": ["chils"]}', "unknown id 'chils'; did you mean 'chills'?"),
    ('{"id": 1, "findings": {"chils": true}}', "unknown finding 'chils'; did you mean 'chills'?"),
    ('{"id": 1, "findings": {"on_ward": true}}', "unknown finding 'on_ward'"),
    ('{"id": 1, "context": {"chills": true}}', "unknown context 'chills'"),
    ('{"id": 1, "findings": {"temperature": 38}}', "'temperature' has no unit; write"),
    ('{"id": 1, "findings": {"temperature_c": "38"}}', "'temperature_c' must be a number or null"),
    ('{"id": 1, "findings": {"temperature_c": true}}', "'temperature_c' must be a number or null"),
    ('{"id": 1, "findings": {"temperature_c": NaN}}', "NaN is no number"),
    ('{"id": 1, "findings": {"temperature_c": -Infinity}}', "-Infinity is no number"),
    ('{"id": 1, "findings": {"temperature_c": 1e99999999999999999999}}', "out of reach"),
    ('{"id": ' + "9" * 5000 + "}", "a number has too many digits"),
    ('{"id": 1, "findings": {"chills": 1}}', "'chills' must be true, false or null, not 1"),
    ('{"id": 1, "findings": {"chills": "maybe"}}', "'chills' must be true, false or null"),
    ('{"id": 1, "findings": {"chills": {}}}', "'chills' must be true, false or null"),
    ('{"id": 1, "findings": {"vomiting_24h": -1}}', "must be a whole number of times, not -1"),
    ('{"id": 1, "findings": {"vomiting_24h": 2.5}}', "must be a whole number of times, not 2.5"),
    ('{"id": 1, "findings": {"vomiting_24h": true}}', "'vomiting_24h' must be a number or null"),
    ('{"id": 1, "findings": {"vomiting_24h": "3"}}', "'vomiting_24h' must be a number or null"),
    ('{"id": 1, "context": {"contacts_24h": -2}}', "'contacts_24h' must be a whole number"),
    ('{"id": 1, "context": {"reporter": "aunt"}}', "'reporter' must be one of parent, patient"),
    ('{"id": 1, "context": {"reporter": []}}', "'reporter' must be one of parent, patient"),
    ('{"id": 1, "findings": {"chills": true, "chills": false}}', "'chills' stands twice"),
    ('{"id": 1, "id": 2}', "'id' stands twice"),
    ("[" * 100_000, "not a case: nested too deeply"),
    (b'{"id": "\xff"}', "not UTF-8"),
]


@pytest.mark.parametrize(("line", "why"), BAD, ids=[f"{n}" for n in range(len(BAD))])
def test_a_bad_line_is_refused_with_its_number(line: str | bytes, why: str) -> None:
    """One clear line says which line is wrong and why, and nothing is written."""
    written = line if isinstance(line, bytes) else line.encode()
    source = io.BytesIO(b'{"id": 1}\n\n' + written + b'\n{"id": 2}\n')
    result, complaints = io.BytesIO(), io.BytesIO()
    assert run("assess", source, result, complaints, all_judged) == 2
    assert result.getvalue() == b""
    complaint = complaints.getvalue().decode()
    assert complaint.startswith("assess: line 3: ")
    assert why in complaint
    assert complaint.count("\n") == 1


def test_the_first_bad_line_is_named() -> None:
    """Of several bad lines the first is told."""
    with pytest.raises(BadInput) as refusal:
        assess(["", '{"id": 1}', "x", "y"], CLOFARABINE)
    assert refusal.value.line_number == 3
    assert refusal.value.why.startswith("not JSON")


def test_answers_come_in_order_and_blank_lines_are_passed_over() -> None:
    """Each case has one line, in the order of the input; a byte order mark is no case."""
    source = io.BytesIO(b'\xef\xbb\xbf{"id": 2}\r\n  \n{"id": "a"}\n\n{"id": 1}')
    result, complaints = io.BytesIO(), io.BytesIO()
    assert run("assess", source, result, complaints, all_judged) == 0
    assert [json.loads(line)["id"] for line in result.getvalue().splitlines()] == [2, "a", 1]
    assert complaints.getvalue() == b""


def test_nothing_in_gives_nothing_out() -> None:
    """An empty input is a good one."""
    result = io.BytesIO()
    assert run("assess", io.BytesIO(b""), result, io.BytesIO(), all_judged) == 0
    assert result.getvalue() == b""
