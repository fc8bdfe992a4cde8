"""Who is alerted when, until a named person has the page: steps, gaps in them, and outages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows import page_timer
from flows.event import FamilyTold, StepSkipped
from flows.pace import Pace
from flows.urgency import Urgency
from tests.flows.desk_driver import (
    BEN,
    DANA,
    FAMILY,
    FATHER,
    GROUP,
    HOUSE,
    PAGER,
    SAM,
    E,
    I,
    S,
    blank_scene,
    chilled,
    nobody,
    texts,
    whole_team,
)

# --- the policy -----------------------------------------------------------------------------------


def test_emergency_alerts_at_0_2_4_6_minutes() -> None:
    """On call and group together, second, group, supervisor; then the round begins again."""
    house = chilled()
    house.raises(E)
    assert house.rung() == [DANA, GROUP]
    for minutes, urns in ((2, [BEN]), (2, [GROUP]), (2, [SAM]), (2, [DANA, GROUP]), (2, [BEN])):
        house.forward(minutes=minutes, seconds=-1)
        assert house.rung() == []
        house.forward(seconds=1)
        assert house.rung() == urns


def test_immediate_alerts_at_0_4_8_12_minutes() -> None:
    """On call, second, group, supervisor; then the round begins again."""
    house = chilled()
    house.raises(I)
    assert house.rung() == [DANA]
    for urn in (BEN, GROUP, SAM, DANA, BEN):
        house.forward(minutes=4)
        assert house.rung() == [urn]


def test_round_repeats_all_night() -> None:
    """Nobody answers for six hours, and every step is still alerted in every round."""
    house = chilled()
    house.raises(I)
    house.take_sent()
    house.forward(hours=6)
    rung = house.rung()
    assert {urn: rung.count(urn) for urn in (DANA, BEN, GROUP, SAM)} == {
        DANA: 22,
        BEN: 23,
        GROUP: 23,
        SAM: 22,
    }


@pytest.mark.parametrize(("level", "minutes"), [(E, 5), (I, 10)])
def test_family_hears_that_nobody_answered(level: Urgency, minutes: int) -> None:
    """Every carer hears it once, with the numbers to call now."""
    house = chilled()
    house.raises(level)
    house.forward(minutes=minutes, seconds=-1)
    assert "page.unanswered" not in house.heard()
    house.forward(seconds=1)
    told = [said for said in house.take_sent() if said.to in (FAMILY, FATHER)]
    assert [said.to for said in told] == [FAMILY, FATHER]
    assert all({"page.unanswered", "way.list"} <= set(texts(said)) for said in told)
    house.forward(hours=1)
    assert house.heard() == []


def test_each_alert_is_a_new_message_and_the_earlier_shrinks() -> None:
    """A re-alert rings: it takes over the slot as a new message with the line left behind."""
    house = chilled()
    house.raises(I)
    house.forward(minutes=16)
    cards = [said for said in house.take_sent() if said.to == DANA and said.slot]
    assert len(cards) == 2
    assert not any(card.edit for card in cards)
    assert cards[0].slot == cards[1].slot == f"page:{house.page.id}"
    assert cards[1].retired is not None
    assert cards[1].retired.id == "page.retired"


def test_policy_is_frozen_into_the_page() -> None:
    """An edit of the content leaves pages that are open as they were triggered."""
    house = chilled()
    house.raises(I)
    slower = replace(HOUSE.escalation.policies[I], repeat=timedelta(hours=9))
    policies = {**HOUSE.escalation.policies, I: slower}
    house.house = replace(HOUSE, escalation=replace(HOUSE.escalation, policies=policies))
    house.take_sent()
    house.forward(minutes=16)
    assert house.rung() == [BEN, GROUP, SAM, DANA]


def test_rehearsal_runs_faster() -> None:
    """At a time scale of 7 the steps come after a seventh of the time, in the same order."""
    house = chilled(house=replace(HOUSE, pace=Pace(7)))
    house.raises(E)
    house.take_sent()
    house.forward(minutes=6 / 7, seconds=1)
    assert house.rung() == [BEN, GROUP, SAM]


# --- steps without an address ---------------------------------------------------------------------


def test_step_without_address_gives_way_at_once() -> None:
    """Nobody on call: the second is alerted at once; the card and the group say so, once."""
    house = chilled(scene=blank_scene(whole_team(on_call=())))
    turn = house.raises(I)
    assert [e.role for e in turn.events if isinstance(e, StepSkipped)] == ["on_call"]
    card = next(said for said in turn.says if said.to == BEN)
    assert "card.skipped" in texts(card)
    line = next(said for said in turn.says if said.to == GROUP)
    assert "page.step_skipped" in texts(line)
    house.take_sent()
    house.forward(hours=2)
    assert "page.step_skipped" not in house.heard(GROUP)


def test_lone_coordinator_is_not_left_waiting_by_empty_steps() -> None:
    """With Dana alone, she is alerted again when the second step would have been."""
    house = chilled(scene=blank_scene(whole_team(second=(), group=(), supervisor=())))
    house.raises(I)
    assert house.rung() == [DANA]
    house.forward(minutes=4)
    assert house.rung() == [DANA]
    assert house.page.skipped == ("second", "group", "supervisor")


def test_without_any_address_the_family_hears_at_once() -> None:
    """Nobody could be alerted: the family is told whom to call, once; the page stays alive."""
    house = chilled(scene=blank_scene(nobody()))
    turn = house.raises(E)
    skipped = [e.role for e in turn.events if isinstance(e, StepSkipped)]
    assert skipped == ["on_call", "group", "second", "supervisor"]
    assert FamilyTold(house.page.id, "page.nobody") in turn.events
    assert house.heard() == ["page.nobody"]
    house.forward(hours=3)
    assert house.heard() == []
    house.scene = replace(house.scene, team=whole_team())
    house.forward(minutes=8)
    assert DANA in house.rung()


def test_third_party_hears_code_and_level_only() -> None:
    """A pager gets two values and neither a slot, a button nor a later edit."""
    house = chilled(scene=blank_scene(whole_team(second=(PAGER,))))
    house.raises(I)
    house.forward(minutes=4)
    (said,) = [said for said in house.take_sent() if said.to == PAGER]
    assert set(texts(said)) == {"page.apprise", "card.level_immediate"}
    assert set(said.body[0].values) == {"code", "level"}
    assert (said.slot, said.choices) == ("", ())
    house.acts("Dana", "acknowledge")
    house.reports("said", "He is worse")
    assert PAGER not in [said.to for said in house.take_sent()]


def test_undelivered_alert_goes_on_to_the_next_step() -> None:
    """On call has blocked the bot: the second is alerted without waiting four minutes."""
    house = chilled()
    house.raises(I)
    house.take_sent()
    house.falls_due(page_timer.undelivered(house.page, DANA, house.now))
    assert house.rung() == [BEN]
    house.falls_due(page_timer.undelivered(house.page, DANA, house.now))
    assert house.rung() == []
    house.forward(minutes=16)
    assert DANA not in house.rung()
    house.raises(E)
    assert DANA in house.rung()


def test_undelivered_matters_to_ringing_pages_only() -> None:
    """A page in the queue, or in somebody's hands, alerts nobody because of it."""
    house = chilled()
    house.raises(S)
    house.take_sent()
    house.falls_due(page_timer.undelivered(house.page, GROUP, house.now))
    assert house.rung() == []
    house.acts("Dana", "acknowledge")
    house.take_sent()
    house.falls_due(page_timer.undelivered(house.page, DANA, house.now))
    assert house.rung() == []


def test_undelivered_before_any_step_changes_nothing() -> None:
    """A round that has not begun needs no push."""
    house = chilled()
    house.raises(I)
    house.scene = replace(house.scene, page=replace(house.page, step=0))
    house.take_sent()
    house.falls_due(page_timer.undelivered(house.page, DANA, house.now))
    assert house.rung() == []


# --- after an outage ------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0.05, 0.1, 1, 30])
def test_outage_alerts_each_address_once(hours: float) -> None:
    """However long nothing ran, nobody gets two cards of one page for it."""
    house = chilled()
    house.raises(E)
    house.take_sent()
    house.outage(hours=hours)
    rung = house.rung()
    assert rung
    assert len(rung) == len(set(rung))


def test_outage_alerts_all_who_were_missed() -> None:
    """After more than a round the second and the supervisor hear as well as on call."""
    house = chilled()
    house.raises(E)
    house.forward(minutes=2)
    house.take_sent()
    house.outage(hours=1)
    assert house.rung() == [GROUP, SAM, DANA]
    house.forward(minutes=2)
    assert house.rung() == [BEN]
