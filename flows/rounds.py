"""Who is alerted when: the steps of a page's policy, round after round, until somebody has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from flows import alert, page_timer, tidings
from flows.card import ROLES
from flows.event import StepAlerted, StepSkipped
from flows.house import House
from flows.message import Urn, text
from flows.page import Page, Policy, Step
from flows.scene import Scene
from flows.team import THIRD_PARTIES
from flows.tidings import present, put
from flows.turn import Turn


def begin(turn: Turn, house: House, now: datetime) -> Turn:
    """Run the alerts from the first step, and promise the family word if nobody answers."""
    page = replace(_round(present(turn), now), raises=present(turn).raises + 1, queued=False)
    page = replace(page, unreachable=())
    turn = put(turn, page).drop(page_timer.keys(page))
    return promise(advance(turn, house, now), house, now)


def promise(turn: Turn, house: House, now: datetime) -> Turn:
    """The family will hear that nobody has answered, unless it has just heard."""
    page = present(turn)
    if page.told_unanswered_at is not None:
        return turn
    due_at = house.pace.after(now, page.policy.tell_family)
    return turn.set(page_timer.timer(page, "unanswered", due_at))


def _round(page: Page, now: datetime) -> Page:
    return replace(page, round=page.round + 1, step=0, triggered_at=now)


def advance(turn: Turn, house: House, now: datetime) -> Turn:
    """Alert the steps whose time has come, each address once; after an outage, too.

    A step without a working address gives way to the next at once. What an outage left out is
    made up for together: everybody who was missed hears once, not once a step.
    """
    page, scene = present(turn), turn.scene
    elapsed = house.pace.elapsed(page.triggered_at, now)
    taken: tuple[Step, ...] = ()
    if page.step == len(page.policy.steps) or elapsed >= _length(page.policy):
        taken = page.policy.steps[page.step :]
        page, elapsed = _round(page, now), timedelta()
    end = _end(page, scene, elapsed)
    taken += page.policy.steps[page.step : end]
    if not working(scene, taken) and page.step > 0:
        # Nobody is left in this round, so the next one begins at once.
        page = _round(page, now)
        end = _end(page, scene, timedelta())
        taken += page.policy.steps[:end]
    turn = put(turn, replace(page, step=end))
    return set_next(_alerted(turn, house, taken, now), house)


def _length(policy: Policy) -> timedelta:
    return policy.steps[-1].after + policy.repeat


def _end(page: Page, scene: Scene, elapsed: timedelta) -> int:
    """How far the steps are taken now: at least one, and on until somebody can be alerted."""
    steps, end = page.policy.steps, page.step
    while end < len(steps):
        horizon = max(elapsed, steps[end].after)
        end = sum(step.after <= horizon for step in steps)
        if working(scene, steps[page.step : end]):
            break
    return end


def working(scene: Scene, steps: Iterable[Step]) -> tuple[Urn, ...]:
    """The addresses of these steps that can be alerted, each once; empty: they are skipped."""
    page, team = scene.page, scene.team
    lost = frozenset(map(Urn.parse, page.unreachable if page else ())) | team.broken
    urns = dict.fromkeys(urn for step in steps for urn in team.steps.get(step.role, ()))
    return tuple(urn for urn in urns if urn not in lost)


def _alerted(turn: Turn, house: House, taken: tuple[Step, ...], now: datetime) -> Turn:
    urns = working(turn.scene, taken)
    turn, skipped = _skipped(turn, taken)
    page = present(turn)
    if urns:
        names = tuple(map(str, urns))
        turn = turn.happened(StepAlerted(page.id, page.round, page.step, names))
        turn = alert.send(turn, house, urns, now)
    else:
        turn = _nobody(turn, house, now)
    if not skipped:
        return turn
    what = text("page.step_skipped", code=page.code, roles=tuple(ROLES[r] for r in skipped))
    return alert.notify(turn, house, reachable(turn.scene), what, silent=True)


def _skipped(turn: Turn, taken: tuple[Step, ...]) -> tuple[Turn, tuple[str, ...]]:
    """Note the roles that had no working address; each is told of once a page."""
    page, scene = present(turn), turn.scene
    roles = dict.fromkeys(step.role for step in taken if not working(scene, (step,)))
    new = tuple(role for role in roles if role not in page.skipped)
    turn = put(turn, replace(page, skipped=page.skipped + new))
    events = (StepSkipped(page.id, role, "no working address") for role in new)
    return turn.happened(*events), new


def reachable(scene: Scene) -> tuple[Urn, ...]:
    """The group; without one, every coordinator of a step who can be reached."""
    group = working(scene, (Step("group", timedelta()),))
    every = working(scene, (Step(role, timedelta()) for role in scene.team.steps))
    return tuple(urn for urn in group or every if urn.channel not in THIRD_PARTIES)


def _nobody(turn: Turn, house: House, now: datetime) -> Turn:
    """Not one step has an address: the family hears so at once, and once."""
    if present(turn).told_unanswered_at is not None:
        return turn
    return tidings.nobody_has_it(turn, house, text("page.nobody"), now)


def set_next(turn: Turn, house: House) -> Turn:
    """The timer of the step that comes next, or of the next round."""
    page = present(turn)
    steps = page.policy.steps
    wait = steps[page.step].after if page.step < len(steps) else _length(page.policy)
    return turn.set(page_timer.timer(page, "step", house.pace.after(page.triggered_at, wait)))


def everyone(turn: Turn, house: House, now: datetime) -> Turn:
    """Alert all steps of the policy at once; after the repeat, the rounds go on as usual."""
    page = present(turn)
    steps = page.policy.steps
    raised = replace(_round(page, now), step=len(steps), raises=page.raises + 1, unreachable=())
    turn = put(turn, raised).drop(page_timer.keys(page))
    turn = _alerted(turn, house, steps, now)
    due_at = house.pace.after(now, page.policy.repeat)
    turn = turn.set(page_timer.timer(present(turn), "step", due_at))
    return promise(turn, house, now)


def undelivered(turn: Turn, house: House, now: datetime) -> Turn:
    """An alert could not be delivered: unless it reached somebody else too, the next step now."""
    page = present(turn)
    if page.step == 0:
        return turn
    last = page.policy.steps[page.step - 1].after
    batch = [step for step in page.policy.steps[: page.step] if step.after == last]
    return turn if working(turn.scene, batch) else advance(turn, house, now)
