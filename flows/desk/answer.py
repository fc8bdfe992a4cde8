"""An answer to a coordinator: where it goes, in which language, and who is asking."""

from __future__ import annotations

from dataclasses import replace

from flows.alert import spoken
from flows.event import Refused
from flows.house import House
from flows.message import Choice, Outbound, Text, Urn, text
from flows.team import Act, Coordinator
from flows.turn import Turn

Rows = tuple[tuple[Choice, ...], ...]


def actor_of(turn: Turn) -> Coordinator:
    """The coordinator whose act this is."""
    assert turn.scene.actor is not None
    return turn.scene.actor


def be(turn: Turn, actor: Coordinator) -> Turn:
    """The turn with the coordinator as he or she became."""
    team = turn.scene.team
    members = {**team.members, actor.id: actor}
    return turn.become(actor=actor, team=replace(team, members=members))


def place(turn: Turn, act: Act) -> Urn:
    """Where to answer: where it was done if that is the coordinators' group, else in private.

    A coordinator's bot may be in other groups, too; what is open is none of their business.
    """
    return act.chat if act.chat == turn.scene.team.group else act.urn


def answer(
    turn: Turn,
    house: House,
    act: Act,
    *body: Text,
    choices: Rows = (),
    private: bool = False,
    slot: str = "",
    edit: bool = False,
) -> Turn:
    """One message back to the coordinator."""
    to = act.urn if private else place(turn, act)
    return turn.say(
        Outbound(
            to=to,
            key=f"desk:{act.update}:{len(turn.says)}",
            body=body,
            choices=choices,
            slot=slot,
            edit=edit,
            language=spoken(house, actor_of(turn).language),
            silent=True,
        )
    )


def refuse(turn: Turn, house: House, act: Act) -> Turn:
    """Turn a stranger away, and say nothing else."""
    polite = Outbound(
        to=act.chat,
        key=f"desk:{act.update}:refused",
        body=(text("desk.refused"),),
        language=spoken(house, act.language_code),
    )
    return turn.say(polite).happened(Refused(str(act.urn)))
