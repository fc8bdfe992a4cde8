"""Ticks, bands, Next, "I can't tell", the sweep and Back: what each does to the records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.answering import finding_of, number_of
from flows.backing import back
from flows.message import Mark
from flows.record import Answer, Answered, By, Finished, Opened, Withdrawn
from flows.turn import Turn
from flows.urgency import Urgency
from tests.flows.family import NIGHT, Family, blank_scene, shipped
from tests.flows.test_conversation import at, at_home


def marks(family: Family) -> dict[str, Mark]:
    """How the choices of the last message are marked."""
    shown = [c for said in family.said for row in said.choices for c in row]
    return {c.token.split(".", 1)[-1]: c.mark for c in shown}


# --- ticks ---------------------------------------------------------------------------------------


def test_a_tick_goes_from_yes_to_not_sure_to_clear() -> None:
    """First tap yes, second not sure, third clear, and each is judged in its turn."""
    family = at("faint")
    found = []
    for _ in range(4):
        family.taps("t:pale_and_weak")
        found.append((family.answer("pale_and_weak"), marks(family)["t:pale_and_weak"].value))
    assert found == [("yes", "yes"), ("unknown", "unsure"), ("", "none"), ("yes", "yes")]


def test_clearing_keeps_what_was_said_in_the_records() -> None:
    """A tick taken back is withdrawn, not lost."""
    family = at("faint")
    for _ in range(3):
        family.taps("t:pale_and_weak")
    kinds = [record.kind for record in family.records]
    assert kinds == ["opened", "answered", "answered", "withdrawn", "withdrawn"]


def test_a_correction_after_the_advice_changes_no_level() -> None:
    """Jaundice cleared after "call now": what was told stands, and so does the page."""
    family = at("liver")
    for _ in range(3):
        family.taps("t:jaundice")
    assert family.level is Urgency.routine
    assert family.told is Urgency.immediate
    assert family.scene.page is not None
    family.taps("until")
    assert "until.immediate" in family.heard()


def test_a_denied_finding_can_be_ticked_after_all() -> None:
    """What became no by Next is yes with one tap."""
    family = at("faint")
    family.taps("next")
    family.says("faint")
    family.taps("t:pale_and_weak")
    assert family.answer("pale_and_weak") == "yes"


def test_a_band_is_a_number_then_not_sure_then_clear() -> None:
    """A count's band is its lowest number; not sure stands for the band at same day."""
    family = at("stomach")
    family.taps("c:vomiting_24h:2")
    assert [r.number for r in family.records if isinstance(r, Answered)] == [2]
    assert family.level is Urgency.same_day
    family.taps("c:vomiting_24h:2")
    assert (family.answer("vomiting_24h"), family.level) == ("unknown", Urgency.same_day)
    family.taps("c:vomiting_24h:2")
    assert family.answer("vomiting_24h") == ""


def test_another_band_takes_the_place_of_the_first() -> None:
    """Two to five, and then six or more: the last tap counts."""
    family = at("stomach")
    family.taps("c:diarrhoea_over_usual:4")
    family.taps("c:diarrhoea_over_usual:7")
    assert family.told is Urgency.immediate
    assert marks(family)["c:diarrhoea_over_usual:7"] is Mark.yes


def test_bands_are_shown_worst_first() -> None:
    """Six or more, two to five, once."""
    family = at("stomach")
    offered = [token for token in family.offered() if token.startswith("c:vomiting")]
    assert offered == [f"c:vomiting_24h:{low}" for low in (6, 2, 1)]


# --- leaving a screen ----------------------------------------------------------------------------


def test_unmarked_becomes_no_only_at_next() -> None:
    """Before Next nothing is denied; with it all that is unmarked is, recorded as such."""
    family = at("urine")
    family.taps("t:painful_urine_or_red_skin")
    assert family.answer("no_urine_8h") == ""
    family.taps("next")
    assert (family.answer("no_urine_8h"), family.by("no_urine_8h")) == ("no", "next")
    assert family.answer("painful_urine_or_red_skin") == "yes"


def test_next_without_an_open_sign_does_nothing() -> None:
    """A "Next" that belongs to no screen denies nothing."""
    family = at_home()
    family.taps("open:sweep")
    serial = family.scene.conversation.screen.serial
    before = family.records
    for verb in ("next", "each", "p:yes"):
        family.taps_old(f"{serial}.{verb}")
        serial = family.scene.conversation.screen.serial
    assert family.records == before


def test_swept_elsewhere_does_nothing() -> None:
    """The sweep's "Next" on another screen denies nothing."""
    family = at("urine")
    serial = family.scene.conversation.screen.serial
    before = family.records
    family.taps_old(f"{serial}.swept")
    assert family.records == before


# --- I can't tell --------------------------------------------------------------------------------


def test_i_cannot_tell_asks_the_findings_one_by_one() -> None:
    """Worst first, each yes, no or not sure; after the last the sign is done."""
    family = at("urine")
    family.taps("each")
    for id in family.house.protocol.signs["urine"].findings:
        assert family.offered()[0] == f"e:{id}:yes"
        family.taps(f"e:{id}:no")
    assert family.state == "sweep"
    assert family.by("no_urine_12h") == "tap"


def test_not_sure_belongs_to_a_finding_and_counts_as_yes() -> None:
    """ "I can't tell" decides nothing; a finding that nobody can tell counts."""
    family = at("liver")
    family.taps("each")
    assert family.told is None
    family.taps("e:jaundice:unknown")
    assert family.told == Urgency.immediate


def test_a_number_asked_by_itself_is_answered_by_a_number() -> None:
    """Asked one by one, a count shows its bands, and takes a typed number."""
    family = at("stomach")
    family.taps("each")
    family.taps("e:diarrhoea_blood:no")
    family.taps("e:cannot_keep_down:no")
    assert "each.how_often" in family.heard()
    family.taps("c:vomiting_24h:1")
    family.says("7 times")
    assert family.told is Urgency.immediate


def test_a_temperature_asked_by_itself_takes_a_reading() -> None:
    """There is no "yes" to a temperature: a reading, none and not hot, or not sure."""
    for reply, level in (("36.6", None), ("38.1", Urgency.immediate)):
        family = at("fever")
        family.taps("each")
        assert family.offered()[:2] == ["cool", "e:temperature:unknown"]
        family.says(reply)
        assert family.told == level
    family = at("fever")
    family.taps("each")
    family.taps("e:temperature:unknown")
    assert family.told is Urgency.immediate


def test_the_last_finding_asked_by_itself_may_be_a_number() -> None:
    """A reading, a band or a typed number as the last answer ends the sign too."""
    family = at("fever")
    run = family.scene.assessment
    assert run is not None
    others = family.house.protocol.signs["fever"].findings[1:]
    denied = tuple(Answered(NIGHT, id, Answer.no, By.tap) for id in others)
    run = replace(run, records=run.records + denied)
    family.scene = replace(family.scene, assessment=run)
    family.taps("each")
    family.says("36.6")
    assert family.state == "context"


# --- the thermometer -----------------------------------------------------------------------------


def test_no_thermometer_and_not_hot_is_denied_with_advice() -> None:
    """Denied, how to get one is said, the choice shows its mark, and a second tap clears it."""
    family = at("fever")
    family.taps("cool")
    assert family.answer("temperature") == "no"
    assert "reading.get_thermometer" in family.heard()
    assert marks(family)["cool"] is Mark.yes
    family.taps("cool")
    assert family.answer("temperature") == ""


def test_told_hot_counts_beside_a_normal_reading() -> None:
    """36.6 on the thermometer, and hot to the touch: call now."""
    family = at("fever")
    family.says("36.6")
    family.taps("t:hot_no_reading")
    assert family.told is Urgency.immediate


def test_a_reading_is_shown_and_not_taken_back_by_a_tap() -> None:
    """The screen says what was read; "no thermometer" is gone, and an old one changes nothing."""
    family = at("fever")
    family.says("36.6")
    assert "screen.reading_noted" in family.heard()
    assert "cool" not in family.offered()
    serial = family.scene.conversation.screen.serial
    family.taps_old(f"{serial}.cool")
    assert family.answer("temperature") == "yes"


# --- the sweep -----------------------------------------------------------------------------------


def test_every_finding_of_a_line_stands_on_the_screen_it_opens() -> None:
    """What a line names can be told on its sign: nothing is denied unseen."""
    protocol = shipped().protocol
    for line in protocol.sweep:
        assert set(line.findings) <= set(protocol.signs[line.opens].findings), line.id


def test_both_screens_ask_for_every_finding() -> None:
    """All emergencies on the first, the rest on the second: all but the alarm."""
    protocol = shipped().protocol
    lines = {id for line in protocol.sweep for id in line.findings}
    assert lines == set(protocol.findings) - {protocol.alarm}


def test_a_denied_line_denies_its_findings_as_the_sweep() -> None:
    """ "None of these" is recorded for each finding, by the sweep."""
    family = at_home()
    family.taps("open:sweep")
    family.taps("swept")
    assert (family.answer("grunting"), family.by("grunting")) == ("no", "sweep")
    assert family.answer("chills") == ""


def test_a_line_that_may_hold_opens_its_sign() -> None:
    """A ticked line opens the sign; what holds there marks the line, what was denied does not."""
    family = at_home()
    family.taps("open:sweep")
    family.taps("line:now_bleeding")
    assert family.state == "sign_bleeding"
    family.taps("next")
    assert family.state == "sweep"
    assert marks(family)["line:now_bleeding"] is Mark.none
    family.taps("swept")
    family.taps("line:rest_head")
    family.taps("t:headache_new")
    family.taps("t:headache_new")
    family.taps("next")
    assert marks(family)["line:rest_head"] is Mark.unsure


def test_an_opened_line_is_never_denied_by_the_sweep() -> None:
    """What an opened line names and its sign does not show stays unanswered."""
    protocol = shipped().protocol
    short = replace(protocol.signs["head"], findings=("headache_new",))
    house = replace(shipped(), protocol=replace(protocol, signs={**protocol.signs, "head": short}))
    family = Family(house=house)
    family.says("/start")
    family.taps("now")
    family.taps("open:sweep")
    family.taps("swept")
    family.taps("line:rest_head")
    family.taps("next")
    family.taps("swept")
    assert family.answer("pox_contact") == ""
    assert family.answer("line_red") == "no"


def test_a_line_that_is_gone_shows_the_screen() -> None:
    """An id that no longer exists opens nothing."""
    family = at_home()
    family.taps("open:sweep")
    serial = family.scene.conversation.screen.serial
    family.taps_old(f"{serial}.line:gone")
    assert family.state == "sweep"


# --- back ----------------------------------------------------------------------------------------


def test_back_on_a_sign_leads_home_and_keeps_its_ticks() -> None:
    """The screen is left, what was ticked stays ticked."""
    family = at("faint")
    family.taps("t:pale_and_weak")
    family.taps("back")
    assert family.state == "home"
    assert family.answer("pale_and_weak") == "yes"


def test_back_on_the_second_sign_shows_the_first() -> None:
    """The earlier open screen comes back."""
    family = at("urine")
    family.says("fever")
    family.taps("back")
    assert family.state == "sign_urine"


def test_back_in_the_sweep_shows_the_sign_with_its_denials_gone() -> None:
    """What Next denied is unanswered again."""
    family = at("urine")
    family.taps("next")
    family.taps("back")
    assert family.state == "sign_urine"
    assert family.answer("no_urine_8h") == ""


def test_back_on_the_second_screen_of_the_sweep_shows_the_first() -> None:
    """And from the first, home."""
    family = at_home()
    family.taps("open:sweep")
    family.taps("swept")
    family.taps("back")
    assert "sweep.now" in family.heard()
    assert family.answer("fit") == ""
    family.taps("back")
    assert family.state == "home"


def test_back_from_a_question_about_the_course_shows_the_sign() -> None:
    """The question is asked anew when it comes again, and its three minutes begin again."""
    family = at("fever")
    family.says("37.7")
    family.taps("next")
    assert family.state == "context"
    family.forward(minutes=2)
    family.taps("back")
    assert family.state == "sign_fever"
    family.taps("next")
    family.forward(minutes=2)
    assert family.answer("fever_medicine_6h") == ""
    family.forward(minutes=1)
    assert family.answer("fever_medicine_6h") == "unknown"


def test_back_from_the_second_question_asks_the_first_again() -> None:
    """An answer about the course is taken back with its question."""
    family = at("fever")
    family.says("37.7")
    family.taps("next")
    family.taps("x:fever_medicine_6h:no")
    family.taps("back")
    assert family.answer("fever_medicine_6h") == ""
    assert "context.fever_medicine_6h.question" in family.heard()


def test_back_among_single_questions_takes_back_the_last() -> None:
    """One by one: back to the finding before, and from the first to the list."""
    family = at("urine")
    family.taps("each")
    family.taps("e:no_urine_12h:no")
    family.taps("back")
    assert family.offered()[0] == "e:no_urine_12h:yes"
    family.taps("back")
    assert "next" in family.offered()
    family.taps("each")
    family.taps("home")
    family.says("urine")
    assert family.state == "sign_urine"


def test_leaving_the_list_forgets_i_cannot_tell() -> None:
    """Back from the list after an advice: opened again, it is a list."""
    family = at("liver")
    family.taps("each")
    family.taps("e:jaundice:yes")
    family.taps("back")
    family.says("belly")
    assert "t:dark_urine" in family.offered()


def test_back_never_takes_back_a_yes_or_a_guess() -> None:
    """A guess waits for its answer; a typed finding and a reading stay."""
    family = at_home()
    family.says("there are new bruises on both of his arms and legs since yesterday")
    family.says("/back")
    assert family.state == "home"
    family.forward(minutes=3)
    assert family.answer("bruising") == "unknown"
    for _ in range(9):
        family.says("/back")
    assert family.answer("bruising") == "unknown"


def test_back_at_the_outcome_asks_the_last_question_again() -> None:
    """The worry was answered by mistake: it is asked again, and what was told stands."""
    family = at_home()
    family.taps("open:sweep")
    family.taps("swept")
    family.taps("swept")
    family.taps("x:very_worried:no")
    family.says("/back")
    assert "context.very_worried.question" in family.heard()
    assert family.told is Urgency.routine


def test_back_after_the_alarm_shows_home() -> None:
    """An emergency in one tap has no screen to go back to."""
    family = at_home()
    family.taps("t:danger_now")
    family.says("/back")
    assert family.state == "home"
    assert family.answer("danger_now") == "yes"


def test_back_without_an_assessment_is_home() -> None:
    """Nothing was begun: home."""
    turn = back(Turn(blank_scene()), shipped(), NIGHT)
    assert turn.scene.conversation.aside == "home"


def test_back_from_home_returns_to_the_screen() -> None:
    """Home is beside the assessment: one step back is the screen that was left."""
    family = at("urine")
    family.taps("home")
    family.says("/back")
    assert family.state == "sign_urine"
    other = at_home()
    other.says("/back")
    assert other.state == "home"


def test_a_leaving_is_undone_with_its_own_denials_only() -> None:
    """Two signs left one after the other: Back undoes the second alone."""
    family = at("urine")
    family.taps("next")
    family.forward(minutes=1)
    family.says("central line")
    family.taps("next")
    family.taps("back")
    assert (family.answer("no_urine_8h"), family.answer("line_red")) == ("no", "")
    kinds = [type(r) for r in family.records]
    assert kinds.count(Opened) == kinds.count(Finished) == 2
    assert Withdrawn in kinds


# --- tokens --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "finding", "number"),
    [
        ("t:fit", "fit", None),
        ("c:vomiting_24h:6", "vomiting_24h", 6),
        ("c:vomiting_24h:x", "vomiting_24h", None),
        ("e:fit:yes", "fit", None),
        ("e:fit:unknown", "fit", None),
        ("e:fit:no", "", None),
        ("open:fever", "", None),
        ("", "", None),
    ],
)
def test_a_token_says_a_finding_and_its_number(
    token: str, finding: str, number: int | None
) -> None:
    """Which finding an old button says yes to, and how often."""
    assert (finding_of(token), number_of(token)) == (finding, number)


def test_the_sweep_opens_a_sign_that_holds_before_it_denies() -> None:
    """37.7 in words, confirmed, and its sign left by Back: the fever line is marked, and its sign
    is shown before it is denied."""
    family = at_home()
    family.taps("open:urine")
    family.taps("next")
    family.says("grandmother says that yesterday evening it was about 37.7 on her old one")
    family.taps("p:yes")
    family.taps("back")
    for id in ("fever_medicine_6h", "steroid_6h"):
        family.taps(f"x:{id}:no")
    family.taps("swept")
    assert marks(family)["line:rest_fever"] is Mark.yes
    family.taps("swept")
    assert family.state == "sign_fever"
    assert family.answer("nausea") == ""
    family.taps("back")
    assert family.state == "sweep"
    family.taps("swept")
    family.taps("next")
    assert (family.answer("chills"), family.by("chills")) == ("no", "next")
    family.taps("swept")
    assert family.answer("nausea") == "no"
