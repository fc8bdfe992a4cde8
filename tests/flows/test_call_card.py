"""The lines of the call card, and of what to do until help comes, by what was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from flows.advice import described, on_ward, until_help, what_to_say
from flows.assessment import answers
from flows.message import Text
from flows.person import Patient
from flows.record import Answer, Answered, By, Record
from flows.scene import Assessment, Scene
from tests.flows.family import NIGHT, Family, blank_scene, ids, shipped

LATER = NIGHT + timedelta(minutes=20)


def answer(
    id: str, value: Answer = Answer.yes, number: str | None = None, at: datetime = NIGHT
) -> Answered:
    """An answer by tap, or a number as it was typed."""
    by = By.typed if number else By.tap
    return Answered(at, id, value, by, Decimal(number) if number else None)


def scene(*records: Record, patient: Patient | None = None) -> Scene:
    """A scene with these records in the open assessment."""
    run = Assessment(1, 1, 1, NIGHT, "p", records, NIGHT)
    return replace(blank_scene(), assessment=run, patient=patient or Patient(1))


def part(said: Text, name: str) -> Text:
    """One line of the call card."""
    line = said.values[name]
    assert isinstance(line, Text)
    return line


def found(said: Text) -> list[Text]:
    """What the call card says is found, line by line."""
    lines = said.values["found"]
    assert isinstance(lines, tuple)
    return [part(line, "what") for line in lines if "what" in line.values]


# --- what to say on the phone --------------------------------------------------------------------


def test_the_call_card_is_said_in_the_clinics_language_too() -> None:
    """The same five lines, in the language in which the clinic answers."""
    family = Family()
    family.says("/start")
    family.says("38.4")
    family.taps("say")
    own = family.said[0].body
    family.taps("say_clinic")
    assert (family.said[0].language, family.said[0].body) == (shipped().clinic.language, own)


def test_readings_stand_first_each_with_its_time() -> None:
    """Every temperature of the day is listed in order of time, then the findings by name."""
    given = scene(
        answer("bruising"),
        answer("temperature", number="38.4", at=LATER),
        answer("temperature", number="37.9"),
        answer("temperature", number="38.1", at=NIGHT + timedelta(minutes=5)),
        answer("chills", Answer.no),
        answer("vomiting_24h", number="7"),
        answer("jaundice", Answer.unknown),
        answer("infusion_within_24h"),
    )
    listed = found(what_to_say(shipped(), given, LATER))
    assert listed == [
        Text("reading.value_at", {"celsius": "37.9", "at": NIGHT}),
        Text("reading.value_at", {"celsius": "38.1", "at": NIGHT + timedelta(minutes=5)}),
        Text("reading.value_at", {"celsius": "38.4", "at": LATER}),
        Text("finding.bruising.label"),
        Text("reading.count", {"label": Text("finding.vomiting_24h.label"), "count": "7"}),
        Text("reading.not_sure", {"label": Text("finding.jaundice.label")}),
    ]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (answer("temperature", number="38.4"), "reading.value"),
        (answer("vomiting_24h", number="7"), "reading.count"),
        (answer("bruising"), "finding.bruising.label"),
        (answer("bruising", Answer.unknown), "reading.not_sure"),
        (answer("temperature", Answer.unknown), "reading.not_sure"),
    ],
)
def test_an_answer_is_described_by_what_is_known(given: Answered, line: str) -> None:
    """A number by its value, a finding by its name, and doubt as doubt."""
    assert described(shipped(), given).id == line


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ((), "say.medicine_unknown"),
        ((answer("medicine_for_heat", Answer.no),), "say.medicine_none"),
        ((answer("fever_medicine_6h"),), "say.medicine_given"),
        (
            (answer("medicine_for_heat", Answer.no), answer("fever_medicine_6h")),
            "say.medicine_given",
        ),
        ((answer("medicine_for_heat", Answer.unknown),), "say.medicine_given"),
    ],
)
def test_a_medicine_counts_unless_denied(given: tuple[Answered, ...], line: str) -> None:
    """Given, perhaps given, none, or not known: a doubt is said as given."""
    assert part(what_to_say(shipped(), scene(*given), NIGHT), "medicines").id == line


# --- until help comes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "first"),
    [
        ((answer("danger_now"),), "until.emergency"),
        ((answer("bruising"),), "until.immediate"),
        ((answer("headache_new"),), "until.same_day"),
        ((), "until.same_day"),
    ],
)
def test_the_levels_own_advice_stands_first(records: tuple[Answered, ...], first: str) -> None:
    """Whatever was found, the level's advice is there; below same day as at same day."""
    assert until_help(shipped(), scene(*records), NIGHT)[0].id == first


def test_advice_follows_what_was_found() -> None:
    """A nosebleed brings how to stop one; what was denied brings nothing of its own."""
    held = scene(answer("nose_or_gum_bleed"), answer("light_headed", Answer.no))
    said = ids(until_help(shipped(), held, NIGHT))
    assert "advice.nosebleed.means" in said
    assert "advice.do_not_drive.means" not in said


def test_each_advice_is_given_once() -> None:
    """Two findings of one advice bring it once."""
    held = scene(answer("bruising"), answer("nose_or_gum_bleed"), answer("blood_in_urine"))
    lines = [ids([line]) for line in until_help(shipped(), held, NIGHT)]
    assert sum("advice.no_aspirin.means" in line for line in lines) == 1


# --- where the patient is ------------------------------------------------------------------------


def test_the_last_answer_about_the_ward_counts() -> None:
    """What is answered now goes before what was saved; without either nothing is known."""
    saved = Patient(1, on_ward=Answer.yes)
    assert on_ward(scene()) is None
    assert on_ward(scene(patient=saved)) is Answer.yes
    assert on_ward(scene(answer("on_ward", Answer.no), patient=saved)) is Answer.no
    assert on_ward(replace(blank_scene(), patient=saved)) is Answer.yes


def test_a_tapped_band_is_said_as_the_band() -> None:
    """ "2-5 times" was tapped: nobody is told that it was twice."""
    family = Family()
    family.says("/start")
    family.taps("now")
    family.taps("more")
    family.taps("open:stomach")
    family.taps("c:vomiting_24h:2")
    run = family.scene.assessment
    assert run is not None
    said = described(family.house, answers(run.records)["vomiting_24h"])
    assert (said.id, said.values["low"], said.values["high"]) == ("count.from_to", "2", "5")


def test_the_setup_is_offered_once() -> None:
    """After "I have called" it was offered: after "I reached someone" it is not offered again."""
    family = Family()
    family.says("38.4")
    family.taps("called")
    assert "setup.offer" in family.heard()
    family.forward(minutes=15)
    family.taps("reached")
    assert "setup.offer" not in family.heard()
