"""Languages and set-up from any state, and leaving an assessment: start again, stop, back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.event import AssessmentClosed, PersonChanged
from flows.page import Reason
from flows.person import Person
from flows.urgency import Urgency
from tests.flows.desk_driver import whole_team
from tests.flows.family import URN, Family, blank_scene
from tests.flows.place import (
    at,
    at_home,
    coughing,
    guessed,
    met,
    one_by_one,
    told_emergency,
    told_immediate,
)

E = Urgency.emergency
I = Urgency.immediate  # noqa: E741 - the table's own letter


def test_the_menu_of_questions_leads_to_set_up_languages_and_about() -> None:
    """A question needs no symptom: the clinic's lines with a link, and the way back home."""
    family = at_home()
    family.taps("questions")
    assert family.offered() == ["setup", "language", "about", "home"]
    links = [c.url for said in family.said for row in said.choices for c in row if c.url]
    assert [link.startswith("https://wa.me/") for link in links] == [True]


# --- languages and set-up ------------------------------------------------------------------------


def test_a_language_can_be_chosen_at_any_time() -> None:
    """In the middle of a sign it is kept, said in that language, and the screen comes back."""
    family = at("urine")
    family.says("/language")
    assert family.state == "setup"
    turn = family.taps("lang:he")
    assert family.said[0].language == "he"
    assert (family.scene.person.language, family.state) == ("he", "sign_urine")
    assert family.scene.carers[0].language == "he"
    assert PersonChanged(("language",)) in turn.events


def test_a_language_chosen_first_leads_to_the_notice() -> None:
    """What is kept, why and how long is said right after the language, once."""
    family = met()
    family.taps("lang:he")
    assert "setup.notice" in family.heard()
    family.taps("s:notice:agree")
    family.taps("later")
    family.says("/language")
    family.taps("lang:en")
    assert "setup.notice" not in family.heard()


def test_a_language_that_we_do_not_speak_changes_nothing() -> None:
    """An old button of a language that is gone is answered with the present screen."""
    family = at("urine")
    family.taps_old("0.lang:xx")
    assert (family.scene.person.language, family.state) == ("", "sign_urine")
    assert family.said


def test_another_carer_keeps_its_language() -> None:
    """A language belongs to the one who chose it."""
    other = Person(2, replace(URN, address="8"), 1, language="ru")
    family = Family(replace(blank_scene(), carers=(*blank_scene().carers, other)))
    family.says("/start")
    family.taps("lang:he")
    assert [carer.language for carer in family.scene.carers] == ["he", "ru"]


def test_set_up_goes_on_where_the_notice_was_given() -> None:
    """The notice first; once agreed to, set-up begins with who writes."""
    family = met()
    family.says("/setup")
    assert "setup.notice" in family.heard()
    family.taps("s:notice:agree")
    family.says("/setup")
    assert "setup.reporter" in family.heard()


def test_one_later_skips_all_of_set_up() -> None:
    """ "Later" leads home, and says that each can be set any time."""
    family = met()
    family.says("/setup")
    family.taps("later")
    assert {"setup.any_time", "home.title"} <= family.heard()


def test_set_up_is_offered_after_a_call_and_not_once_it_was_noticed() -> None:
    """After "I have called" it is offered; a family that agreed is not asked again."""
    for noticed in (False, True):
        family = told_emergency()
        person = replace(family.scene.person, noticed_at=family.now if noticed else None)
        family.scene = replace(family.scene, person=person, carers=(person,))
        family.taps("called")
        assert ("setup.offer" in family.heard()) is not noticed


# --- start again, stop ---------------------------------------------------------------------------


def test_start_again_closes_and_leads_home() -> None:
    """What was open is over, and the list of signs is shown."""
    family = at("urine")
    turn = family.says("/again")
    assert AssessmentClosed(1, "start again") in turn.events
    assert (family.scene.assessment, family.state) == (None, "home")
    assert family.waits == set()


@pytest.mark.parametrize("command", ["/again", "/stop"])
def test_what_stands_is_told_before_the_family_goes(command: str) -> None:
    """A cough half-way: same day is told, and paged as unfinished, never below immediate."""
    family = coughing(whole_team())
    assert family.told is None
    family.says(command)
    assert "advice.same_day.first" in family.heard()
    assert family.scene.page is not None
    assert (family.scene.page.level, family.scene.page.reason) == (I, Reason.unfinished)


@pytest.mark.parametrize("command", ["/again", "/stop"])
def test_what_was_told_is_not_told_twice(command: str) -> None:
    """After "call now" going away repeats no advice, and the page stays."""
    family = told_immediate()
    family.says(command)
    assert "advice.immediate.first" not in family.heard()
    assert family.scene.page is not None


def test_stop_without_danger_is_quiet() -> None:
    """The assessment is over, no nudge follows, and danger is one tap away."""
    family = at("urine")
    family.says("/stop")
    assert family.scene.assessment is None
    stop = next(said for said in family.said if said.body[0].id == "stop.text")
    assert stop.tokens == ("0.now", "0.help")
    assert family.forward(hours=20) == []


def test_stop_after_an_advice_keeps_its_buttons_and_checks() -> None:
    """ "Stop" is no all-clear: "did you reach someone?" comes all the same."""
    family = told_immediate()
    family.says("/stop")
    assert family.told is I
    assert "check.reached" in family.hears(minutes=15)


# --- back ----------------------------------------------------------------------------------------


def test_back_from_home_returns_to_the_sign() -> None:
    """Back beside an assessment is the way back to it; on its screen it is one step."""
    family = at("urine")
    family.says("/home")
    family.says("/back")
    assert family.state == "sign_urine"
    family.says("/back")
    assert family.state == "home"


def test_back_with_nothing_open_is_home() -> None:
    """Where nothing was begun, or all was told, back shows the list of signs."""
    family = at_home()
    family.says("/back")
    assert "home.title" in family.heard()
    grave = told_emergency()
    grave.says("/home")
    grave.says("/back")
    assert grave.state == "home"


def test_back_takes_no_guess_away() -> None:
    """A guess that waits is shown again, and counts after its three minutes."""
    family = guessed()
    family.says("/back")
    assert family.state == "home"
    family.says("/back")
    assert family.state == "proposal"
    family.forward(minutes=3)
    assert family.told is I


def test_back_takes_no_yes_away() -> None:
    """One by one, a yes that brought the advice stands whatever is undone."""
    family = one_by_one("breathing")
    family.taps("e:blue_lips:yes")
    family.says("/back")
    assert (family.told, family.answer("blue_lips")) == (E, "yes")
