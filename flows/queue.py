"""The queue: pages that were told once and ring nobody until their time comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from flows import alert, page_timer, rounds
from flows.event import PageRaised
from flows.house import House
from flows.message import Urn
from flows.page import Page
from flows.page_machine import moved
from flows.tidings import present, put
from flows.turn import Turn
from flows.urgency import Urgency


def enter(turn: Turn, house: House, now: datetime) -> Turn:
    """Tell the steps of the policy without ringing. Where none can be told, nothing waits."""
    urns = rounds.working(turn.scene, present(turn).policy.steps)
    return wait(turn, house, urns, now) if urns else leave(turn, house, now)


def wait(turn: Turn, house: House, urns: Iterable[Urn], now: datetime, silent: bool = True) -> Turn:
    """Tell these once, and ring nobody else until the page's time comes."""
    page = present(turn)
    queued = replace(page, queued=True, raises=page.raises + 1, round=page.round + 1)
    queued = replace(queued, triggered_at=now, step=len(page.policy.steps))
    turn = put(turn, queued).drop(page_timer.keys(page))
    turn = alert.send(turn, house, urns, now, silent=silent)
    return turn.set(page_timer.timer(present(turn), "queue", until(house, page, now)))


def leave(turn: Turn, house: House, now: datetime) -> Turn:
    """Its time has come: it rings like any page that is urgent."""
    before = present(turn)
    page = moved(before, "rise")
    level = max(page.level, Urgency.immediate, key=lambda level: level.rank)
    page = replace(page, level=level, policy=house.escalation.policies[level], queued=False)
    if level > before.level:
        page = replace(page, told_unanswered_at=None)
    turn = put(turn, page).happened(PageRaised(page.id, level, "queue"))
    return rounds.begin(turn, house, now)


def until(house: House, page: Page, now: datetime) -> datetime:
    """By day, a while after it was opened; at night, at opening time.

    On a day when the clinic stays shut it is the end of the night: same day means today.
    """
    if not _night(house, now):
        by_day = house.escalation.policies[Urgency.same_day].repeat
        return max(now, house.pace.after(page.opened_at, by_day))
    morning = _morning(house, now)
    opens = house.clinic.hours.opens_after(now)
    same_day = opens is not None and opens.astimezone(morning.tzinfo).date() == morning.date()
    rings = opens if opens is not None and same_day else morning
    return house.pace.after(now, rings - now)


def _night(house: House, now: datetime) -> bool:
    waits, hours = house.escalation.waits, house.clinic.hours
    clock = now.astimezone(hours.zone).time()
    since, until = waits.night_from, waits.night_until
    dark = since <= clock < until if since <= until else clock >= since or clock < until
    return dark and not hours.open_at(now)


def _morning(house: House, now: datetime) -> datetime:
    """The next end of the night, on the clinic's clock."""
    zone = house.clinic.hours.zone
    local = now.astimezone(zone)
    until = house.escalation.waits.night_until
    day = local.date() if local.time() < until else local.date() + timedelta(days=1)
    return datetime.combine(day, until, zone)
