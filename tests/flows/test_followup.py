"""What the house does by itself: nudges, what was left half-way, checks afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.page import Reason
from flows.timer import Timer
from flows.urgency import Urgency
from tests.flows.family import Family
from tests.flows.test_conversation import at, at_home

I = Urgency.immediate  # noqa: E741 - the table's own letter


# --- left half-way -------------------------------------------------------------------------------


def test_a_sign_opened_and_nothing_ticked_is_nudged_and_paged() -> None:
    """Three minutes: a nudge; eight: a page at immediate, marked unfinished, and the numbers."""
    family = at("urine")
    assert "nudge.still_there" not in family.hears(minutes=2.9)
    assert "nudge.still_there" in family.hears(minutes=0.2)
    assert family.scene.page is None
    heard = family.hears(minutes=5)
    page = family.scene.page
    assert page is not None
    assert (page.level, page.reason) == (I, Reason.unfinished)
    assert {"left.alone", "way.clinic"} <= heard


def test_what_is_up_is_paged_at_its_level_and_never_below_immediate() -> None:
    """A finding at same day, left half-way: immediate."""
    family = at("head")
    family.taps("t:infection_sign")
    assert family.level is Urgency.same_day
    family.taps("next")
    family.forward(minutes=8)
    assert family.scene.page is not None
    assert family.scene.page.level is I


def test_where_nothing_was_answered_one_nudge_and_rest() -> None:
    """The bare sweep: a nudge, and never a page."""
    family = at_home()
    family.taps("open:sweep")
    assert "nudge.still_there" in family.hears(minutes=3)
    assert family.forward(hours=6) == []
    assert family.scene.page is None


def test_home_alone_is_not_nudged() -> None:
    """Who looked at the list of signs and left is left in peace."""
    family = at_home()
    assert family.forward(hours=6) == []


def test_each_input_begins_the_wait_anew() -> None:
    """Somebody who goes on answering is not nudged; a nudge itself is no input."""
    family = at("faint")
    for _ in range(4):
        assert family.forward(minutes=2.9) == []
        family.taps("t:pale_and_weak")


def test_just_looking_closes_what_nothing_was_answered_in() -> None:
    """The nudge offers it; with a finding that counts it closes nothing."""
    family = at("urine")
    family.forward(minutes=3)
    family.taps("looking")
    assert family.scene.assessment is None
    assert "after.looking" in family.heard()
    assert family.forward(hours=1) == []
    sick = at("head")
    sick.taps("t:infection_sign")
    sick.forward(minutes=3)
    sick.taps("looking")
    assert sick.scene.assessment is not None
    sick.forward(minutes=8)
    assert sick.scene.page is not None


def test_nudges_stop_once_advice_is_out() -> None:
    """After "call now" nobody is asked whether they are still there."""
    family = at("liver")
    family.taps("t:jaundice")
    assert "nudge.still_there" not in family.hears(hours=3)


def test_no_danger_found_is_no_advice() -> None:
    """After "no danger sign found" a sign opened and left is nudged and paged like any other."""
    family = at_home()
    family.taps("open:sweep")
    family.taps("swept")
    family.taps("swept")
    family.taps("x:very_worried:no")
    assert family.told is Urgency.routine
    family.says("urine")
    assert "nudge.still_there" in family.hears(minutes=3)
    family.forward(minutes=5)
    assert family.scene.page is not None


def test_a_stale_nudge_says_nothing() -> None:
    """A nudge or a limit that comes after the advice changes nothing."""
    family = at("liver")
    old = [t for t in family.timers.values() if t.kind in ("nudge", "left")]
    family.taps("t:jaundice")
    page = family.scene.page
    for timer in old:
        family.fires(timer)
        assert family.said == []
    assert family.scene.page == page


# --- questions that stand open -------------------------------------------------------------------


def test_a_guess_counts_after_three_minutes_of_silence() -> None:
    """Two findings in free text, no answer: both count, as not sure."""
    family = at_home()
    family.says("for some hours now he is rather dizzy, and this morning he had bleeding gums")
    assert family.state == "proposal"
    family.forward(minutes=2.9)
    assert family.told is None
    family.forward(minutes=0.2)
    assert {family.answer("light_headed"), family.answer("nose_or_gum_bleed")} == {"unknown"}
    assert family.scene.page is not None


def test_a_guessed_number_counts_as_the_number() -> None:
    """A reading within other words, not confirmed: it is that reading."""
    family = at_home()
    family.says("we looked at the old device again and it stood at 38.7 this time")
    assert family.told is None
    family.forward(minutes=3)
    assert family.told is I


def test_a_later_guess_has_three_minutes_of_its_own() -> None:
    """What was said at the second minute is not counted at the third."""
    family = at_home()
    family.says("I think since this morning he might have new bruises on his left arm")
    family.forward(minutes=2)
    family.says("and he also told his father that he is dizzy when he is getting up")
    family.forward(minutes=1)
    assert (family.answer("bruising"), family.answer("light_headed")) == ("unknown", "")


def test_a_guess_answered_in_time_is_not_answered_again() -> None:
    """A stale limit of a guess changes nothing."""
    family = at_home()
    family.says("I think since this morning he might have new bruises on his left arm")
    old = next(t for t in family.timers.values() if t.kind == "proposal")
    family.taps("p:no")
    family.fires(old)
    assert family.answer("bruising") == ""


def test_a_question_is_not_counted_while_nobody_sees_it() -> None:
    """At home beside the assessment the question about the course is not put, nor answered."""
    family = at("faint")
    family.taps("t:light_headed")
    family.taps("home")
    family.taps("called")
    assert "context.infusion_within_24h.question" in family.heard()
    other = at("faint")
    other.taps("t:light_headed")
    other.says("/setup")
    other.forward(minutes=10)
    assert other.answer("infusion_within_24h") == ""
    assert other.told is I


def test_three_minutes_after_call_now_the_graver_is_asked() -> None:
    """Nobody said "I have called": after three minutes what could be an emergency is asked."""
    family = at("faint")
    family.taps("t:light_headed")
    assert "context.infusion_within_24h.question" in family.hears(minutes=3)
    family.taps("x:infusion_within_24h:yes")
    assert family.told is Urgency.emergency


def test_silence_about_the_course_at_immediate_is_an_emergency() -> None:
    """Asked and not answered for three minutes: an infusion is supposed."""
    family = at("faint")
    family.taps("t:light_headed")
    family.taps("called")
    family.forward(minutes=3)
    assert family.told is Urgency.emergency


def test_a_question_put_aside_gets_its_time_again() -> None:
    """Another sign opened and left between: three minutes begin when it is put again."""
    family = at("fever")
    family.says("37.7")
    family.taps("next")
    family.forward(minutes=1)
    family.says("urine")
    family.forward(minutes=4)
    family.taps("next")
    family.forward(minutes=1)
    assert family.answer("fever_medicine_6h") == ""


@pytest.mark.parametrize("kind", ["context", "proposal", "nudge"])
def test_a_timer_without_an_assessment_is_stale(kind: str) -> None:
    """What belonged to an assessment that is over does nothing."""
    family = at_home()
    family.fires(Timer(f"{kind}:assessment:1", family.now, kind, person_id=1))
    assert family.said == []


def test_a_question_that_is_gone_is_not_answered() -> None:
    """A stale limit of a question about the course changes nothing."""
    family = at("fever")
    family.says("37.7")
    family.taps("next")
    old = next(t for t in family.timers.values() if t.kind == "context")
    family.taps("back")
    before = family.records
    family.fires(old)
    assert family.records == before


# --- did you reach someone? ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "token", "minutes"), [("urine", "t:no_urine_8h", 15), ("breathing", "t:grunting", 5)]
)
def test_the_family_is_asked_whether_it_reached_someone(
    sign: str, token: str, minutes: int
) -> None:
    """After 15 minutes at immediate, 5 at emergency."""
    family = at(sign)
    family.taps(token)
    assert "check.reached" not in family.hears(minutes=minutes - 0.1)
    assert "check.reached" in family.hears(minutes=0.2)


def test_nobody_reached_raises_the_page_and_offers_the_next_number() -> None:
    """ "Nobody answers": the page is raised again, the numbers with the department are given."""
    family = at("liver")
    family.taps("t:jaundice")
    before = family.scene.page
    assert before is not None
    family.forward(minutes=16)
    family.taps("not_reached")
    page = family.scene.page
    assert page is not None
    assert page.raises > before.raises
    assert {"after.no_answer_alone", "way.department_unknown"} <= family.heard()


def test_someone_reached_ends_the_checks() -> None:
    """ "I reached someone" is good news, and is asked once."""
    family = at("liver")
    family.taps("t:jaundice")
    old = next(t for t in family.timers.values() if t.kind == "reached")
    family.forward(minutes=16)
    family.taps("reached")
    assert "after.reached" in family.heard()
    family.fires(old)
    assert family.said == []


def test_a_rise_asks_sooner() -> None:
    """An emergency after "call now" moves the check to five minutes from then."""
    family = at("breathing")
    family.taps("t:breathless_on_effort")
    family.forward(minutes=2)
    family.taps("t:chest_pain")
    assert "check.reached" in family.hears(minutes=5.1)


def test_the_check_outlives_its_assessment() -> None:
    """Started again: the check comes, and "nobody answers" raises the page all the same."""
    family = at("liver")
    family.taps("t:jaundice")
    family.says("/again")
    assert "check.reached" in family.hears(minutes=16)
    before = family.scene.page
    family.taps("not_reached")
    assert before is not None
    assert family.scene.page is not None
    assert family.scene.page.raises > before.raises
    family.taps("called")
    assert "after.called" in family.heard()


def test_nobody_answers_after_everything_is_over_pages_anew() -> None:
    """Page resolved, assessment closed, an old button: still somebody who reaches nobody."""
    family = at("liver")
    family.taps("t:jaundice")
    family.says("/again")
    family.scene = replace(family.scene, page=None)
    family.taps("no_answer")
    assert family.scene.page is not None
    assert family.scene.page.level is I


def test_a_check_older_than_two_hours_asks_how_he_is() -> None:
    """After an outage the question fits the hour, and its buttons still say whether they reached
    someone."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    for key in [k for k, t in family.timers.items() if t.kind != "reached"]:
        del family.timers[key]
    assert "check.how_now" in family.outage(hours=2, minutes=16)
    assert family.offered() == ["reached", "not_reached"]


# --- what goes on across commands ----------------------------------------------------------------


@pytest.mark.parametrize("words", ["/help", "/about", "/language", "/home", "/setup", "/start"])
def test_asides_keep_the_timers(words: str) -> None:
    """Help, a language, home: silence afterwards is counted as before."""
    family = at("urine")
    family.taps("t:painful_urine_or_red_skin")
    before = family.told
    family.says(words)
    assert family.told == before
    assert {"reached", "closes"} <= family.waits
    other = at("urine")
    other.says(words)
    assert {"nudge", "left", "closes"} <= other.waits


def test_a_change_of_language_keeps_level_and_timers() -> None:
    """In mid-assessment the screen comes again in the new language."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.says("/language")
    family.taps("lang:he")
    assert family.scene.person.language == "he"
    assert family.told is I
    assert family.state == "sign_urine"
    assert "reached" in family.waits


@pytest.mark.parametrize("words", ["/stop", "/again"])
def test_stopping_tells_what_stands_first(words: str) -> None:
    """A finding at same day, not told yet: it is told, and paged as unfinished."""
    family = at("head")
    family.taps("t:infection_sign")
    assert family.told is None
    family.says(words)
    assert "advice.same_day.first" in family.heard()
    assert family.scene.page is not None
    assert family.scene.page.reason is Reason.unfinished


def test_stop_keeps_what_was_told() -> None:
    """After "call now" stop makes no noise and loses nothing: buttons, check and level stay."""
    family = at("liver")
    family.taps("t:jaundice")
    family.says("/stop")
    assert family.heard() >= {"stop.text"}
    assert family.told is I
    assert "reached" in family.waits


def test_stop_where_nothing_was_found_closes() -> None:
    """Nothing up: stop ends the assessment, and no timer is left."""
    family = at("urine")
    family.says("/stop")
    assert family.scene.assessment is None
    assert family.forward(hours=20) == []
    assert at_home().says("/stop").scene.assessment is None


def test_start_again_closes_and_the_page_stays() -> None:
    """A new assessment begins with nothing; what was paged is still paged."""
    family = at("liver")
    family.taps("t:jaundice")
    family.says("/again")
    assert family.scene.assessment is None
    assert family.scene.page is not None
    assert family.state == "home"


def test_the_timers_of_a_rehearsal_run_faster() -> None:
    """At a scale of 60 a nudge of three minutes comes after three seconds."""
    family = Family(house=replace(Family().house, pace=replace(Family().house.pace, scale=60)))
    family.says("/start")
    family.taps("now")
    family.taps("open:urine")
    nudge = next(t for t in family.timers.values() if t.kind == "nudge")
    assert nudge.due_at - family.now == timedelta(seconds=3)
