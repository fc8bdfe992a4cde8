"""The coordinator's card: what it says of a case, and that it stays one message."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.base import Limits
from bot.render import render
from bot.voice import Voice
from data.catalogue import Catalogues
from flows.case import WORDS, shortened, units
from flows.message import Outbound, Text
from flows.page import Reason
from flows.person import Reporter
from flows.record import Answer, By, Proposed, Withdrawn
from tests.flows.desk_driver import (
    CONTENT,
    DAY,
    HOUSE,
    NIGHT,
    Clinic,
    E,
    I,
    S,
    found,
    texts,
    tokens,
    urn_of,
)

DANA = urn_of("Dana")
FLOWS = Path(__file__).resolve().parents[2] / "flows"
LONGEST = 3600
"""UTF-16 units: well below the 4096 that one message holds."""


def card(house: Clinic) -> Outbound:
    """The card as Dana sees it now."""
    house.take_sent()
    house.acts("Dana", "show")
    return house.take_sent()[0]


def emergency() -> Clinic:
    """A clinic with a free page."""
    house = Clinic().answers("chills").told(E)
    house.raises(E)
    return house


def lines(said: Outbound, title: str) -> list[str]:
    """The ids of the lines below a title, in order; a line that wraps a text is that text."""
    (paragraph,) = [part for part in said.body if part.id == title]
    below = paragraph.values["lines"]
    assert isinstance(below, tuple)
    inner = [line.values.get("what") for line in below]
    return [
        what.id if isinstance(what, Text) else line.id
        for line, what in zip(below, inner, strict=True)
    ]


def test_card_begins_with_code_level_and_minutes_waiting() -> None:
    """The head says how urgent it is and how long it waits; the next line who has it."""
    house = emergency()
    house.forward(minutes=7, seconds=30)
    said = card(house)
    head, status = said.body[:2]
    assert (head.id, head.values["code"], head.values["n"]) == ("card.head", "V-0001", 7)
    assert head.values["level"] == Text("card.level_emergency")
    assert status.id == "card.nobody"


def test_card_names_the_patient_the_place_and_the_day() -> None:
    """Phone, ward, day of the course, transplant, age and language stand on it."""
    house = emergency()
    patient = replace(
        house.scene.patient,
        day_1=NIGHT.date() - timedelta(days=9),
        on_ward=Answer.no,
        previous_transplant=Answer.yes,
        under_5=Answer.yes,
    )
    mother = replace(house.scene.carers[0], reporter=Reporter.parent)
    carers = (mother, *house.scene.carers[1:])
    house.scene = replace(house.scene, patient=patient, carers=carers)
    seen = texts(card(house))
    assert seen["card.phone"] == {"who": Text("card.by_parent"), "phone": "+972501234567"}
    assert seen["card.name"] == {"name": "Noa"}
    assert seen["card.day"] == {"day": "10"}
    assert seen["card.language"] == {"languages": "en, he"}
    assert {"card.place_home", "card.ward_phone", "card.under_5", "card.transplant"} <= set(seen)


def test_card_says_what_is_not_known() -> None:
    """No name, phone, day or place: the card says so, and offers to ask for the number."""
    house = emergency()
    carers = tuple(replace(carer, phone="") for carer in house.scene.carers)
    patient = replace(house.scene.patient, name="", ward_phone="")
    house.scene = replace(house.scene, patient=patient, carers=carers)
    said = card(house)
    assert {"card.no_phone", "card.day_unknown", "card.place_unknown"} <= set(texts(said))
    assert not {"card.name", "card.ward_phone", "card.phone"} & set(texts(said))
    assert "ask_number:1" in tokens(said)
    assert "ask_number:1" not in tokens(card(emergency()))


def test_findings_stand_apart_as_yes_not_sure_denied_and_swept() -> None:
    """Yes with the number, not sure, denied one by one; a whole line of the sweep as one."""
    house = emergency().answers("temperature", number="38.4").answers("confused", Answer.unknown)
    house.answers("jaundice", Answer.no, By.next)
    whole, part = HOUSE.protocol.sweep[0], HOUSE.protocol.sweep[1]
    for id in (*whole.findings, part.findings[0]):
        house.answers(id, Answer.no, By.sweep)
    said = card(house)
    assert lines(said, "card.yes") == ["finding.chills.label", "reading.value"]
    assert lines(said, "card.unsure") == ["finding.confused.label"]
    assert lines(said, "card.denied") == ["finding.jaundice.label"]
    assert lines(said, "card.swept")[0] == f"sweep.{whole.id}.label"
    assert len(lines(said, "card.swept")) <= 2


def test_criteria_come_with_their_source() -> None:
    """What made it urgent is named, with where the rule stands."""
    said = card(emergency())
    criterion = texts(said)["card.criterion"]
    assert isinstance(criterion, dict)
    sources = {c.id: c.source for c in HOUSE.protocol.criteria}
    assert sources[str(criterion["id"])] == criterion["source"]


def test_criteria_of_a_closed_assessment_are_those_that_were_told() -> None:
    """Twelve hours later the card still names them; one that is gone keeps its id."""
    house = emergency()
    house.closes()
    house.scene = replace(house.scene, assessment=None)
    criterion = texts(card(house))["card.criterion"]
    assert isinstance(criterion, dict)
    assert criterion["id"] == "chills"


def test_closed_assessment_without_a_level_has_no_criteria() -> None:
    """An unfinished case that was never told a level shows none."""
    house = Clinic().answers("chills")
    house.raises(I, Reason.unfinished)
    house.closes()
    house.scene = replace(house.scene, assessment=None)
    seen = texts(card(house))
    assert "card.criteria" not in seen
    assert "card.unfinished" in seen


def test_correction_is_shown_with_its_time() -> None:
    """A changed or taken back answer stays visible; the same answer twice is none."""
    house = emergency().answers("temperature", number="38.4").answers("jaundice")
    house.forward(minutes=1)
    house.answers("chills").answers("temperature", number="37.2").answers("jaundice", Answer.no)
    house.answers("dark_urine")
    run = house.scene.assessment
    assert run is not None
    house.forward(minutes=1)
    house.records(Withdrawn(house.now, len(run.records) - 1))
    said = card(house)
    (paragraph,) = [part for part in said.body if part.id == "card.changed"]
    changed = paragraph.values["lines"]
    assert isinstance(changed, tuple)
    at = [line.values["at"] for line in changed]
    minute = timedelta(minutes=1)
    assert at == [NIGHT + minute, NIGHT + minute, NIGHT + 2 * minute]
    assert [line.values["what"] for line in changed] == [
        Text("reading.value", {"celsius": "38.4"}),
        Text("finding.jaundice.label"),
        Text("finding.dark_urine.label"),
    ]


def test_own_words_stand_newest_first_and_are_cut() -> None:
    """Typed answers, guesses and free words are quoted as far as there is room."""
    house = emergency().answers("bruising", by=By.typed, words="blue spots")
    house.records(Proposed(house.now, "unwell", "feels bad"))
    house.reports("said", "please hurry")
    said = card(house)
    (paragraph,) = [part for part in said.body if part.id == "card.words"]
    quoted = paragraph.values["lines"]
    assert isinstance(quoted, tuple)
    assert [line.values["what"] for line in quoted] == ["please hurry", "feels bad", "blue spots"]
    house.reports("said", "x" * 1000)
    (paragraph,) = [part for part in card(house).body if part.id == "card.words"]
    quoted = paragraph.values["lines"]
    assert isinstance(quoted, tuple)
    assert [line.values["what"] for line in quoted] == ["x" * WORDS + " […]"]


def test_words_are_never_cut_within_a_character() -> None:
    """A sign outside the basic plane is two units, and stays whole or goes."""
    assert shortened("ab😀", 4) == "ab😀"
    assert shortened("ab😀c", 3) == "ab […]"
    assert units("ab😀") == 4


def test_what_the_family_was_told_and_said_stands_in_order() -> None:
    """Told levels and reports with their times; what is no report to people is left out."""
    house = emergency()
    for what in ("called", "no_answer", "not_reached", "reached", "mistake", "waited"):
        house.reports(what)
    said = card(house)
    told = lines(said, "card.told")
    assert told == [
        "card.said_called",
        "card.said_no_answer",
        "card.said_not_reached",
        "card.said_reached",
        "card.said_mistake",
        "card.more",
    ]


def test_earlier_assessments_are_a_line_each() -> None:
    """The page's earlier runs: when begun, and what was told at most."""
    house = emergency()
    house.closes().answers("jaundice")
    house.raises(E)
    house.closes().answers("dark_urine")
    house.raises(E)
    said = card(house)
    assert lines(said, "card.earlier") == ["card.earlier_line", "card.earlier_line"]
    assert {"card.level_emergency", "card.not_told"} <= set(found(said.body[-1]))
    assert lines(said, "card.yes") == ["finding.dark_urine.label"]


def test_queue_and_unfinished_are_marked() -> None:
    """A page in the queue says that nobody is rung for now."""
    house = Clinic(now=DAY).answers("pale_and_weak")
    house.raises(S, Reason.unfinished)
    assert {"card.queued", "card.unfinished", "card.level_same_day"} <= set(texts(card(house)))


# --- in words ------------------------------------------------------------------------------------


def crowded() -> Clinic:
    """The longest case: every finding answered, every field filled, words without end."""
    house = emergency()
    ids = list(HOUSE.protocol.findings)
    for place, id in enumerate(ids):
        answer = (Answer.yes, Answer.unknown, Answer.no, Answer.no)[place % 4]
        house.answers(id, Answer.yes, words="ש" * 200).answers(id, answer, By.sweep)
    for _ in range(4):
        house.closes().answers("chills").told(E)
        house.raises(E)
    run = house.scene.past[0]
    full = replace(house.scene.assessment or run, records=run.records)
    house.scene = replace(house.scene, assessment=full)
    for _ in range(9):
        house.reports("said", "😀" * 600)
    return house


@pytest.mark.parametrize("language", CONTENT.catalogues.languages)
def test_longest_card_is_one_message(language: str) -> None:
    """The most crowded card stays well below what one message holds, in every language."""
    voice = Voice(language)
    parts = render(card(crowded()), voice, Limits(), CONTENT.catalogues, NIGHT)
    assert [units(part.text) < LONGEST for part in parts] == [True]


def test_every_button_of_the_card_fits_a_narrow_screen() -> None:
    """Labels are at most 20 characters in English."""
    for row in card(emergency()).choices:
        for choice in row:
            words = CONTENT.catalogues.find("en", choice.label.id, ("",))
            assert words is not None
            assert len(words) <= 20


def used() -> dict[str, set[str]]:
    """The ids of the page's and the desk's texts in code."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FLOWS.rglob("*.py")))
    pattern = r'text\(\s*"((?:page|desk|card)\.[\w.]+)"'
    return {id: set() for id in re.findall(pattern, code)}


def test_every_text_of_the_page_exists_in_english() -> None:
    """Each id that the code names has English words."""
    catalogues: Catalogues = CONTENT.catalogues
    missing = [id for id in used() if catalogues.find("en", id, ("",), 2) is None]
    assert missing == []


def test_no_word_of_the_clinic_promises_that_waiting_is_safe() -> None:
    """Whoever has the page, the family is told to keep calling, with the numbers."""
    for id in ("page.acknowledged", "page.handed_on", "page.unanswered", "page.nobody"):
        words = CONTENT.catalogues.find("en", id, ("",))
        assert words is not None
        assert "{numbers}" in words
        assert "Do not wait" in words
