"""The turn: first contact, home, danger from any state, stale buttons, and no silent path."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.event import Refused
from flows.message import InboundKind, Urn
from flows.page import PageState
from flows.person import Person
from flows.protocol import Kind
from flows.screen import home
from flows.team import Act
from flows.timer import Due, Timer
from flows.urgency import Urgency
from tests.flows.family import URN, Family, blank_scene, ids, shipped

E, S = Urgency.emergency, Urgency.same_day
I = Urgency.immediate  # noqa: E741 - the table's own letter


def met(language: str = "en") -> Family:
    """A family that was greeted."""
    family = Family()
    family.scene = replace(
        family.scene, person=replace(family.scene.person, language_code=language)
    )
    family.says("/start")
    return family


def at_home() -> Family:
    """A family before the list of signs."""
    family = met()
    family.taps("now")
    return family


def at(sign: str) -> Family:
    """A family before one sign's screen."""
    family = at_home()
    if f"open:{sign}" not in family.offered():
        family.taps("more")
    family.taps(f"open:{sign}")
    return family


# --- first contact -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["he", "en", "he-IL", "fr", ""])
def test_the_first_message_holds_numbers_the_button_and_the_languages(language: str) -> None:
    """In the client's language and in English: ambulance and clinic, "something is wrong now"."""
    family = met(language)
    assert {"way.clinic", "way.ambulance_unknown", "first.demonstration"} <= family.heard()
    assert family.offered() == ["now", *(f"lang:{code}" for code in family.house.languages)]
    spoken = {part.language for part in family.said[0].body}
    assert spoken == ({"he", "en"} if language.startswith("he") else {"en"})


@pytest.mark.parametrize(
    "kind", [InboundKind.voice, InboundKind.photo, InboundKind.sticker, InboundKind.location]
)
def test_any_first_message_is_greeted(kind: InboundKind) -> None:
    """A picture, a voice message or words we do not know: the numbers come first."""
    family = Family()
    family.sends(kind)
    assert "first.greeting" in family.heard()
    other = Family()
    other.says("Добрый день")
    assert "first.greeting" in other.heard()


@pytest.mark.parametrize(
    ("words", "level"), [("38.4", I), ("he collapsed", E), ("new bruises", I), ("not breathing", E)]
)
def test_danger_in_the_first_message_is_advised_at_once(words: str, level: Urgency) -> None:
    """A temperature or a danger word first of all: the advice, and set-up only afterwards."""
    family = Family()
    family.says(words)
    assert family.told is level
    assert family.said[0].body[0].id == f"advice.{level}.first"
    assert {"first.greeting", "setup.notice"}.isdisjoint(family.heard())
    assert "first.demonstration" in family.heard()


def test_a_signed_house_says_nothing_of_a_demonstration() -> None:
    """Where the content is signed neither the greeting nor an advice calls it a demonstration."""
    for words in ("hello", "38.4"):
        family = Family(house=replace(shipped(), demonstration=False))
        family.says(words)
        assert "first.demonstration" not in family.heard()


def test_a_sign_named_first_gets_the_numbers_too() -> None:
    """ "fever" as the first word: the numbers, and right below them the screen."""
    family = Family()
    family.says("fever")
    assert "first.greeting" in family.heard()
    assert family.state == "sign_fever"


def test_set_up_is_offered_after_the_outcome() -> None:
    """Language, consent and set-up come once help was called, and one "Later" puts all off."""
    family = at("urine")
    family.taps("t:no_urine_12h")
    assert "setup.offer" not in family.all_heard
    family.taps("called")
    assert "setup.offer" in family.heard()
    family.taps("later")
    assert "setup.any_time" in family.heard()
    assert family.scene.person.consented_at is None


def test_something_is_wrong_now_goes_straight_home() -> None:
    """Before language, consent and set-up."""
    family = at_home()
    assert family.heard() >= {"home.title"}
    assert family.state == "home"


# --- home ----------------------------------------------------------------------------------------


def test_home_is_one_screen_danger_first() -> None:
    """The alarm, the signs in their order, something else, check everything, questions."""
    family = at_home()
    assert family.offered() == [
        "t:danger_now",
        *(
            f"open:{sign}"
            for sign in "breathing change bleeding fever faint urine liver skin".split()
        ),
        "more",
        "open:sweep",
        "questions",
    ]


def test_the_alarm_is_one_tap() -> None:
    """ "Not breathing, will not wake ...": emergency, and a page, in that turn."""
    family = at_home()
    family.taps("t:danger_now")
    assert family.told is E
    assert family.scene.page is not None
    assert family.scene.page.level is E


def test_something_else_shows_the_signs_beside_the_seven() -> None:
    """Each of them is one tap further, and back home is one tap."""
    family = at_home()
    family.taps("more")
    others = [s.id for s in family.house.protocol.signs.values() if s.menu == "something_else"]
    assert family.offered() == [*(f"open:{sign}" for sign in others), "home"]


def test_questions_give_the_clinic_and_no_assessment() -> None:
    """A question is no symptom: the clinic's lines, set-up, language, about."""
    family = at_home()
    family.taps("questions")
    assert {"way.clinic", "way.whatsapp"} <= family.heard()
    assert family.scene.assessment is None


def test_every_finding_stands_on_a_screen_that_home_leads_to() -> None:
    """By buttons alone every finding can be told: on a sign, or as the alarm."""
    protocol = shipped().protocol
    shown = {id for sign in protocol.signs.values() for id in sign.findings}
    assert shown | {protocol.alarm} == set(protocol.findings)
    first = home(shipped()).rows[0][0]
    assert first.token == f"t:{protocol.alarm}"


# --- effort --------------------------------------------------------------------------------------


def test_a_grave_finding_of_the_seven_is_two_taps_from_home() -> None:
    """One opens its sign, the second says it and brings the advice."""
    protocol = shipped().protocol
    for sign in (s for s in protocol.signs.values() if s.menu == "home"):
        for id in sign.findings:
            if protocol.findings[id].sign not in protocol.seven or id == "temperature":
                continue
            family = at(sign.id)
            family.taps(f"t:{id}")
            assert family.told in (E, I), id


@pytest.mark.parametrize(
    "words", ["38.4", "yellow eyes", "head injury", "Cold, pale, blotchy skin"]
)
def test_a_typed_number_or_name_is_one_input(words: str) -> None:
    """A reading, or the plain name of a grave finding, is advised in the turn that says it."""
    family = at_home()
    family.says(words)
    assert family.told in (E, I)


def test_check_everything_with_nothing_wrong_is_at_most_12_inputs() -> None:
    """Both screens denied and the worry answered: no danger sign found."""
    family = at_home()
    family.taps("open:sweep")
    family.taps("swept")
    family.taps("swept")
    family.taps("x:very_worried:no")
    assert family.told is Urgency.routine
    assert family.count <= 12
    assert family.state == "outcome"


# --- stale buttons -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "token", "level"),
    [
        ("breathing", "t:blue_lips", E),
        ("liver", "t:jaundice", I),
        ("stomach", "c:vomiting_24h:6", I),
    ],
)
def test_an_old_button_of_a_grave_finding_asks_whether_it_is_so_now(
    sign: str, token: str, level: Urgency
) -> None:
    """It counts when confirmed, in its number too, and not before."""
    family = at(sign)
    old = family.button(token).token
    family.taps("home")
    family.taps_old(old)
    assert "proposal.now" in family.heard()
    assert family.told is None
    family.taps("p:yes")
    assert family.level is level
    assert family.told == level


def test_silence_after_an_old_button_is_not_a_no() -> None:
    """Three minutes after "is it happening now?" it counts as not sure, which is yes."""
    family = at("breathing")
    old = family.button("t:blue_lips").token
    family.taps("home")
    family.taps_old(old)
    family.forward(minutes=3)
    assert (family.told, family.answer("blue_lips")) == (E, "unknown")


def test_an_old_button_denied_leaves_nothing() -> None:
    """ "No" takes the question back, and the earlier screen comes again."""
    family = at("liver")
    old = family.button("t:jaundice").token
    family.taps("home")
    family.taps_old(old)
    family.taps("p:no")
    assert family.told is None
    assert family.state == "sign_liver"


@pytest.mark.parametrize(
    "token", ["t:tired", "c:vomiting_24h:1", "next", "e:fit:no", "x:on_ward:yes"]
)
def test_any_other_old_button_shows_the_present_screen(token: str) -> None:
    """What is not grave, or said no, counts for nothing when it is old."""
    family = at("urine")
    before = family.records
    family.taps_old(f"1.{token}")
    assert family.records == before
    assert "sign.urine.means" in family.heard()


def test_a_double_tap_asks_nothing() -> None:
    """The second of two quick taps comes when the list was sent again: it is said already."""
    family = at("liver")
    token = family.button("t:jaundice").token
    family.taps_old(token)
    assert family.told is I
    family.taps_old(token)
    assert family.answer("jaundice") == "yes"
    assert family.state == "sign_liver"


@pytest.mark.parametrize(
    "choice",
    [
        "t:gone",
        "open:gone",
        "c:vomiting_24h",
        "c:vomiting_24h:x",
        "e:fit",
        "x:gone:yes",
        "zzz",
        "s",
        "t",
    ],
)
def test_a_button_that_nobody_made_is_answered(choice: str) -> None:
    """A token of an id that is gone, or no token at all, shows the present screen."""
    family = at("urine")
    before = family.records
    serial = family.scene.conversation.screen.serial
    family.taps_old(f"{serial}.{choice}")
    assert family.records == before
    assert family.said


def test_a_choice_of_an_assessment_that_is_over_shows_home() -> None:
    """After "start again" on another device the open screen's buttons lead home."""
    family = at("urine")
    family.scene = replace(family.scene, assessment=None)
    serial = family.scene.conversation.screen.serial
    family.taps_old(f"{serial}.next")
    assert family.scene.assessment is None
    assert "home.title" in family.heard()


# --- no silent path ------------------------------------------------------------------------------

STATES = (
    "first_contact",
    "setup",
    "home",
    "sign",
    "each",
    "proposal",
    "context",
    "sweep",
    "outcome",
    "grave",
)


def in_state(state: str) -> Family:
    """A family in each kind of state."""
    if state == "first_contact":
        return Family()
    if state == "setup":
        family = met()
        family.taps("lang:en")
        return family
    if state == "home":
        return at_home()
    if state == "proposal":
        family = at_home()
        family.says("since yesterday his arms and legs show new bruises all over them")
        return family
    if state == "grave":
        family = at_home()
        family.taps("t:danger_now")
        return family
    family = at("change" if state == "each" else "fever")
    if state == "each":
        family.taps("each")
    if state == "context":
        family.says("37.7")
        family.taps("next")
    if state in ("sweep", "outcome"):
        family.taps("next")
    if state == "outcome":
        family.taps("swept")
        family.taps("swept")
        family.taps("x:very_worried:no")
    return family


def test_the_states_are_what_they_are_called() -> None:
    """The states of the tests below are those of the machine."""
    found = {state: in_state(state).state for state in STATES}
    assert found == {
        "first_contact": "first_contact",
        "setup": "setup",
        "home": "home",
        "sign": "sign_fever",
        "each": "sign_change",
        "proposal": "proposal",
        "context": "context",
        "sweep": "sweep",
        "outcome": "outcome",
        "grave": "outcome",
    }


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "kind", [k for k in InboundKind if k not in ("blocked", "returned", "tap")]
)
def test_every_kind_of_message_is_answered_in_every_state(state: str, kind: InboundKind) -> None:
    """Voice, photo, sticker, place, contact, edited or empty text: never silence."""
    for words in ("", "γειά σου"):
        family = in_state(state)
        family._sends(kind, text=words)
        assert family.said


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "words", ["/help", "/language", "/stop", "/again", "/back", "/home", "/about"]
)
def test_commands_work_in_every_state_and_lose_no_level(state: str, words: str) -> None:
    """Help, language, stop, start again and back are answered, and what was told stands or its
    page does."""
    family = in_state(state)
    before, page = family.told, family.scene.page
    family.says(words)
    assert family.said
    if family.scene.assessment is not None:
        assert (family.told or Urgency.information) >= (before or Urgency.information)
    assert family.scene.page == page or family.scene.page is not None


@pytest.mark.parametrize("state", STATES)
def test_danger_interrupts_every_state(state: str) -> None:
    """A temperature of 38.4 is advised from wherever the family stands."""
    family = in_state(state)
    family.says("38.4")
    assert family.told is not None
    assert family.told >= I


def test_the_earlier_screen_comes_back_by_itself() -> None:
    """An interrupt only adds: when its sign is left, the one before is there again."""
    family = at("urine")
    family.says("bleeding gums")
    assert family.state == "sign_bleeding"
    family.taps("next")
    assert family.state == "sign_urine"


def test_a_photo_with_words_is_read_by_its_words() -> None:
    """The words under a picture count as typed ones."""
    family = at_home()
    family._sends(InboundKind.photo, text="38.9")
    assert family.told is I


def test_what_no_store_can_keep_is_dropped() -> None:
    """Nulls and lone surrogates leave the words before anything is recorded."""
    family = at("urine")
    family.says("mm\ud800\x00mm")
    assert [r.words for r in family.records if hasattr(r, "words") and r.words] == ["mmmm"]


@pytest.mark.parametrize("kind", [InboundKind.blocked, InboundKind.returned])
def test_who_blocks_the_bot_is_told_to_the_page(kind: InboundKind) -> None:
    """Nothing is said to somebody who is gone; the person keeps when it was."""
    family = in_state("grave")
    family.sends(kind)
    assert (family.scene.person.blocked_at is not None) is (kind is InboundKind.blocked)
    assert family.scene.carers[0].blocked_at == family.scene.person.blocked_at
    family.says("hello")
    assert family.scene.person.blocked_at is None


def test_the_other_carer_stays_as_it_is() -> None:
    """What is learned of one carer is not said of the other."""
    other = Person(2, Urn("telegram", "8"), 1)
    family = Family(replace(blank_scene(), carers=(*blank_scene().carers, other)))
    family.sends(InboundKind.blocked)
    assert family.scene.carers[1] == other


# --- keys, serials, order ------------------------------------------------------------------------


def test_every_message_has_a_key_of_its_own() -> None:
    """Keys are unique over a whole conversation, timers included."""
    family = in_state("grave")
    family.taps("no_answer")
    family.forward(hours=20)
    keys = [said.key for turn in family.turns for said in turn.says]
    assert len(keys) == len(set(keys))


def test_advice_stands_before_the_card_the_buttons_and_the_list() -> None:
    """First bubble, contact card, then the buttons, then the list again below."""
    family = at("fever")
    family.says("38.4")
    mine = [said for said in family.said if not any(i.startswith("page.") for i in ids(said.body))]
    assert mine[0].body[0].id == "advice.immediate.first"
    assert not mine[0].choices
    assert mine[1].contact is not None
    assert mine[2].body[0].id == "advice.after_alone"
    assert mine[3].slot == "screen"
    assert not mine[3].edit


def test_a_tick_changes_the_list_in_place() -> None:
    """Below a new level a tick only edits the list, under the same serial."""
    family = at("urine")
    family.taps("t:painful_urine_or_red_skin")
    before = family.scene.conversation.screen.serial
    family.taps("t:no_urine_8h")
    assert [said.edit for said in family.said] == [True]
    assert family.scene.conversation.screen.serial == before


def test_more_at_the_same_level_goes_to_the_page_only() -> None:
    """A second finding at immediate: no second advice, and the page knows."""
    family = at("liver")
    family.taps("t:weight_up")
    family.taps("t:belly_pain")
    assert not any(i.startswith("advice.") for i in family.heard())
    assert family.scene.page is not None
    assert family.turns[-1].scene.page != family.turns[-2].scene.page


def test_a_higher_reading_is_news_to_the_page() -> None:
    """38.4 and then 40.1: the same finding, and the coordinators see the new number."""
    family = at("fever")
    family.says("38.4")
    before = family.scene.page
    family.says("40.1")
    assert family.scene.page != before


def test_a_rise_sends_the_emergency_text() -> None:
    """Immediate, and then an emergency in the same assessment: the graver text is told too."""
    family = at("breathing")
    family.taps("t:breathless_on_effort")
    assert family.told is I
    family.taps("t:chest_pain")
    assert family.told is E
    assert "advice.emergency.first" in family.heard()


def test_after_a_page_was_resolved_a_new_finding_pages_again() -> None:
    """A resolved page hides nothing that comes later."""
    family = at("liver")
    family.taps("t:jaundice")
    page = family.scene.page
    assert page is not None
    gone = replace(page, state=PageState.resolved, resolved_at=family.now)
    family.scene = replace(family.scene, page=None, resolved=(gone,))
    family.taps("t:belly_pain")
    assert family.scene.page is not None
    assert family.scene.page.id != page.id


def test_an_outcome_is_answered_when_nothing_else_is_said() -> None:
    """At an outcome an input without meaning is told that what was told stands."""
    for state, button in (("outcome", "again"), ("grave", "no_answer")):
        family = in_state(state)
        family.says("/nothing")
        assert "outcome.again" in family.heard()
        assert button in family.offered()


# --- closing -------------------------------------------------------------------------------------


def test_an_assessment_closes_12_hours_after_its_last_input() -> None:
    """Twelve hours of silence end it; what is said after begins another."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    first = family.scene.assessment
    family.forward(hours=11.9)
    assert family.scene.assessment is not None
    family.forward(hours=0.2)
    assert family.scene.assessment is None
    family.says("bruises")
    assert family.scene.assessment is not None
    assert first is not None
    assert family.scene.assessment.id == first.id + 1


def test_a_late_timer_does_not_keep_it_open() -> None:
    """After an outage the first input finds the twelve hours over, though no timer came."""
    family = at("urine")
    family.timers.clear()
    family.now += timedelta(hours=13)
    family.says("hello")
    assert family.scene.assessment is None


def test_timers_of_other_rooms_pass_through() -> None:
    """A page's timer is the page's own; a stale one changes nothing."""
    family = in_state("grave")
    before = family.scene
    stale = Timer("step:page:77", family.now, "page_step", page_id=77)
    family.does(Due(stale))
    assert family.scene.assessment == before.assessment


def test_counted_findings_are_the_two_of_the_table() -> None:
    """Only what is counted takes bands."""
    counted = {id for id, f in shipped().protocol.findings.items() if f.kind is Kind.count}
    assert counted == {"vomiting_24h", "diarrhoea_over_usual"}


def test_everything_is_said_to_the_person_who_spoke() -> None:
    """Screens and advice go to the one who wrote, and to nobody else."""
    family = at("urine")
    assert {said.to for said in family.turns[-1].says} == {URN}


def test_a_coordinators_act_comes_in_by_the_same_door() -> None:
    """What a coordinator does is a turn like any other; a stranger's is refused."""
    family = at_home()
    stranger = Urn("coordinator", "9")
    turn = family.does(Act("coordinator:1", stranger, stranger, "open"))
    assert [said.to for said in turn.says] == [stranger]
    assert Refused(str(stranger)) in turn.events
