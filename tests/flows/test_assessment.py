"""The records: what stands, what it comes to, and which question is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from flows.assessment import next_step, pending, standing, told
from flows.evidence import contacts, denied_by_sweep, own_level, persisting, positive, readings
from flows.message import InboundKind
from flows.pace import Pace
from flows.record import (
    Answer,
    Answered,
    By,
    Finished,
    Opened,
    Proposed,
    Record,
    Reported,
    Told,
    Withdrawn,
)
from flows.scene import Assessment, Scene
from flows.urgency import Urgency
from tests.flows.family import NIGHT, Family, blank_scene, shipped

E, S, R = Urgency.emergency, Urgency.same_day, Urgency.routine
I = Urgency.immediate  # noqa: E741 - the table's own letter


def run(*records: Record, id: int = 9, at: datetime = NIGHT) -> Assessment:
    """An assessment of these records."""
    return Assessment(id, 1, 1, at, "p", records, at)


def ago(hours: float) -> datetime:
    """An instant before the night of the tests."""
    return NIGHT - timedelta(hours=hours)


def yes(id: str, at: datetime = NIGHT, number: str | None = None) -> Answered:
    """An answer yes, or a number."""
    return Answered(at, id, Answer.yes, By.tap, Decimal(number) if number else None)


def no(id: str, at: datetime = NIGHT) -> Answered:
    """An answer no."""
    return Answered(at, id, Answer.no, By.tap)


def earlier(hours: float, *records: Record, id: int = 1) -> Assessment:
    """An assessment that was begun, and closed, so many hours ago."""
    return replace(run(*records, id=id, at=ago(hours)), closed_at=ago(hours - 0.5))


def scene(*past: Assessment, now: Assessment | None = None) -> Scene:
    """A scene with earlier assessments and an open one."""
    return replace(blank_scene(), past=past, assessment=now)


def family(*past: Assessment) -> Family:
    """A family that was here before."""
    return Family(replace(blank_scene(), past=past))


# --- what stands ---------------------------------------------------------------------------------


def test_what_was_withdrawn_stands_no_more() -> None:
    """A withdrawal takes one record out, and stays in the list itself."""
    kept, gone = no("fit"), yes("fit")
    records = (kept, gone, Withdrawn(NIGHT, 1))
    assert standing(records) == (kept,)


def test_what_was_told_is_the_gravest_ever_told() -> None:
    """A level told is never less because a later one was told too."""
    levels = (Told(NIGHT, level, (), "en", "p", ()) for level in (S, E, I))
    assert told(run(*levels)) is E
    assert told(run()) is None
    assert told(None) is None


def test_each_number_waits_for_its_own_answer() -> None:
    """Two readings put back are two questions: the answer to one settles only that one."""
    high = Proposed(NIGHT, "temperature", "w", Decimal("38.9"))
    low = Proposed(NIGHT, "temperature", "w", Decimal("36.6"))
    answered = Answered(NIGHT, "temperature", Answer.yes, By.confirmed, Decimal("36.6"))
    assert pending(run(high, low, answered)) == high
    assert pending(run(Proposed(NIGHT, "fit", "w"), yes("fit"))) is None


# --- readings ------------------------------------------------------------------------------------


def test_a_reading_counts_for_24_hours_in_every_assessment() -> None:
    """38.4 yesterday makes today's assessment urgent at once, until 24 hours have passed."""
    for hours, level in ((23.9, I), (24.1, None)):
        here = family(
            earlier(hours, Opened(ago(hours), "fever"), yes("temperature", ago(hours), "38.4"))
        )
        here.says("/start")
        here.taps("now")
        here.taps("open:urine")
        assert here.told == level


def test_readings_are_those_of_all_assessments() -> None:
    """Earlier readings count beside those of now, withdrawn ones do not."""
    before = earlier(
        5,
        yes("temperature", ago(5), "37.7"),
        yes("temperature", ago(4), "36.1"),
        Withdrawn(ago(4), 1),
    )
    here = scene(before, now=run(yes("temperature", number="37.8")))
    assert [str(c) for _, c in readings(shipped(), here, NIGHT)] == ["37.7", "37.8"]


def test_a_second_grey_reading_within_a_day_is_urgent() -> None:
    """37.6 now and 37.8 three hours ago: call now."""
    here = family(earlier(3, Opened(ago(3), "fever"), yes("temperature", ago(3), "37.8")))
    here.says("37.6")
    assert here.told is I


def test_elapsed_time_runs_at_the_house_s_pace() -> None:
    """In a rehearsal at 60 a reading of half an hour ago is thirty hours old."""
    here = scene(earlier(0.5, yes("temperature", ago(0.5), "38.4")), now=run())
    assert readings(replace(shipped(), pace=Pace(60)), here, NIGHT) == ()


# --- contacts ------------------------------------------------------------------------------------


def test_contacts_are_what_the_family_began_with_a_yes() -> None:
    """Closed assessments of the last 24 hours with at least one yes count; abandoned greetings,
    normal readings, what the house opened and what is older do not."""
    sick = yes("nausea", ago(3))
    past = (
        earlier(30, yes("nausea", ago(30))),
        earlier(20, sick),
        earlier(10, no("nausea")),
        earlier(9),
        earlier(8, yes("temperature", ago(8), "36.6")),
        earlier(7, Opened(ago(7), "fever", By.silence), yes("temperature", ago(7), "37.7")),
        earlier(6, Answered(ago(6), "fit", Answer.unknown, By.tap)),
    )
    assert contacts(shipped(), scene(*past), NIGHT) == 2


def test_two_earlier_contacts_count_as_one_finding_at_same_day() -> None:
    """A third contact within a day is at least same day, and with another such finding urgent."""
    past = (earlier(9, yes("nausea", ago(9))), earlier(4, yes("nausea", ago(4))))
    here = family(*past)
    here.says("/start")
    here.taps("now")
    here.taps("more")
    here.taps("open:head")
    assert here.level is S
    here.taps("t:infection_sign")
    assert here.told is I


# --- lasting findings ----------------------------------------------------------------------------


def test_an_s_finding_of_48_hours_is_urgent() -> None:
    """A cough present 48 hours ago and in every assessment since gives "call now"."""
    for hours, level in ((48.1, I), (47.9, None)):
        past = (
            earlier(hours, yes("infection_sign", ago(hours)), id=1),
            earlier(20, yes("infection_sign", ago(20)), id=2),
        )
        here = family(*past)
        here.says("cough")
        assert here.told == level, hours


def test_a_denial_between_breaks_the_row() -> None:
    """A cough that was gone yesterday began anew; an assessment that did not ask proves nothing."""
    old, asked = (
        earlier(50, yes("infection_sign", ago(50))),
        earlier(20, no("infection_sign", ago(20))),
    )
    other = earlier(10, yes("nausea", ago(10)))
    now = run(yes("infection_sign"))
    assert persisting(shipped(), scene(old, asked, now=now), NIGHT) == frozenset()
    assert persisting(shipped(), scene(old, other, now=now), NIGHT) == {"infection_sign"}
    assert persisting(shipped(), scene(old, asked), NIGHT) == frozenset()
    assert persisting(shipped(), scene(other, now=now), NIGHT) == frozenset()


# --- levels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "number", "level"),
    [
        ("fit", None, E),
        ("vomiting_24h", "6", I),
        ("vomiting_24h", "1", R),
        ("vomiting_24h", None, S),
        ("temperature", "38.0", I),
        ("temperature", "36.6", R),
        ("gone", None, R),
    ],
)
def test_each_finding_has_a_level_of_its_own(id: str, number: str | None, level: Urgency) -> None:
    """A finding by itself, in its number; one that no longer exists has none."""
    assert own_level(shipped(), id, Decimal(number) if number else None) is level


def test_a_normal_reading_is_no_yes() -> None:
    """36.6 was measured and means nothing; 37.7 does."""
    protocol = shipped().protocol
    assert positive(protocol, run(yes("temperature", number="36.6"))) == frozenset()
    assert positive(protocol, run(yes("temperature", number="37.7"))) == {"temperature"}


def test_what_the_sweep_denied_is_known_as_such() -> None:
    """A denial by a line of the sweep is told from one that was asked."""
    swept = Answered(NIGHT, "fit", Answer.no, By.sweep)
    assert denied_by_sweep(shipped().protocol, run(swept, no("grunting"))) == ("fit",)


# --- the next step -------------------------------------------------------------------------------


def step(*records: Record) -> tuple[str, str]:
    """What the next step of these records is."""
    found = next_step(shipped(), scene(now=run(*records)), NIGHT)
    assert found is not None
    return found.state, found.about


def test_a_guess_comes_before_everything() -> None:
    """The pending proposal, then the newest open sign, then the earlier one."""
    signs = (Opened(NIGHT, "urine"), Opened(NIGHT, "fever"))
    assert step(*signs, Proposed(NIGHT, "fit", "w")) == ("proposal", "fit")
    assert step(*signs) == ("sign", "fever")
    assert step(*signs, Finished(NIGHT, "fever")) == ("sign", "urine")
    assert step(*signs, Opened(NIGHT, "urine")) == ("sign", "urine")


def test_a_guess_of_a_finding_that_is_gone_is_not_asked() -> None:
    """After an edit of content an old proposal is passed over."""
    assert step(Proposed(NIGHT, "gone", "w"))[0] == "sweep"


def test_the_sweep_comes_after_signs_and_contexts() -> None:
    """A grey reading asks for the medicines; without one both screens of the sweep follow."""
    grey = (Opened(NIGHT, "fever"), yes("temperature", number="37.7"), Finished(NIGHT, "fever"))
    assert step(*grey) == ("context", "fever_medicine_6h")
    assert step(Opened(NIGHT, "mouth"), Finished(NIGHT, "mouth")) == ("sweep", "1")
    assert step(Finished(NIGHT, "sweep_1")) == ("sweep", "2")


def test_very_worried_is_asked_last() -> None:
    """Below immediate the worry is asked after both screens, and then the outcome stands."""
    both = (Finished(NIGHT, "sweep_1"), Finished(NIGHT, "sweep_2"))
    assert step(*both) == ("context", "very_worried")
    assert step(*both, no("very_worried")) == ("outcome", "")


def test_at_emergency_nothing_more_is_asked() -> None:
    """Once the ambulance was named there is no question: no guess, no course, no sweep."""
    grave = (Told(NIGHT, E, (), "en", "p", ()), yes("light_headed"), Proposed(NIGHT, "fit", "w"))
    assert step(*grave) == ("outcome", "")


def test_at_immediate_only_what_could_be_an_emergency_is_asked() -> None:
    """After "I have called", or three minutes, and only what could still give emergency."""
    urgent = (yes("light_headed"), Told(NIGHT, I, (), "en", "p", ()))
    assert step(*urgent) == ("outcome", "")
    for said in ("called", "waited"):
        assert step(*urgent, Reported(NIGHT, said)) == ("context", "infusion_within_24h")
    harmless = (yes("bruising"), Told(NIGHT, I, (), "en", "p", ()), Reported(NIGHT, "called"))
    assert step(*harmless) == ("outcome", "")


def test_an_advice_ends_the_questions_one_by_one() -> None:
    """After "I can't tell" the findings are asked singly, until an urgent advice is out."""
    here = Family()
    here.says("/start")
    here.taps("now")
    here.taps("open:bleeding")
    here.taps("each")
    assert here.offered()[:3] == [f"e:bleeding_wont_stop:{a}" for a in ("yes", "no", "unknown")]
    for _ in range(7):
        here.taps_old(here.scene.conversation.screen.tokens[1])
    here.taps("e:nose_or_gum_bleed:yes")
    assert here.told is I
    assert "t:bruising" in here.offered()


def test_without_an_assessment_there_is_no_step() -> None:
    """Nothing is next where nothing was begun."""
    assert next_step(shipped(), blank_scene(), NIGHT) is None


# --- reading again -------------------------------------------------------------------------------


def grey(reading: str = "37.6") -> Family:
    """A family with one doubtful reading, all else denied."""
    here = Family()
    here.says("/start")
    here.says(reading)
    here.taps("next")
    return here


def finish(here: Family, **contexts: str) -> Family:
    """Answer the questions about the course, deny the sweep and the worry."""
    for _ in range(9):
        found = next_step(here.house, here.scene, here.now)
        if found is None or found.state == "outcome":
            return here
        if found.state == "sweep":
            here.taps("swept")
        else:
            here.taps(f"x:{found.about}:{contexts.get(found.about, 'no')}")
    raise AssertionError("it never ended")


def test_a_grey_reading_alone_is_same_day_and_asked_again_in_60_minutes() -> None:
    """37.6 with all else denied: speak to someone today, and the next reading after an hour."""
    here = finish(grey())
    assert here.told is S
    assert "reading.planned" in here.all_heard
    assert "check.reading_again" not in here.hears(minutes=59)
    assert "check.reading_again" in here.hears(minutes=1.5)
    assert here.state == "sign_fever"


def test_the_hour_is_counted_from_the_reading() -> None:
    """Talking meanwhile moves neither the question nor the limit."""
    here = finish(grey())
    for _ in range(5):
        here.forward(minutes=11)
        here.says("thank you")
    assert "check.reading_again" in here.hears(minutes=6)


def test_no_reading_for_75_minutes_is_a_fever() -> None:
    """Asked at 60 minutes and silent at 75: call now, and a page."""
    here = finish(grey())
    here.forward(minutes=74)
    assert here.told is S
    here.forward(minutes=2)
    assert here.told is I
    assert here.scene.page is not None
    assert here.scene.page.level is I


@pytest.mark.parametrize(("second", "level"), [("36.8", S), ("37.7", I), ("38.1", I)])
def test_the_second_reading_settles_it(second: str, level: Urgency) -> None:
    """A normal one ends the checks, a grey or a high one is urgent."""
    here = finish(grey())
    here.forward(minutes=61)
    here.says(second)
    assert here.told is level
    assert not here.waits & {"reading_again", "reading_overdue"}


def test_a_later_normal_reading_does_not_ask_for_ever() -> None:
    """After 37.6 and then 36.8 nobody is asked a third time."""
    here = finish(grey())
    here.forward(minutes=61)
    here.says("36.8")
    assert "check.reading_again" not in here.hears(minutes=300)


def test_no_thermometer_any_more_does_not_stop_the_clock() -> None:
    """The doubtful reading stands, whatever is tapped beside it: after 75 minutes it counts."""
    here = finish(grey())
    here.forward(minutes=61)
    with pytest.raises(AssertionError, match="no button"):
        here.offers("cool")
    here.taps("next")
    here.forward(minutes=20)
    assert here.told is I


def test_starting_again_does_not_forget_the_reading() -> None:
    """The check of a doubtful reading outlives its assessment, and the house asks in a new one."""
    here = finish(grey())
    here.says("/again")
    assert here.scene.assessment is None
    assert "check.reading_again" in here.hears(minutes=61)
    here.forward(minutes=15)
    assert here.told is I
    assert contacts(here.house, replace(here.scene, past=(*here.scene.past,)), here.now) == 1


def test_an_overdue_limit_opens_an_assessment_where_none_is() -> None:
    """Started again after the question: silence counts all the same."""
    here = finish(grey())
    here.forward(minutes=61)
    here.says("/again")
    here.forward(minutes=15)
    assert here.told is I


def test_after_an_outage_the_family_gets_its_chance() -> None:
    """Three hours late the question becomes "how is he now?", and the limit begins then."""
    here = finish(grey())
    late = here.outage(hours=5)
    assert "check.how_now" in late
    assert here.told is S
    here.forward(minutes=16)
    assert here.told is I


def test_a_stale_check_changes_nothing() -> None:
    """A check of a reading that is no longer the last one is passed over."""
    here = finish(grey())
    old = next(t for t in here.timers.values() if t.kind == "reading_again")
    here.forward(minutes=30)
    here.says("36.9")
    records = here.records
    here.fires(old)
    assert here.records == records


@pytest.mark.parametrize(
    ("reading", "medicine"), [("36.5", "fever_medicine_6h"), ("37.1", "steroid_6h")]
)
def test_a_masked_reading_is_asked_again_when_the_medicine_wears_off(
    reading: str, medicine: str
) -> None:
    """A normal reading under a medicine is same day; its time unknown, asked again after 4 h."""
    here = finish(grey(reading), **{medicine: "yes"})
    assert here.told is S
    assert "dose.ask" in here.all_heard
    assert "check.reading_again" not in here.hears(hours=3.9)
    assert "check.reading_again" in here.hears(hours=0.2)
    here.forward(hours=3)
    assert here.told is S


@pytest.mark.parametrize(
    ("dose", "hours"), [("0", 6), ("1", 5), ("3", 3), ("5", 1), ("unknown", 4)]
)
def test_the_time_of_the_dose_sets_the_hour(dose: str, hours: int) -> None:
    """Six hours after the dose; not known, four hours from now."""
    here = finish(grey("36.5"), fever_medicine_6h="yes")
    here.taps(f"dose:{dose}")
    assert "reading.planned" in here.heard()
    assert "check.reading_again" not in here.hears(hours=hours - 0.1)
    assert "check.reading_again" in here.hears(hours=0.2)


def test_a_dose_that_matters_no_more_is_noted() -> None:
    """Asked for and answered late, after another reading, it is only noted."""
    here = finish(grey("36.5"), fever_medicine_6h="yes")
    here.says("38.2")
    here.taps("dose:3")
    assert "after.noted" in here.heard()


def test_medicine_with_a_grey_reading_is_urgent() -> None:
    """37.6 with a fever medicine of the last six hours: call now."""
    here = grey()
    here.taps("x:fever_medicine_6h:yes")
    assert here.told is I


def test_an_unanswered_medicine_question_counts_as_yes_after_three_minutes() -> None:
    """Asked and silent: a medicine is supposed."""
    here = grey()
    here.forward(minutes=2.9)
    assert here.answer("fever_medicine_6h") == ""
    here.forward(minutes=0.2)
    assert (here.told, here.answer("fever_medicine_6h")) == (I, "unknown")


def test_unsure_of_a_context_counts_as_yes() -> None:
    """Not sure whether a medicine was given: call now."""
    here = grey()
    here.taps("x:fever_medicine_6h:unknown")
    assert here.told is I


def test_what_was_skipped_in_set_up_counts_as_no_until_asked() -> None:
    """A transplant that nobody asked about is none while judging; asked, not sure is one."""
    for saved, level in ((None, I), (Answer.no, I), (Answer.unknown, E), (Answer.yes, E)):
        here = Family()
        patient = replace(here.scene.patient, previous_transplant=saved)
        here.scene = replace(here.scene, patient=patient)
        here.says("yellow eyes")
        assert here.told is level


def test_an_edited_message_is_a_new_reading() -> None:
    """36.6 edited into 38.6 counts; edited back, the level stands."""
    here = Family()
    here.says("36.6")
    here.says("38.6", InboundKind.edited)
    here.says("36.6", InboundKind.edited)
    assert here.told is I
