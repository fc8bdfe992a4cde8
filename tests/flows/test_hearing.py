"""What is typed: readings, names, counts, guesses, commands, and what nobody can read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.message import InboundKind
from flows.record import Answer, Answered, By, Opened, Proposed
from flows.urgency import Urgency
from tests.flows.family import Family
from tests.flows.place import (
    at,
    at_home,
    guessed,
    met,
    one_by_one,
)

E, S = Urgency.emergency, Urgency.same_day
I = Urgency.immediate  # noqa: E741 - the table's own letter

LONG = "since yesterday he is pale and dizzy and also collapsed at school once more"
ROOM = "the room is 38.9 degrees, I think, in the shade"


def taken(family: Family) -> list[str]:
    """The readings on record, in the order given."""
    numbers = (r.number for r in family.records if isinstance(r, Answered))
    return [str(number) for number in numbers if number is not None]


def guesses(family: Family) -> list[str]:
    """The findings that were put back, in the order they are asked."""
    return [r.finding for r in family.records if isinstance(r, Proposed)]


# --- temperatures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "celsius"), [("38.4", "38.4"), ("38,4", "38.4"), ("٣٨٫٤", "38.4"), ("39 C", "39")]
)
def test_a_number_by_itself_is_a_reading(written: str, celsius: str) -> None:
    """Typed at home in any notation it counts at once, and opens the fever screen."""
    family = at_home()
    family.says(written)
    assert (taken(family), family.told, family.state) == ([celsius], I, "sign_fever")


def test_of_two_readings_the_more_urgent_counts() -> None:
    """Whichever is written first, the graver is judged, and shown last."""
    for written in ("37.2 and 38.4", "38.4 and 37.2"):
        family = at_home()
        family.says(written)
        assert (taken(family), family.told) == (["37.2", "38.4"], I)


def test_a_reading_within_other_words_is_put_back() -> None:
    """It may be the room: asked about first, it counts when confirmed and not when denied."""
    for answer, level in (("yes", I), ("no", None)):
        family = at_home()
        family.says(ROOM)
        assert (family.state, family.told) == ("proposal", None)
        family.taps(f"p:{answer}")
        assert family.told == level


def test_of_two_readings_put_back_the_graver_is_asked_first() -> None:
    """Each number is a question of its own, and one answered leaves the other."""
    family = at_home()
    family.says("in the morning it was about 36.9 and now 39.2 if I read that right")
    assert [str(r.number) for r in family.records if isinstance(r, Proposed)] == ["39.2", "36.9"]
    family.taps("p:no")
    assert family.state == "proposal"


def test_where_a_reading_is_asked_words_around_it_do_not_matter() -> None:
    """On the fever screen "it is 38.4 under the arm" is the answer."""
    family = at("fever")
    family.says("it is 38.4 under the arm")
    assert (taken(family), family.told) == (["38.4"], I)


def test_a_reading_asked_by_itself_goes_on_to_the_next_finding() -> None:
    """After "I can't tell" on fever a typed number answers the temperature, and chills follow."""
    family = one_by_one("fever")
    family.says("36.8")
    assert taken(family) == ["36.8"]
    assert "finding.chills.means" in family.heard()


def test_a_reading_while_another_finding_is_asked_opens_the_fever_screen() -> None:
    """Asked of something else one by one, a temperature interrupts."""
    family = one_by_one("bleeding")
    family.says("36.8")
    assert family.state == "sign_fever"


def test_an_edited_number_is_read_anew() -> None:
    """36.6 edited into 38.6 is a second reading, and the graver counts."""
    family = at("fever")
    family.says("36.6")
    family.says("38.6", InboundKind.edited)
    assert (taken(family), family.told) == (["36.6", "38.6"], I)


@pytest.mark.parametrize("wrong", ["44", "25.3", "120 F"])
def test_out_of_range_is_asked_once_more_and_then_is_danger(wrong: str) -> None:
    """What no thermometer shows: "type it again", and then it counts as hot without a reading."""
    family = at("fever")
    family.says(wrong)
    assert "reading.again" in family.heard()
    assert family.told is None
    family.says(wrong)
    assert (family.answer("hot_no_reading"), family.by("hot_no_reading")) == ("unknown", "typed")
    assert family.told is I


def test_out_of_range_at_home_opens_the_fever_screen() -> None:
    """A bare number that only a thermometer gives is asked for again there, and opened once."""
    family = at_home()
    family.says("44")
    assert "reading.again" in family.heard()
    assert family.state == "sign_fever"
    family.says("44")
    assert sum(isinstance(r, Opened) for r in family.records) == 1


def test_a_good_reading_between_two_wrong_ones_starts_the_asking_anew() -> None:
    """44, then 36.8, then 44: the second slip is asked again, and is no danger yet."""
    family = at("fever")
    for written in ("44", "36.8", "44"):
        family.says(written)
    assert "reading.again" in family.heard()
    assert family.told is None


# --- counts --------------------------------------------------------------------------------------


def counting() -> Family:
    """A family that is asked how often there was vomiting, and nothing else."""
    family = one_by_one("stomach")
    family.taps("e:diarrhoea_blood:no")
    family.taps("e:cannot_keep_down:no")
    return family


def test_of_a_span_of_times_the_upper_number_counts() -> None:
    """ "3-4 times" is four, and the next finding is asked."""
    family = counting()
    family.says("3-4 times")
    assert taken(family) == ["4"]
    assert "finding.diarrhoea_over_usual.means" in family.heard()


def test_six_times_is_urgent_and_none_is_no() -> None:
    """A typed count is judged at once; zero denies."""
    often, never = counting(), counting()
    often.says("5 or 6")
    assert often.told is I
    never.says("0")
    assert (never.answer("vomiting_24h"), never.told) == ("no", None)


def test_a_temperature_is_no_count() -> None:
    """Where times are asked, 38.4 is a temperature all the same."""
    family = counting()
    family.says("38.4")
    assert (family.told, family.answer("vomiting_24h")) == (I, "")


def test_words_without_a_number_are_no_count() -> None:
    """Where times are asked, what holds no number is kept, and the question stays."""
    family = counting()
    family.says("γειά")
    assert family.answer("vomiting_24h") == ""
    assert "finding.vomiting_24h.means" in family.heard()


def test_on_a_screen_with_two_counts_a_number_names_neither() -> None:
    """ "4" on the stomach screen: vomiting or stools? It is not guessed."""
    family = at("stomach")
    family.says("4")
    assert taken(family) == []


def test_a_count_named_in_a_sentence_is_put_back_with_its_number() -> None:
    """ "He vomited 3-4 times ..." is asked about, and confirmed counts as four."""
    family = at_home()
    family.says("he vomited 3-4 times since this morning, and is at home")
    assert "reading.count" in family.heard()
    family.taps("p:yes")
    assert (taken(family), family.level) == (["4"], S)


@pytest.mark.parametrize(
    "words", ["vomited", "she vomited since this morning and we are at home, now worried"]
)
def test_a_count_named_without_its_number_opens_its_screen(words: str) -> None:
    """How often cannot be guessed: the screen that asks it is shown."""
    family = at_home()
    family.says(words)
    assert (family.state, guesses(family), family.answer("vomiting_24h")) == (
        "sign_stomach",
        [],
        "",
    )


# --- findings and signs by name ------------------------------------------------------------------


def test_the_plain_name_of_a_finding_is_as_good_as_a_tap() -> None:
    """ "yellow eyes": answered yes as typed, its screen open below."""
    family = at_home()
    family.says("yellow eyes")
    assert (family.answer("jaundice"), family.by("jaundice")) == ("yes", By.typed)
    assert (family.told, family.state) == (I, "sign_liver")


def test_the_alarm_by_name_opens_no_screen() -> None:
    """ "danger now" is an emergency, and stands on no sign's list."""
    family = at_home()
    family.says("danger now")
    assert family.told is E
    assert not any(isinstance(r, Opened) for r in family.records)


def test_the_name_of_a_sign_opens_its_screen() -> None:
    """ "fever" alone says nothing yet: its findings are shown."""
    family = at_home()
    family.says("fever")
    assert (family.state, family.told) == ("sign_fever", None)


def test_plainly_life_threatening_words_count_at_once() -> None:
    """Within a few words it is meant plainly; in a long sentence it is put back, gravest first."""
    family = at_home()
    family.says("he collapsed at home")
    assert (family.told, family.answer("collapsed")) == (E, "yes")
    other = at_home()
    other.says(LONG)
    assert other.told is None
    assert guesses(other) == ["collapsed", "light_headed", "pale_and_weak"]
    other.taps("p:yes")
    assert other.told is E


def test_free_text_lowers_nothing() -> None:
    """A denial of a guess takes the guess back, and leaves what was ticked."""
    family = at("bleeding")
    family.taps("t:bruising")
    family.says("since yesterday his arms and legs show new bruises all over them")
    if family.state == "proposal":
        family.taps("p:no")
    assert (family.answer("bruising"), family.told) == ("yes", I)


def test_not_sure_of_a_guess_counts_as_yes() -> None:
    """ "Did I understand ...?" answered with not sure is a yes."""
    family = guessed()
    family.taps("p:unknown")
    assert (family.answer("bruising"), family.told) == ("unknown", I)


# --- commands ------------------------------------------------------------------------------------


def test_commands_are_read_with_and_without_a_slash() -> None:
    """/help, /help@name, "help" and a word after it show the help with the numbers."""
    for written in ("/help", "/help@vigil_bot", "/help please", "help"):
        family = at("urine")
        family.says(written)
        assert {"help.text", "way.clinic"} <= family.heard(), written


def test_danger_beside_a_command_comes_first() -> None:
    """ "/help he collapsed" is an emergency, not a request for help."""
    family = at_home()
    family.says("/help he collapsed")
    assert family.told is E


def test_start_greets_once_at_first_and_again_when_asked() -> None:
    """The very first /start is greeted once; a later one shows the numbers again."""
    family = met()
    assert [said.body[0].id for said in family.said] == ["first.greeting"]
    family.says("/start")
    assert "first.greeting" in family.heard()


def test_a_typed_answer_is_recorded_with_its_words() -> None:
    """The card shows what was typed, not only what was read from it."""
    family = at_home()
    family.says("38,4")
    answered = [r for r in family.records if isinstance(r, Answered)]
    assert answered == [
        Answered(family.now, "temperature", Answer.yes, By.typed, Decimal("38.4"), "38,4")
    ]
