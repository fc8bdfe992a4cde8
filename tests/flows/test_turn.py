"""What a turn gathers: each part is added to, and the turn before stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.event import PersonChanged
from flows.message import Outbound, Urn
from flows.team import Coordinator, Team
from flows.timer import Timer
from flows.turn import Turn
from tests.flows.family import NIGHT, URN, blank_scene

TURN = Turn(blank_scene(), cause="telegram:1")


def timer(key: str, minutes: int = 1) -> Timer:
    """A timer of this key."""
    return Timer(key=key, due_at=NIGHT + timedelta(minutes=minutes), kind="nudge")


def test_events_and_messages_keep_their_order() -> None:
    """What happened first is told first, and a turn that grew leaves the earlier one alone."""
    grown = TURN.happened(PersonChanged(("name",))).happened(PersonChanged(("form",)))
    grown = grown.say(Outbound(URN, "1")).say(Outbound(URN, "2"), Outbound(URN, "3"))
    assert grown.events == (PersonChanged(("name",)), PersonChanged(("form",)))
    assert [said.key for said in grown.says] == ["1", "2", "3"]
    assert (TURN.events, TURN.says) == ((), ())


def test_a_timer_set_again_is_moved() -> None:
    """Of one key the last time counts; timers of other keys stay."""
    moved = TURN.set(timer("a"), timer("b")).set(timer("a", minutes=9))
    assert moved.timers == (timer("b"), timer("a", minutes=9))


def test_a_timer_dropped_after_it_was_set_is_not_set() -> None:
    """Dropped last it is forgotten here and in the store; set last it is set."""
    dropped = TURN.set(timer("a"), timer("b")).drop(key for key in ("a",))
    assert (dropped.timers, dropped.dropped) == ((timer("b"),), ("a",))
    assert dropped.set(timer("a")).timers == (timer("b"), timer("a"))


def test_parts_of_the_scene_are_replaced_by_name() -> None:
    """Only the named part changes, and nothing that is owed is lost."""
    person = replace(TURN.scene.person, name="Ana")
    became = TURN.say(Outbound(URN, "1")).become(person=person)
    assert became.scene == replace(TURN.scene, person=person)
    assert [said.key for said in became.says] == ["1"]


def test_a_coordinator_without_a_name_is_called_by_number() -> None:
    """Until the first /start there is no name, and a stranger has none ever."""
    dana = Coordinator(5, Urn("coordinators", "5"), name="Dana")
    team = Team({5: dana, 6: replace(dana, id=6, name="")}, steps={})
    assert [team.named(id) for id in (5, 6, 7)] == ["Dana", "6", "7"]


def test_the_team_knows_whom_it_may_alert_and_whom_it_cannot_reach() -> None:
    """Every address of every step may be alerted; a member who refuses delivery is known."""
    here, gone, group = (Urn("coordinators", address) for address in ("5", "6", "-9"))
    members = {5: Coordinator(5, here), 6: Coordinator(6, gone, unreachable=True)}
    team = Team(members, steps={"on_call": (here,), "second": (gone,), "group": (group, here)})
    assert team.broken == {gone}
    assert team.addresses == {here, gone, group}
