"""What is said: the call card, what to do until help comes, and what was told, by its record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.advice import course_day, until_help, what_to_say
from flows.message import Text
from flows.page import Reason
from flows.record import Answer, Told
from flows.telling import tell, tell_unfinished
from flows.turn import Turn
from flows.urgency import Urgency
from tests.flows.desk_driver import whole_team
from tests.flows.family import NIGHT, Family, blank_scene, ids, shipped
from tests.flows.test_assessment import finish, grey
from tests.flows.test_conversation import at, at_home

S = Urgency.same_day
I = Urgency.immediate  # noqa: E741 - the table's own letter


def card(family: Family) -> Text:
    """The call card of a family as it stands."""
    return what_to_say(family.house, family.scene, family.now)


def found(family: Family) -> list[str]:
    """The ids and numbers of the card's findings, in order."""
    lines = card(family).values["found"]
    assert isinstance(lines, tuple)
    shown = []
    for line in lines:
        what = line.values.get("what")
        assert isinstance(what, Text)
        shown.append(str(what.values.get("celsius", what.id)))
    return shown


# --- the call card -------------------------------------------------------------------------------


def test_the_call_card_has_five_lines() -> None:
    """Who, drug and day, what is found and since when, medicines, what we ask."""
    family = at("urine")
    patient = replace(family.scene.patient, name="Noa", day_1=date(2026, 11, 20))
    family.scene = replace(family.scene, patient=patient)
    family.taps("t:no_urine_8h")
    values = card(family).values
    assert values["who"] == Text("say.named", {"name": "Noa"})
    assert values["day"] == Text("say.day", {"day": "5"})
    assert values["since"] == family.scene.assessment.opened_at  # type: ignore[union-attr]
    assert values["medicines"] == Text("say.medicine_unknown")
    assert found(family) == ["finding.no_urine_8h.label"]


def test_each_temperature_stands_on_the_card_with_its_time() -> None:
    """Not the last one alone: 38.9 before the medicine is what the ward must hear."""
    family = at("fever")
    family.says("38.9")
    family.forward(minutes=40)
    family.says("36.6")
    family.taps("t:chills")
    assert found(family) == ["38.9", "36.6", "finding.chills.label"]
    assert "reading.value_at" in ids([card(family)])


def test_a_doubt_and_a_count_are_said_as_such() -> None:
    """ "Not sure" and the number of times stand beside the label."""
    family = at("stomach")
    family.taps("c:vomiting_24h:6")
    family.taps("t:belly_pain")
    family.taps("t:belly_pain")
    assert found(family) == ["count.or_more", "reading.not_sure"]


def test_a_card_without_findings_still_speaks() -> None:
    """Asked for before anything was ticked it says "a danger sign"."""
    family = at("urine")
    lines = card(family).values["found"]
    assert isinstance(lines, tuple)
    assert lines[0].id == "say.nothing_named"


@pytest.mark.parametrize(
    ("answer", "text"), [("yes", "say.medicine_given"), ("no", "say.medicine_none")]
)
def test_the_card_says_whether_a_fever_medicine_was_given(answer: str, text: str) -> None:
    """As it was answered."""
    family = grey()
    family.taps(f"x:fever_medicine_6h:{answer}")
    assert card(family).values["medicines"] == Text(text)


@pytest.mark.parametrize(
    ("day_1", "day"), [(None, None), (date(2026, 11, 24), 1), (date(2026, 11, 25), None)]
)
def test_the_day_of_the_course_is_counted_from_day_1(day_1: date | None, day: int | None) -> None:
    """Day 1 is the first infusion; before it, or unknown, there is no day."""
    patient = replace(blank_scene().patient, day_1=day_1)
    assert course_day(patient, datetime(2026, 11, 24, tzinfo=UTC)) == day


def test_the_day_changes_at_the_clinic_s_midnight() -> None:
    """At one in the night it is the new day, though it is still the old one in UTC."""
    family = at("urine")
    family.scene = replace(
        family.scene, patient=replace(family.scene.patient, day_1=date(2026, 11, 23))
    )
    family.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    assert card(family).values["day"] == Text("say.day", {"day": "2"})


# --- until help comes ----------------------------------------------------------------------------


def test_until_help_comes_is_said_by_finding_and_level() -> None:
    """The level's advice first, then what the table has for these findings."""
    family = at("line")
    family.taps("t:line_broken")
    said = ids(until_help(family.house, family.scene, family.now))
    assert {"until.immediate", "advice.clamp_line.means"} <= said
    assert "advice.nosebleed.means" not in said


def test_self_harm_is_an_emergency_with_its_own_advice() -> None:
    """Stay, do not leave alone, call the ambulance; a person at once."""
    family = at("change")
    family.taps("t:self_harm_talk")
    assert family.told is Urgency.emergency
    assert "advice.stay_close.means" in ids(until_help(family.house, family.scene, family.now))
    assert family.scene.page is not None


def test_without_an_assessment_only_the_calm_advice_is_left() -> None:
    """Nothing is known: what to have ready."""
    assert ids(until_help(shipped(), blank_scene(), NIGHT)) == {"until.same_day"}


# --- telling -------------------------------------------------------------------------------------


def test_what_was_told_is_recorded_with_all_that_made_it() -> None:
    """Level, text ids, language, the protocol's version and the criteria that held."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    told = next(r for r in family.records if isinstance(r, Told))
    assert told.level is I
    ways = ("way.hospital", "way.clinic", "way.department_unknown")
    assert told.texts == ("advice.immediate.first", *ways)
    assert (told.language, told.protocol) == ("en", family.house.protocol.stamp)
    assert told.criteria == ("no_urine_8h",)


def test_each_level_is_told_once() -> None:
    """More at the same level only edits the list."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.taps("t:much_less_urine")
    assert len([r for r in family.records if isinstance(r, Told)]) == 1


def test_same_day_is_told_at_the_end_and_put_in_the_queue() -> None:
    """All questions answered: speak to someone today, a page that rings nobody, the medicines."""
    family = Family(blank_scene(whole_team()))
    for words in ("hello", "cough"):
        family.says(words)
    family.taps("next")
    finish(family)
    assert family.told is S
    assert {"advice.same_day.first", "advice.medicines"} <= family.all_heard
    assert family.scene.page is not None
    assert family.scene.page.queued
    assert family.button("called").token == "a1.called"
    assert family.button("say").token == "a1.say"


def test_no_danger_sign_says_when_to_come_back() -> None:
    """Everything denied: routine, no page, and what to watch for."""
    family = at_home()
    family.taps("open:sweep")
    finish(family)
    assert family.told is Urgency.routine
    assert {"advice.routine.first", "advice.watch"} <= family.heard()
    assert family.scene.page is None


def test_very_worried_counts_as_a_finding_at_same_day() -> None:
    """Alone same day, beside one more call now."""
    family = at_home()
    family.taps("open:sweep")
    finish(family, very_worried="yes")
    assert family.told is S
    other = at("head")
    other.taps("t:infection_sign")
    other.taps("next")
    finish(other, very_worried="unknown")
    assert other.told is I


def test_two_findings_at_same_day_are_urgent() -> None:
    """Several ambers count as red, at the second tick."""
    family = at("head")
    family.taps("t:infection_sign")
    assert family.told is None
    family.taps("t:pox_contact")
    assert family.told == I


def test_nothing_is_told_without_an_assessment_or_below_same_day() -> None:
    """Stopping, or a turn beside it, tells nothing that was not found."""
    turn = Turn(blank_scene(), cause="c")
    assert tell(turn, shipped(), NIGHT) == turn
    assert tell_unfinished(turn, shipped(), NIGHT) == turn
    family = at("urine")
    turn = Turn(family.scene, cause="c")
    assert tell_unfinished(turn, family.house, family.now) == turn


def test_what_was_told_is_not_told_again_at_the_end() -> None:
    """Stopped after the advice: the level is not repeated."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    turn = Turn(family.scene, cause="c")
    assert tell_unfinished(turn, family.house, family.now) == turn


def test_an_unfinished_telling_pages_as_unfinished() -> None:
    """A grey reading, stopped: same day, with the hour of the next reading."""
    family = at("fever")
    family.says("37.7")
    family.says("/stop")
    assert family.told is S
    assert "reading.planned" in family.heard()
    assert family.scene.page is not None
    assert family.scene.page.reason is Reason.unfinished
    family.forward(minutes=76)
    assert family.told == I


def test_the_language_told_is_the_one_that_was_spoken() -> None:
    """The record names the family's language."""
    family = at("urine")
    family.says("/language")
    family.taps("lang:he")
    family.taps("t:no_urine_8h")
    told = next(r for r in family.records if isinstance(r, Told))
    assert told.language == "he"


def test_combinations_are_told_in_the_turn_of_the_last_answer() -> None:
    """After the last answer of a combination no further input is needed."""
    family = at("urine")
    family.taps("t:much_less_urine")
    family.says("swollen face")
    assert family.told is Urgency.emergency


def test_on_the_ward_by_set_up_the_nurse_is_first() -> None:
    """A family that said "on the ward" is told to press the call button."""
    family = at("breathing")
    patient = replace(family.scene.patient, on_ward=Answer.yes)
    family.scene = replace(family.scene, patient=patient)
    family.taps("t:grunting")
    assert family.said[0].body[0].id == "advice.emergency.ward_first"


def test_a_reading_is_asked_again_by_the_hour_that_was_said() -> None:
    """The hour in the text is the hour of the question."""
    family = finish(grey())
    planned = next(
        part
        for turn in family.turns
        for said in turn.says
        for part in said.body
        if part.id == "reading.planned"
    )
    assert planned.values["at"] == NIGHT + timedelta(minutes=60)
