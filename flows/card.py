"""The coordinator's card: where the page stands, the case itself, and what can be done."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.case import LEVELS, case, phones
from flows.house import House
from flows.message import Choice, Text, Urn, text
from flows.page import Page, PageState, Reason, Resolution
from flows.scene import Scene

ROLES = {
    "on_call": text("card.role_on_call"),
    "second": text("card.role_second"),
    "group": text("card.role_group"),
    "supervisor": text("card.role_supervisor"),
}
OUTCOMES = {
    Resolution.reached: text("card.outcome_reached"),
    Resolution.sent_to_hospital: text("card.outcome_sent_to_hospital"),
    Resolution.advised: text("card.outcome_advised"),
    Resolution.known_to_the_team: text("card.outcome_known_to_the_team"),
    Resolution.false_alarm: text("card.outcome_false_alarm"),
    Resolution.done: text("card.outcome_done"),
}

Rows = tuple[tuple[Choice, ...], ...]


def copy(house: House, scene: Scene, urn: Urn, now: datetime) -> tuple[tuple[Text, ...], Rows]:
    """The card as it stands at one address, with the buttons that make sense there."""
    page = scene.page
    assert page is not None
    if whole(scene, urn):
        return card(house, scene, now), buttons(scene, urn)
    return (line(scene, page),), ()


def whole(scene: Scene, urn: Urn) -> bool:
    """Whether this address needs the whole card, or one line that says who has it."""
    page = scene.page
    assert page is not None
    working = page.state is PageState.acknowledged and urn in _readers(scene)
    return page.state is PageState.triggered or working


def _readers(scene: Scene) -> tuple[Urn, ...]:
    """Where the whole card stays while somebody has it: there, with the taker, in the group."""
    page, team = scene.page, scene.team
    assert page is not None
    ids = (page.holder, page.offered_to)
    members = (team.members.get(id) for id in ids if id is not None)
    group = () if team.group is None else (team.group,)
    return (*(member.urn for member in members if member), *group)


def bare(page: Page) -> Text:
    """All that a third party may hear: a code and a level."""
    return text("page.apprise", code=page.code, level=level(page))


def level(page: Page) -> Text:
    """How urgent the page is, in words; a drill and a fault are called so wherever they go."""
    special = {Reason.drill: text("card.level_drill"), Reason.fault: text("card.level_fault")}
    return special.get(page.reason, LEVELS[page.level])


def line(scene: Scene, page: Page) -> Text:
    """Where the page stands, in one line."""
    return text("card.line", code=page.code, status=status(scene, page))


def minutes(house: House, page: Page, now: datetime) -> int:
    """How long the page has been waiting, in whole minutes of the house's time."""
    return int(house.pace.elapsed(page.opened_at, now) / timedelta(minutes=1))


def card(house: House, scene: Scene, now: datetime) -> tuple[Text, ...]:
    """The whole card, gravest things first."""
    page = scene.page
    assert page is not None
    n = minutes(house, page, now)
    head = text("card.head", code=page.code, level=level(page), n=n)
    told = case(house, scene, now) if page.patient_id is not None else ()
    return (head, status(scene, page), *_marks(page), *told)


def status(scene: Scene, page: Page) -> Text:
    """Who has it."""
    if page.state is PageState.triggered:
        return text("card.queued") if page.queued else text("card.nobody")
    if page.state is PageState.resolved:
        return _ended(page)
    if page.offered_to is not None:
        taker = scene.team.named(page.offered_to)
        return text("card.offered", name=page.holder_name, taker=taker)
    since = page.acknowledged_at or page.opened_at
    return text("card.held", name=page.holder_name, at=since)


def _ended(page: Page) -> Text:
    """How it ended; a drill may end by itself."""
    if page.resolution is None or page.resolved_at is None:
        return text("card.over")
    outcome = OUTCOMES[page.resolution]
    return text("card.resolved", name=page.holder_name, outcome=outcome, at=page.resolved_at)


def _marks(page: Page) -> tuple[Text, ...]:
    """What is out of the ordinary about the page."""
    reasons = {
        Reason.unfinished: text("card.unfinished"),
        Reason.not_reached: text("card.not_reached"),
        Reason.asked_for: text("card.asked_for"),
        Reason.fault: text("card.fault", cause=page.cause),
        Reason.drill: text("card.drill"),
    }
    marks = (reasons[page.reason],) if page.reason in reasons else ()
    known = (text("card.same_as", at=page.known_as),) if page.known_as else ()
    missing = tuple(ROLES[role] for role in page.skipped)
    skipped = (text("card.skipped", roles=missing),) if missing else ()
    return (*marks, *known, *skipped)


def buttons(scene: Scene, urn: Urn) -> Rows:
    """What can be done about the page, from this address."""
    page = scene.page
    assert page is not None
    taker = scene.team.members.get(page.offered_to) if page.offered_to is not None else None
    if taker is not None and taker.urn == urn:
        return ((_button(page, "accept", text("card.accept")),),)
    first = _button(page, "acknowledge", text("card.acknowledge"))
    take = ((first,),) if page.state is PageState.triggered else ()
    resolve = _button(page, "resolve", text("card.resolve"))
    if page.patient_id is None:
        return (*take, (resolve,))
    calling = _button(page, "calling", text("card.calling"))
    number = () if phones(scene) else (_button(page, "ask_number", text("card.ask_number")),)
    reply = _button(page, "reply", text("card.reply"))
    hand_on = _button(page, "hand_on", text("card.hand_on"))
    return (*take, (calling, *number), (reply, hand_on), (resolve,))


def _button(page: Page, verb: str, label: Text) -> Choice:
    return Choice(label, token=f"{verb}:{page.id}")
