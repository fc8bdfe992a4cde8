"""Telling a level: at once or after all questions, once each, with its buttons and checks."""

from __future__ import annotations

import pytest

from flows.page import Reason
from flows.record import Told
from flows.urgency import Urgency
from tests.flows.desk_driver import whole_team
from tests.flows.family import Family
from tests.flows.place import at, at_home, coughing, finish, told_emergency, told_immediate

E, S, R = Urgency.emergency, Urgency.same_day, Urgency.routine
I = Urgency.immediate  # noqa: E741 - the table's own letter


def levels(family: Family) -> list[Urgency]:
    """The levels told, in order."""
    return [record.level for record in family.records if isinstance(record, Told)]


def coughing_to_the_end() -> Family:
    """A family with a cough and nothing else, all questions answered."""
    family = coughing(whole_team())
    family.taps("next")
    return finish(family)


def test_same_day_waits_for_the_last_question() -> None:
    """A cough is told when all is answered, and goes to the queue as found, not as unfinished."""
    assert coughing().told is None
    family = coughing_to_the_end()
    assert levels(family) == [S]
    assert {"advice.same_day.first", "advice.medicines"} <= family.heard()
    page = family.scene.page
    assert page is not None
    assert (page.level, page.reason) == (S, Reason.findings)


def test_each_level_is_told_once() -> None:
    """Same day, then immediate, then emergency: each in its turn, none again."""
    family = coughing_to_the_end()
    for words in ("new bruises", "bleeding gums", "blue lips", "chest pain"):
        family.says(words)
    assert levels(family) == [S, I, E]


def test_the_record_keeps_what_was_said_and_why() -> None:
    """The texts, the language, the protocol and the criteria that held."""
    family = told_immediate()
    told = next(record for record in family.records if isinstance(record, Told))
    assert told.texts[0] == "advice.immediate.first"
    assert (told.language, told.protocol) == ("en", family.house.protocol.stamp)
    assert told.criteria


def test_general_information_is_said_once_in_a_conversation() -> None:
    """The disclaimer stands under the first advice and under no later one."""
    family = at("liver")
    family.taps("t:jaundice")
    assert "about.disclaimer" in family.heard()
    family.says("blue lips")
    assert "advice.emergency.first" in family.heard()
    assert "about.disclaimer" not in family.heard()


@pytest.mark.parametrize(("minutes", "family"), [(5, told_emergency()), (15, told_immediate())])
def test_whether_somebody_was_reached_is_asked_in_time(minutes: int, family: Family) -> None:
    """Five minutes after "emergency", fifteen after "call now"."""
    assert "check.reached" not in family.hears(minutes=minutes - 0.1)
    assert "check.reached" in family.hears(minutes=0.2)


@pytest.mark.parametrize("level", [S, R])
def test_a_calm_outcome_asks_nobody_whether_they_reached_someone(level: Urgency) -> None:
    """Nobody was told to call at once: no such check is set."""
    family = coughing_to_the_end() if level is S else at_home()
    if level is R:
        family.taps("open:sweep")
        finish(family)
    assert family.told is level
    assert "reached" not in family.waits


def test_no_danger_found_pages_nobody() -> None:
    """Everything denied: what to watch, when to come back, and no page."""
    family = at_home()
    family.taps("open:sweep")
    finish(family)
    assert {"advice.routine.first", "advice.watch"} <= family.heard()
    assert family.scene.page is None


def test_a_worried_family_is_heard() -> None:
    """Nothing found and very worried counts as a finding of same day."""
    family = at_home()
    family.taps("open:sweep")
    finish(family, very_worried="yes")
    assert (family.told, family.scene.page is None) == (S, False)


def test_two_findings_of_same_day_are_urgent() -> None:
    """A cough and a headache: call now, in the turn that says the second."""
    family = coughing()
    family.taps("t:headache_new")
    assert family.told is I
