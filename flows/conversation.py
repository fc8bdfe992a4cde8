"""The turn: one input, the scene as it stands, and what becomes of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows import advice, aside, desk, escalation, followup, lifecycle, setup
from flows.addition import Place, append, place_of
from flows.answering import act, answers_token, denies_all, finding_of, number_of, propose
from flows.assessment import positive, told
from flows.evidence import own_level
from flows.hearing import hear_text, is_reading
from flows.house import House
from flows.message import Inbound, InboundKind, text
from flows.presenting import present, put
from flows.scene import Scene
from flows.screen import ALWAYS
from flows.team import Act
from flows.telling import (
    URGENT,
    buttons,
    labelled,
    offered,
    say,
    tell,
    tell_unfinished,
)
from flows.timer import Due
from flows.turn import Turn
from flows.underneath import after_outcome
from flows.understanding import Understood, understand
from flows.understanding.choice import read_choices, read_label
from flows.understanding.letter import readable
from flows.urgency import Urgency

Input = Inbound | Act | Due


def advance(house: House, scene: Scene, input: Input, now: datetime) -> Turn:
    """One turn: pure, and the only way in which a conversation or a page changes."""
    if isinstance(input, Act):
        return desk.act(Turn(scene, cause=input.update), house, input, now)
    if isinstance(input, Due):
        return _due(house, scene, input, now)
    return _hear(house, scene, input, now)


def _due(house: House, scene: Scene, due: Due, now: datetime) -> Turn:
    cause = f"{due.timer.key}@{due.timer.due_at.isoformat()}"
    turn = Turn(scene, cause=cause)
    if due.timer.kind not in followup.DUE_KINDS:
        return escalation.due(turn, house, due, now)
    turn = lifecycle.agree(turn, house, now)
    before = place_of(turn, house, now)
    turn = followup.due(turn, house, due, now)
    # An assessment that ends by itself, hours later, is no reason to ring at anybody's bed.
    over = turn.scene.assessment is None
    show = Show.never if over else Show.if_moved
    return _settle(turn, house, before, spoke=False, show=show, now=now)


# --- a person's message --------------------------------------------------------------------------


class Show:
    """Whether the present screen goes out again after a turn."""

    always = "always"
    in_place = "in_place"
    """Changed in place where nothing was said meanwhile; else anew, below what was said."""
    if_moved = "if_moved"
    never = "never"


@dataclass(frozen=True)
class Heard:
    """A turn so far, and whether the present screen follows."""

    turn: Turn
    show: str = Show.always


def _hear(house: House, scene: Scene, inbound: Inbound, now: datetime) -> Turn:
    inbound = replace(inbound, text=readable(inbound.text))
    turn = lifecycle.agree(Turn(scene, cause=inbound.update), house, now)
    turn = _known(_expired(turn, house, now), inbound, now)
    if inbound.kind in (InboundKind.blocked, InboundKind.returned):
        return _unreachable(turn, house, inbound, now)
    before = place_of(turn, house, now)
    said = understand(inbound.text.strip(), house.lexicon, house.protocol, _speaks(turn, house))
    heard = _dispatch(turn, house, inbound, said, now)
    turn = _settle(heard.turn, house, before, spoke=True, show=heard.show, now=now)
    return _offered(aside.offer_language(turn, house, said))


def _speaks(turn: Turn, house: House) -> str:
    return turn.scene.person.speaks(house.languages)


def _expired(turn: Turn, house: House, now: datetime) -> Turn:
    """Close an assessment whose time is over, though its timer has not come yet: what silence
    would have made of it counts first."""
    run = turn.scene.assessment
    if run is None or run.last_input_at is None:
        return turn
    over = house.pace.elapsed(run.last_input_at, now) >= house.clinic.waits.closes
    if not over:
        return turn
    turn = tell_unfinished(followup.count_waiting(turn, now), house, now)
    return followup.close(turn, house, "silent", now)


def _known(turn: Turn, inbound: Inbound, now: datetime) -> Turn:
    """Keep what the channel says of the person, and that they are here."""
    person = replace(
        turn.scene.person,
        language_code=inbound.language_code or turn.scene.person.language_code,
        blocked_at=None,
    )
    carers = tuple(person if c.id == person.id else c for c in turn.scene.carers)
    conversation = replace(turn.scene.conversation, last_input_at=now)
    run = turn.scene.assessment
    touched = replace(run, last_input_at=now) if run else None
    return turn.become(person=person, carers=carers, conversation=conversation, assessment=touched)


def _unreachable(turn: Turn, house: House, inbound: Inbound, now: datetime) -> Turn:
    """The person blocked the bot, or came back: who has the case must know."""
    gone = inbound.kind is InboundKind.blocked
    person = replace(turn.scene.person, blocked_at=now if gone else None)
    carers = tuple(person if c.id == person.id else c for c in turn.scene.carers)
    turn = turn.become(person=person, carers=carers)
    return escalation.family_said(turn, house, "blocked" if gone else "returned", now)


def _dispatch(turn: Turn, house: House, inbound: Inbound, said: Understood, now: datetime) -> Heard:
    if inbound.kind is InboundKind.tap:
        return _tap(turn, house, inbound.token, now)
    if inbound.kind is InboundKind.contact:
        return Heard(aside.keep_phone(turn, house, inbound.phone, now))
    tokens = _named_choices(turn, house, inbound, said)
    if tokens:
        return _tap_all(turn, house, tokens, now)
    if inbound.text.strip():
        return Heard(hear_text(turn, house, inbound.text.strip(), said, now))
    if turn.scene.conversation.started_at is None:
        return Heard(turn)
    # A voice in the night may be a cry for help: the numbers stand in the answer itself.
    level = told(turn.scene.assessment) or Urgency.emergency
    ways = advice.numbers(house, turn.scene, max(level, Urgency.immediate), now)
    return Heard(say(turn, text("other.cannot_read", ways=ways)))


def _named_choices(turn: Turn, house: House, inbound: Inbound, said: Understood) -> tuple[str, ...]:
    """The choices that a typed message names, by their place or by what their button says; a
    temperature names none, however long the list is, and words never deny a whole sign."""
    if inbound.kind is not InboundKind.text or is_reading(said):
        return ()
    screen = turn.scene.conversation.screen
    placed = read_choices(inbound.text, inbound.marks, screen.tokens)
    named = read_label(inbound.text, house.lexicon, screen.tokens, screen.labels)
    return placed or tuple(token for token in named if not denies_all(token))


def _tap_all(turn: Turn, house: House, tokens: tuple[str, ...], now: datetime) -> Heard:
    heard = Heard(turn)
    for token in tokens:
        heard = _tap(heard.turn, house, token, now)
    return replace(heard, show=Show.always)


def _tap(turn: Turn, house: House, token: str, now: datetime) -> Heard:
    serial, _, choice = token.partition(".")
    if serial == ALWAYS:
        return Heard(aside.choose(turn, house, choice, now))
    if serial.startswith("a"):
        return _after(turn, house, serial, choice, now)
    if serial != str(turn.scene.conversation.screen.serial) or not choice:
        return Heard(_stale(turn, house, choice, now))
    return _present(turn, house, choice, now)


def _present(turn: Turn, house: House, choice: str, now: datetime) -> Heard:
    """A choice of the present screen."""
    verb, _, rest = choice.partition(":")
    if verb == "s":
        step, _, value = rest.partition(":")
        return Heard(setup.answer(turn, house, step, value, now) or turn)
    if choice in ("more", "questions"):
        return Heard(aside.show(turn, house, choice, now), Show.never)
    if not answers_token(house, choice):
        return Heard(turn)
    return Heard(act(turn, house, choice, now), Show.in_place)


def _stale(turn: Turn, house: House, choice: str, now: datetime) -> Turn:
    """An old button: on a grave finding it asks "is it happening now?", else nothing counts."""
    id, number = finding_of(choice), number_of(choice)
    if id not in house.protocol.findings or own_level(house, id, number) < Urgency.immediate:
        return turn
    if number is None:
        id = house.protocol.findings[id].unsure_means or id
    run = turn.scene.assessment
    if run is not None and id in positive(house.protocol, run):
        return turn
    return propose(turn, house, id, "", now, number)


def _after(turn: Turn, house: House, serial: str, choice: str, now: datetime) -> Heard:
    """A button under an advice: good while its assessment is open; that nobody answers, or that
    somebody was reached, may be said at any time."""
    run = turn.scene.assessment
    if (run is None or serial != f"a{run.id}") and choice not in aside.ANY_TIME:
        return Heard(turn)
    done = aside.after(turn, house, choice, now)
    return Heard(done, Show.if_moved if done.says else Show.always)


# --- what follows every input --------------------------------------------------------------------


def _settle(
    turn: Turn, house: House, before: Place, *, spoke: bool, show: str, now: datetime
) -> Turn:
    """Judge, tell, page, set timers, show the present screen: the same after every input."""
    first = turn.scene.conversation.started_at is None and spoke
    turn = tell(turn, house, now)
    turn = append(turn, house, before, now)
    turn = followup.wind(followup.recheck(turn, house, now), house, spoke, now)
    turn = _started(turn, now) if spoke else turn
    turn = _met(turn, house, now) if first else turn
    if not (first and lifecycle.derive(house, turn.scene, now) == lifecycle.HOME):
        turn = _show(turn, house, before, show, now)
    return lifecycle.move(_offered(turn), house, now)


def _met(turn: Turn, house: House, now: datetime) -> Turn:
    """The first message: the numbers; where an advice gave them, only what else must be said."""
    if told(turn.scene.assessment) is None:
        return aside.greet(turn, house, now)
    return say(turn, text("first.demonstration")) if house.demonstration else turn


def _offered(turn: Turn) -> Turn:
    """Keep what was offered, in order, so that "reply 1 4" can be read."""
    tokens = offered(turn)
    if not tokens:
        return turn
    conversation = turn.scene.conversation
    screen = replace(conversation.screen, tokens=tokens, labels=labelled(turn))
    return turn.become(conversation=replace(conversation, screen=screen))


def _started(turn: Turn, now: datetime) -> Turn:
    conversation = turn.scene.conversation
    if conversation.started_at is not None:
        return turn
    return turn.become(conversation=replace(conversation, started_at=now))


def _show(turn: Turn, house: House, before: Place, show: str, now: datetime) -> Turn:
    """Send the present screen anew, change it in place, or leave it."""
    moved = place_of(turn, house, now).moved_from(before)
    stays = show == Show.if_moved and not moved
    if show == Show.never or turn.erase or stays:
        return turn
    shown = present(turn, house, now)
    if shown is None:
        return _outcome_again(turn, house, now)
    # A tick changes the list in place; whatever was said meanwhile stands above a new list.
    return put(turn, shown, edit=show == Show.in_place and not moved and not _spoken(turn))


def _spoken(turn: Turn) -> bool:
    """Whether the person was said something; what coordinators hear is no answer to a family."""
    return any(said.to == turn.scene.person.urn for said in turn.says)


def _outcome_again(turn: Turn, house: House, now: datetime) -> Turn:
    """At an outcome there is nothing to ask; an input that said nothing else is still answered,
    and danger never without the numbers."""
    run = turn.scene.assessment
    if _spoken(turn) or run is None:
        return turn
    level = told(run) or Urgency.routine
    rows = buttons(turn, house) if level in URGENT else after_outcome(run, level)
    ways = (advice.numbers(house, turn.scene, level, now),) if level in URGENT else ()
    return say(turn, text("outcome.again"), *ways, choices=rows)
