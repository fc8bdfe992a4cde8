"""An open page that becomes more urgent, is raised again, or hears something new."""

from __future__ import annotations

from dataclasses import replace

from flows.event import PageRaised
from flows.page import PageState, Reason
from tests.flows.desk_driver import (
    BEN,
    DANA,
    FAMILY,
    GROUP,
    SAM,
    Clinic,
    E,
    I,
    S,
    blank_scene,
    chilled,
    texts,
)


def test_rise_begins_the_higher_policy() -> None:
    """I becomes E while nobody has it: the emergency's steps run from now."""
    house = chilled()
    house.raises(I)
    house.forward(minutes=1)
    house.take_sent()
    turn = house.raises(E)
    assert house.page.policy.level is E
    assert house.rung() == [DANA, GROUP]
    assert any(isinstance(event, PageRaised) for event in turn.events)
    house.forward(minutes=2)
    assert house.rung() == [BEN]
    house.forward(minutes=3)
    assert house.heard() == ["page.unanswered"]


def test_level_of_a_page_never_falls() -> None:
    """A later finding at a lower level is added, and the page keeps its level."""
    house = chilled()
    house.raises(E)
    house.raises(S)
    assert house.page.level is E


def test_rise_alerts_the_holder_first_and_everyone_after_2_minutes() -> None:
    """Who has it keeps it for two minutes; without a sign of progress everyone is alerted."""
    house = chilled()
    house.raises(I)
    house.acts("Dana", "acknowledge")
    house.forward(minutes=1)
    house.take_sent()
    house.raises(E)
    assert house.rung() == [DANA]
    assert house.page.holder_name == "Dana"
    house.forward(minutes=2)
    sent = house.take_sent()
    cards = [said.to for said in sent if said.slot and not said.edit]
    assert cards == [DANA, GROUP, BEN, SAM]
    assert "page.taken_back" in [part.id for s in sent if s.to == FAMILY for part in s.body]
    assert house.page.state is PageState.triggered
    house.forward(minutes=2)
    assert house.rung() == [DANA, GROUP]


def test_progress_after_a_rise_keeps_the_page() -> None:
    """The holder calls within two minutes: nobody else is alerted."""
    house = chilled()
    house.raises(I)
    house.acts("Dana", "acknowledge")
    house.raises(E)
    house.acts("Dana", "calling")
    house.take_sent()
    house.forward(minutes=14)
    assert house.rung() == []


def test_rise_with_a_holder_who_cannot_be_reached_alerts_everyone() -> None:
    """Who has it has blocked the bot: nobody waits two minutes for that."""
    house = chilled()
    house.raises(I)
    house.acts("Dana", "acknowledge")
    house.acts("Dana", "blocked")
    house.take_sent()
    house.raises(E)
    assert [urn for urn in house.rung() if urn != DANA] == [GROUP, BEN, SAM]


def test_not_reached_alerts_everyone_while_nobody_has_it() -> None:
    """The family reached nobody: all steps at once, then the rounds go on."""
    house = chilled()
    house.raises(I)
    house.forward(minutes=11)
    house.take_sent()
    house.raises(I, Reason.not_reached)
    assert house.rung() == [DANA, BEN, GROUP, SAM]
    house.forward(minutes=4)
    assert house.rung() == [DANA]
    house.forward(minutes=6)
    assert house.heard() == ["page.unanswered"]


def test_not_reached_alerts_the_holder_first() -> None:
    """The family reached nobody though Dana has it: she is alerted, then everyone."""
    house = chilled()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    turn = house.raises(E, Reason.not_reached)
    assert house.rung() == [DANA]
    assert "card.not_reached" in texts(turn.says[0])
    house.forward(minutes=2)
    assert set(house.rung()) >= {DANA, BEN, GROUP, SAM}


def test_not_reached_leaves_the_queue() -> None:
    """A page of same day whose family reached nobody is urgent now."""
    house = chilled()
    house.raises(S)
    house.take_sent()
    house.raises(S, Reason.not_reached)
    assert house.page.level is I
    assert DANA in house.rung()


def test_new_finding_informs_the_holder_alone() -> None:
    """Something new at the same level: a new card for who has it, an edit in the group."""
    house = chilled()
    house.raises(E)
    house.acts("Ben", "acknowledge")
    house.take_sent()
    house.answers("jaundice").raises(E)
    sent = house.take_sent()
    assert [(said.to, said.edit) for said in sent] == [(BEN, False), (GROUP, True)]
    assert "finding.jaundice.label" in texts(sent[0])


def test_new_finding_while_nobody_has_it_changes_the_cards() -> None:
    """The cards that lie there are brought up to date without ringing."""
    house = chilled()
    house.raises(E)
    house.take_sent()
    house.answers("jaundice").raises(E)
    assert house.rung() == []
    house.answers("dark_urine").raises(E)
    assert all(said.edit and said.silent for said in house.take_sent())


def test_assessments_append_to_the_open_page() -> None:
    """One open page a patient: a second assessment joins it."""
    house = chilled()
    house.raises(I)
    house.closes().answers("jaundice").raises(I)
    assert house.page.id == 1
    assert house.page.assessments == (1, 2)


def test_page_without_an_assessment() -> None:
    """A family that asks for a coordinator is paged, too."""
    house = Clinic(scene=replace(blank_scene(), assessment=None))
    turn = house.raises(I, Reason.asked_for)
    house.raises(I, Reason.asked_for)
    assert house.page.assessments == ()
    assert "card.asked_for" in texts(turn.says[0])


def test_next_page_after_a_resolved_one() -> None:
    """What is over stays over: a new danger opens another page."""
    house = chilled()
    house.raises(I)
    house.acts("Dana", "resolve", "reached")
    house.take_sent()
    house.raises(E)
    assert house.page.id == 2
    assert DANA in house.rung()
