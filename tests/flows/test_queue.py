"""Pages of same day: told without ringing, and urgent when their time comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.flows.desk_driver import (
    BEN,
    DANA,
    DAY,
    GROUP,
    HOUSE,
    NIGHT,
    Clinic,
    I,
    S,
    blank_scene,
    chilled,
    shut,
    whole_team,
)


def test_same_day_is_told_without_ringing_and_rings_after_30_minutes_by_day() -> None:
    """By day the card waits half an hour in the queue, then it is urgent."""
    house = chilled(now=DAY)
    turn = house.raises(S)
    assert [(said.to, said.silent) for said in turn.says] == [(GROUP, True), (DANA, True)]
    house.forward(minutes=30, seconds=-1)
    assert house.rung() == []
    house.forward(seconds=1)
    assert house.rung() == [DANA]
    assert house.page.level is I
    house.forward(minutes=10)
    assert "page.unanswered" in house.heard()


def rings_at(house: Clinic) -> datetime:
    """When the page in the queue becomes urgent, on the clinic's clock."""
    due_at = house.timers[f"queue:page:{house.page.id}"].due_at
    return due_at.astimezone(HOUSE.clinic.hours.zone)


def test_same_day_at_night_waits_for_opening_time() -> None:
    """Two in the morning of a working day: it rings when the clinic opens."""
    house = chilled()
    house.raises(S)
    opens = HOUSE.clinic.hours.opens_after(NIGHT)
    assert opens is not None
    assert rings_at(house) == opens
    assert rings_at(house).date() == NIGHT.astimezone(HOUSE.clinic.hours.zone).date()


def test_same_day_on_a_shut_day_waits_for_the_end_of_the_night() -> None:
    """A clinic that stays shut must not turn "today" into "after the holiday"."""
    house = chilled(house=shut(), now=NIGHT - timedelta(hours=3))
    house.raises(S)
    assert (rings_at(house).day, rings_at(house).hour) == (24, 7)


def test_same_day_on_a_shut_day_rings_by_day() -> None:
    """Shut or not, by day half an hour is long enough."""
    house = chilled(house=shut(), now=DAY)
    house.raises(S)
    assert rings_at(house) == DAY + timedelta(minutes=30)


def test_night_may_lie_within_one_day() -> None:
    """A night written from 01:00 to 06:00 is read as such."""
    waits = HOUSE.escalation.waits
    waits = replace(waits, night_from=waits.night_until.replace(hour=1))
    house = replace(shut(), escalation=replace(HOUSE.escalation, waits=waits))
    early, late = chilled(house=house), chilled(house=house, now=NIGHT - timedelta(hours=3))
    early.raises(S)
    late.raises(S)
    assert rings_at(early).hour == 7
    assert rings_at(late) == late.now + timedelta(minutes=30)


def test_queue_without_an_address_does_not_wait() -> None:
    """Neither group nor on call: the second is alerted instead of nobody being told."""
    house = chilled(scene=blank_scene(whole_team(on_call=(), group=())))
    house.raises(S)
    assert house.page.level is I
    assert house.rung() == [BEN]


def test_rise_leaves_the_queue() -> None:
    """A higher level rings at once, and the queue's timer is gone."""
    house = chilled()
    house.raises(S)
    house.take_sent()
    house.raises(I)
    assert house.rung() == [DANA]
    assert not house.page.queued
    assert "queue:page:1" not in house.timers


def test_what_was_taken_from_the_queue_and_dropped_goes_back_to_it() -> None:
    """No progress at same day: told again without ringing, and urgent when its time comes."""
    house = chilled(now=DAY)
    house.raises(S)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    house.forward(minutes=15)
    assert house.page.queued
    assert rings_at(house) == DAY + timedelta(minutes=30)
    assert "page.taken_back" in house.heard()
    house.forward(minutes=15)
    assert DANA in house.rung()
