"""Typed messages: danger, numbers, names, commands, and what could not be read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.message import Text
from flows.record import Answered, Reported
from flows.urgency import Urgency
from tests.flows.family import Family, shipped
from tests.flows.test_conversation import at, at_home, in_state

E, S = Urgency.emergency, Urgency.same_day
I = Urgency.immediate  # noqa: E741 - the table's own letter


# --- readings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["36.6 38.4", "38.4, 36.6", "97 F 38.2"])
def test_of_two_readings_in_a_message_the_more_urgent_counts(words: str) -> None:
    """Both are kept, the gravest last: it is what the cards show."""
    family = at_home()
    family.says(words)
    assert family.told is I
    numbers = [r.number for r in family.records if isinstance(r, Answered)]
    assert numbers[-1] in (Decimal("38.4"), Decimal("38.2"))
    assert len(numbers) == 2


def test_two_numbers_within_words_are_two_questions_gravest_first() -> None:
    """ "No" to the one leaves the other; neither is lost."""
    family = at_home()
    family.says("in the morning it was 36.6 and now grandmother says 38.9 I believe")
    shown = family.said[0].body[0].values["finding"]
    assert isinstance(shown, Text)
    assert shown.values == {"celsius": "38.9"}
    family.taps("p:no")
    assert family.state == "proposal"
    family.taps("p:no")
    assert family.told is None
    assert family.state != "proposal"


def test_the_same_number_twice_is_one_question() -> None:
    """ "38.4, yes 38.4" is put back once."""
    family = at_home()
    family.says("it says 38.4 yes really 38.4 can you believe it")
    family.taps("p:no")
    assert family.state != "proposal"


def test_a_number_where_it_was_asked_is_a_reading_within_words_too() -> None:
    """On the fever screen "now it is 38.2" needs no question."""
    family = at("fever")
    family.says("now it is 38.2")
    assert family.told is I


def test_a_temperature_named_with_its_number_is_the_number() -> None:
    """ "temperature reading 38.4" is 38.4, and never "temperature" alone."""
    family = at_home()
    family.says("his last temperature reading was 38.4 I think")
    assert family.told is I
    assert family.answer("temperature") == "yes"


@pytest.mark.parametrize("words", ["44", "29.9", "50", "110 F", "3.85", "38²"])
@pytest.mark.parametrize("state", ["sign", "home", "first_contact"])
def test_a_number_that_no_thermometer_shows_is_asked_once_more(state: str, words: str) -> None:
    """Out of range, or of a unit that cannot be: asked again, and then it counts as hot."""
    family = in_state(state)
    family.says(words)
    assert "reading.again" in family.heard()
    assert family.state == "sign_fever"
    family.says(words)
    assert family.answer("hot_no_reading") == "unknown"
    assert family.told is I


def test_a_good_reading_forgets_the_bad_one() -> None:
    """Asked again, read, and later out of range once more: asked again, not counted."""
    family = at("fever")
    family.says("44")
    family.says("36.6")
    family.says("44")
    assert "reading.again" in family.heard()
    assert family.told is None


@pytest.mark.parametrize("words", ["5", "12.11.2026", "at 01:40", "052-123-4567", "room 101"])
def test_other_numbers_are_no_readings(words: str) -> None:
    """A place, a date, an hour or a phone at home opens no fever screen."""
    family = at_home()
    family.says(words)
    assert family.told is None
    assert "reading.again" not in family.heard()


# --- counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "number", "level"),
    [
        ("he vomited 3-4 times", 4, S),
        ("vomited 7 times today", 7, I),
        ("she threw up 1 time", 1, None),
    ],
)
def test_of_a_span_of_times_the_upper_number_counts(
    words: str, number: int, level: Urgency | None
) -> None:
    """A count named in free text is put back with its number."""
    family = at_home()
    family.says(words)
    family.taps("p:yes")
    assert [r.number for r in family.records if isinstance(r, Answered)][-1] == number
    assert family.level is (level or Urgency.routine)


def test_a_count_named_without_a_number_opens_its_screen() -> None:
    """ "vomited" alone, or within words: how often is asked."""
    for words in ("vomited", "he vomited after breakfast"):
        family = at_home()
        family.says(words)
        assert "c:vomiting_24h:6" in family.offered()


def one_count() -> Family:
    """A family before a screen that counts one thing."""
    protocol = shipped().protocol
    stomach = replace(protocol.signs["stomach"], findings=("vomiting_24h", "nausea"))
    signs = {**protocol.signs, "stomach": stomach}
    family = Family(house=replace(shipped(), protocol=replace(protocol, signs=signs)))
    for word in ("/start", "vomited"):
        family.says(word)
    return family


@pytest.mark.parametrize(
    ("words", "answer", "level"),
    [("7", "yes", I), ("3-4 times", "yes", None), ("0", "no", None)],
)
def test_a_number_typed_where_one_thing_is_counted_is_how_often(
    words: str, answer: str, level: Urgency | None
) -> None:
    """The number is kept with the words; none is a no."""
    family = one_count()
    family.says(words)
    assert (family.answer("vomiting_24h"), family.told) == (answer, level)


def test_a_temperature_is_no_count() -> None:
    """38 where vomiting is counted is still a temperature; nonsense is neither."""
    family = one_count()
    family.says("38")
    assert family.told is I
    assert family.answer("vomiting_24h") == ""
    other = one_count()
    other.says("lots and lots")
    assert other.answer("vomiting_24h") == ""


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("Shaking chills", "chills"),
        ("nosebleed", "nose_or_gum_bleed"),
        ("YELLOW EYES", "jaundice"),
        ("danger", "danger_now"),
    ],
)
def test_a_plain_name_is_as_good_as_a_tap(words: str, finding: str) -> None:
    """The label of a button, or what people say instead: an answer at once."""
    family = at_home()
    family.says(words)
    assert family.answer(finding) == "yes"
    assert family.told is not None


def test_plainly_life_threatening_words_count_at_once() -> None:
    """In a short message nobody waits for a tap."""
    family = at_home()
    family.says("help he is not breathing")
    assert family.told is E


def test_the_gravest_of_several_is_asked_first_and_none_is_lost() -> None:
    """Four findings in one message: four questions, the gravest before the others."""
    family = at_home()
    family.says(
        "he is tired and pale with a cough, nausea and some new bruises on the legs since noon"
    )
    shown = family.said[0].body[0].values["finding"]
    assert shown == Text("finding.bruising.label")
    asked = 0
    while family.state == "proposal":
        family.taps("p:no")
        asked += 1
    assert asked >= 5


def test_an_emergency_ends_the_questions_about_the_rest() -> None:
    """What else stood in the message counts after three minutes, unasked."""
    family = at_home()
    family.says("collapsed and new bruises")
    assert family.told is E
    assert "proposal.ask" not in family.heard()
    family.forward(minutes=3)
    assert family.answer("bruising") == "unknown"


def test_a_reading_and_a_name_in_one_message_both_count() -> None:
    """ "38.4 and new bruises": the number is put back, and the finding too."""
    family = at_home()
    family.says("38.4 and there are new bruises as well today")
    family.taps("p:yes")
    family.taps("p:yes")
    assert family.answer("temperature") == family.answer("bruising") == "yes"


def test_a_sign_within_words_opens_its_screen() -> None:
    """ "something with his skin" shows what to look for."""
    family = at_home()
    family.says("something with his skin")
    assert family.state == "sign_skin"


# --- commands ------------------------------------------------------------------------------------


def test_a_command_is_read_with_the_bot_s_name_or_words_behind() -> None:
    """ "/help@vigil_bot please" is help."""
    family = at_home()
    family.says("/help@vigil_bot please")
    assert "help.text" in family.heard()


def test_danger_behind_a_command_is_heard() -> None:
    """ "/home he collapsed" is danger; what follows /start is the network's own."""
    family = at_home()
    family.says("/home he collapsed")
    assert family.told is E
    other = at_home()
    other.says("/start 385")
    assert other.told is None
    assert "first.greeting" in other.heard()


def test_a_command_typed_in_words_works() -> None:
    """ "help", "start again": the words of the lexicon."""
    family = at("urine")
    family.says("help")
    assert "help.text" in family.heard()
    family.says("Start again")
    assert family.scene.assessment is None


# --- what could not be read ----------------------------------------------------------------------


def test_words_nobody_knows_are_kept_for_the_coordinators() -> None:
    """In an assessment they are recorded, and passed on when a page is open."""
    family = at("urine")
    family.says("qwertz")
    assert "other.not_understood" in family.heard()
    assert any(isinstance(r, Reported) and r.words == "qwertz" for r in family.records)
    family.taps("t:no_urine_8h")
    family.says("asdf")
    assert "after.words_passed" in family.heard()


def test_words_after_the_assessment_reach_an_open_page() -> None:
    """Started again, and the page still open: what is written is passed on."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.says("/again")
    family.says("we are on the motorway")
    assert "after.words_passed" in family.heard()
    assert family.scene.page is not None
    assert family.scene.assessment is not None
    assert family.scene.assessment.id in family.scene.page.assessments


def test_words_at_home_are_not_understood() -> None:
    """Without an assessment and a page the list is shown again."""
    family = at_home()
    family.says("qwertz")
    assert {"other.not_understood", "home.title"} <= family.heard()


def test_words_asked_for_are_passed_on_as_they_are() -> None:
    """After "tell the team more" harmless words go to the page; danger is danger still."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.taps("more")
    family.says("he had two glasses of water")
    assert "after.words_passed" in family.heard()
    assert family.state == "sign_urine"
    family.taps("more")
    family.says("collapsed")
    assert family.told is E


def test_a_phone_asked_for_is_kept_and_danger_is_heard_before() -> None:
    """A typed number is the phone; a temperature at that moment is a temperature."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.taps("number")
    family.says("38.9")
    assert family.answer("temperature") == "yes"
    family.taps("number")
    family.says("052-123-4567")
    assert family.scene.person.phone == "+972521234567"
