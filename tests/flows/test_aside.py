"""What is reachable from any state: help, about, stop, the phone, words, being forgotten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.aside import COMMANDS
from flows.message import InboundKind
from flows.person import Person
from flows.record import Reported
from flows.urgency import Urgency
from tests.flows.desk_driver import whole_team
from tests.flows.family import URN, Family, blank_scene, ids
from tests.flows.test_assessment import finish, grey
from tests.flows.test_conversation import at, at_home, in_state, met

I = Urgency.immediate  # noqa: E741 - the table's own letter


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered_at_once(command: str) -> None:
    """Each command that the channels list does something, in the first contact too."""
    for family in (Family(), at("urine")):
        family.says(f"/{command}")
        assert family.said


def test_help_gives_the_numbers_of_the_level_that_stands() -> None:
    """After "call now" those of that level, before it those of an emergency."""
    family = at_home()
    family.says("/help")
    assert "way.ambulance_unknown" in family.heard()
    grave = at("urine")
    grave.taps("t:no_urine_8h")
    grave.says("/help")
    assert "way.department_unknown" in grave.heard()


def test_about_says_what_it_is_and_is_not() -> None:
    """What is kept, that it is no treatment plan, and that it is a demonstration."""
    family = met()
    family.says("/about")
    assert {"about.text", "about.disclaimer", "first.demonstration"} <= family.heard()
    signed = Family(house=replace(family.house, demonstration=False))
    signed.says("/start")
    signed.says("/about")
    assert "first.demonstration" not in signed.heard()


def test_start_in_mid_assessment_greets_and_shows_the_screen() -> None:
    """A second /start gives the numbers again and loses nothing."""
    family = at("urine")
    family.says("/start")
    assert {"first.greeting", "sign.urine.means"} <= family.heard()


# --- under an advice -----------------------------------------------------------------------------


def test_the_buttons_under_an_advice_work_at_any_time() -> None:
    """What to say, in the clinic's language too, what to do until help comes."""
    family = at("bleeding")
    family.taps("t:nose_or_gum_bleed")
    family.taps("say")
    assert "say.card" in family.heard()
    family.taps("say_clinic")
    assert family.said[0].language == family.house.clinic.language
    family.taps("until")
    assert {"until.immediate", "advice.nosebleed.means"} <= family.heard()


def test_i_have_called_is_recorded_and_the_page_knows() -> None:
    """The family is told to do what it was told there, and to call again if it gets worse."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.taps("called")
    assert "after.called" in family.heard()
    assert any(isinstance(r, Reported) and r.what == "called" for r in family.records)


def test_a_false_alarm_is_thanked_and_nothing_falls() -> None:
    """Nobody is made to feel punished; level and page stay until a coordinator resolves them."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    page = family.scene.page
    family.taps("wrong")
    assert "after.mistake" in family.heard()
    assert family.told is I
    assert family.scene.page is not None
    assert page is not None
    assert family.scene.page.open


@pytest.mark.parametrize("choice", ["say", "until", "wrong", "gone", "dose:3"])
def test_a_button_of_an_advice_that_is_over_shows_the_present_screen(choice: str) -> None:
    """What needs its assessment does nothing without it; a button that is gone does nothing."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.says("/again")
    family.taps_old(f"a1.{choice}")
    assert family.scene.assessment is None
    assert family.said


def test_a_button_that_is_gone_under_an_open_advice_is_answered() -> None:
    """An id that no longer exists: what was told stands."""
    family = in_state("grave")
    family.taps_old("a1.gone")
    assert "outcome.again" in family.heard()


# --- the phone -----------------------------------------------------------------------------------


def test_the_phone_is_asked_for_and_kept() -> None:
    """Shared by the button or typed; a wrong one is asked for again."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.taps("number")
    assert family.said[0].ask_contact is not None
    family.shares("12")
    assert "phone.wrong" in family.heard()
    family.shares("+972521234567")
    assert family.scene.person.phone == "+972521234567"
    assert "phone.kept" in family.heard()
    assert family.scene.conversation.expecting == ""


def test_a_phone_is_each_carers_own() -> None:
    """The other carer's number stays as it was."""
    other = Person(2, URN, 1, phone="+972500000000")
    family = at_home()
    family.scene = replace(family.scene, carers=(*family.scene.carers, other))
    family.shares("+972521234567")
    assert [carer.phone for carer in family.scene.carers] == ["+972521234567", "+972500000000"]


# --- being forgotten -----------------------------------------------------------------------------


def test_erasing_asks_first() -> None:
    """ "Erase everything?", and "no" leads home."""
    family = at("urine")
    family.says("/erase")
    assert "erase.ask" in family.heard()
    family.taps("home")
    assert not family.turns[-1].erase


def test_confirmed_it_erases() -> None:
    """The store erases with that turn."""
    family = at("urine")
    family.says("/erase")
    family.taps("erase_yes")
    assert family.turns[-1].erase
    assert family.scene.assessment is None
    assert family.heard() == {"erase.done"}


def test_while_a_coordinator_has_the_case_nothing_is_erased() -> None:
    """An open page is not erased from under the coordinators."""
    family = at("urine")
    family.taps("t:no_urine_8h")
    family.says("/erase")
    family.taps("erase_yes")
    assert not family.turns[-1].erase
    assert "erase.open_page" in family.heard()


# --- words ---------------------------------------------------------------------------------------


def test_the_disclaimer_is_said_once() -> None:
    """General information, no treatment plan: once in a conversation, not in every bubble."""
    family = at("breathing")
    family.taps("t:breathless_on_effort")
    assert "about.disclaimer" in family.heard()
    family.taps("t:chest_pain")
    assert "about.disclaimer" not in family.heard()


def test_nothing_that_needs_the_e_mail_is_shown_while_it_is_empty() -> None:
    """The page hides the address: no text speaks of it."""
    family = met()
    for words in ("/help", "/about", "38.4"):
        family.says(words)
    family.taps("home")
    family.taps("questions")
    said = [part for turn in family.turns for out in turn.says for part in out.body]
    assert family.house.clinic.email == ""
    assert not [id for id in ids(said) if "email" in id]


def test_a_sticker_is_answered_with_what_can_be_read() -> None:
    """With the numbers to call, since it may be a cry for help, and the present screen below."""
    family = at("urine")
    family.sends(InboundKind.sticker)
    assert {"other.cannot_read", "way.ambulance_unknown", "sign.urine.means"} <= family.heard()


def test_set_up_is_not_offered_to_who_has_agreed() -> None:
    """Once is enough."""
    family = met()
    family.taps("lang:en")
    family.taps("s:notice:agree")
    family.says("no urine")
    family.taps("called")
    assert "setup.offer" not in family.heard()


def test_where_nobody_could_be_alerted_nothing_says_that_somebody_is() -> None:
    """Without a coordinator the family hears to keep calling; with a team it hears of it."""
    for team, alone in ((None, True), (whole_team(), False)):
        family = Family(blank_scene(team)) if team else Family()
        family.says("no urine")
        assert ("advice.after_alone" in family.heard()) is alone
        family.taps("no_answer")
        assert ("after.no_answer_alone" in family.heard()) is alone
        left = Family(blank_scene(team)) if team else Family()
        left.says("urine")
        heard = left.hears(minutes=8)
        assert ("left.alone" in heard) is alone
        assert ("left.paged" in heard) is not alone


def test_the_advice_of_the_day_comes_before_what_is_said_of_the_page() -> None:
    """Speak to someone today: that is the first thing heard."""
    family = finish(grey())
    told = next(
        said
        for turn in family.turns
        for said in turn.says
        if "advice.same_day.first" in ids(said.body)
    )
    turn = next(t for t in family.turns if told in t.says)
    assert turn.says[0] == told
