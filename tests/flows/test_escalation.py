"""Who is alerted when, and what the family hears, until a named person has the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from flows import page_timer
from flows.clinic import Hours
from flows.event import FamilyTold, PageRaised, PageTriggered, StepAlerted, StepSkipped
from flows.house import House
from flows.message import Urn
from flows.pace import Pace
from flows.page import PageState, Reason
from flows.record import Answer, By
from flows.timer import Timer
from flows.urgency import Urgency
from tests.flows.desk_driver import (
    DAY,
    FAMILY,
    FATHER,
    GROUP,
    HOUSE,
    NIGHT,
    PAGER,
    Clinic,
    E,
    I,
    S,
    blank_scene,
    nobody,
    texts,
    tokens,
    urn_of,
    whole_team,
)

DANA, BEN, SAM = (urn_of(name) for name in ("Dana", "Ben", "Sam"))


def clinic(**parts: object) -> Clinic:
    """A clinic whose family has told of shaking chills."""
    return Clinic(**parts).answers("chills")  # type: ignore[arg-type]


def known_house() -> House:
    """The house once a clinician has signed "known to the team"."""
    return replace(HOUSE, escalation=replace(HOUSE.escalation, known_to_the_team=True))


def shut() -> House:
    """The house with a clinic that never opens."""
    hours = Hours(HOUSE.clinic.hours.zone, {}, {}, assumed=True)
    return replace(HOUSE, clinic=replace(HOUSE.clinic, hours=hours))


# --- the policy ----------------------------------------------------------------------------------


def test_emergency_alerts_at_0_2_4_6_minutes() -> None:
    """On call and group together, second, group, supervisor; then the round begins again."""
    house = clinic()
    house.raises(E)
    assert house.rung() == [DANA, GROUP]
    for minutes, urns in ((2, [BEN]), (2, [GROUP]), (2, [SAM]), (2, [DANA, GROUP]), (2, [BEN])):
        house.forward(minutes=minutes, seconds=-1)
        assert house.rung() == []
        house.forward(seconds=1)
        assert house.rung() == urns


def test_immediate_alerts_at_0_4_8_12_minutes() -> None:
    """On call, second, group, supervisor; then the round begins again."""
    house = clinic()
    house.raises(I)
    assert house.rung() == [DANA]
    for urn in (BEN, GROUP, SAM, DANA, BEN):
        house.forward(minutes=4)
        assert house.rung() == [urn]


def test_round_repeats_all_night() -> None:
    """Nobody answers for six hours, and every step is still alerted in every round."""
    house = clinic()
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
    house = clinic()
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
    house = clinic()
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
    house = clinic()
    house.raises(I)
    slower = replace(HOUSE.escalation.policies[I], repeat=timedelta(hours=9))
    policies = {**HOUSE.escalation.policies, I: slower}
    house.house = replace(HOUSE, escalation=replace(HOUSE.escalation, policies=policies))
    house.take_sent()
    house.forward(minutes=16)
    assert house.rung() == [BEN, GROUP, SAM, DANA]


def test_rehearsal_runs_faster() -> None:
    """At a time scale of 7 the steps come after a seventh of the time, in the same order."""
    house = clinic(house=replace(HOUSE, pace=Pace(7)))
    house.raises(E)
    house.take_sent()
    house.forward(minutes=6 / 7, seconds=1)
    assert house.rung() == [BEN, GROUP, SAM]


# --- steps without an address --------------------------------------------------------------------


def test_step_without_address_gives_way_at_once() -> None:
    """Nobody on call: the second is alerted at once; the card and the group say so, once."""
    house = clinic(scene=blank_scene(whole_team(on_call=())))
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
    house = clinic(scene=blank_scene(whole_team(second=(), group=(), supervisor=())))
    house.raises(I)
    assert house.rung() == [DANA]
    house.forward(minutes=4)
    assert house.rung() == [DANA]
    assert house.page.skipped == ("second", "group", "supervisor")


def test_without_any_address_the_family_hears_at_once() -> None:
    """Nobody could be alerted: the family is told whom to call, once; the page stays alive."""
    house = clinic(scene=blank_scene(nobody()))
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
    house = clinic(scene=blank_scene(whole_team(second=(PAGER,))))
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
    house = clinic()
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
    house = clinic()
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
    house = clinic()
    house.raises(I)
    house.scene = replace(house.scene, page=replace(house.page, step=0))
    house.take_sent()
    house.falls_due(page_timer.undelivered(house.page, DANA, house.now))
    assert house.rung() == []


# --- after an outage -----------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [0.05, 0.1, 1, 30])
def test_outage_alerts_each_address_once(hours: float) -> None:
    """However long nothing ran, nobody gets two cards of one page for it."""
    house = clinic()
    house.raises(E)
    house.take_sent()
    house.outage(hours=hours)
    rung = house.rung()
    assert rung
    assert len(rung) == len(set(rung))


def test_outage_alerts_all_who_were_missed() -> None:
    """After more than a round the second and the supervisor hear as well as on call."""
    house = clinic()
    house.raises(E)
    house.forward(minutes=2)
    house.take_sent()
    house.outage(hours=1)
    assert house.rung() == [GROUP, SAM, DANA]
    house.forward(minutes=2)
    assert house.rung() == [BEN]


# --- rises ---------------------------------------------------------------------------------------


def test_rise_begins_the_higher_policy() -> None:
    """I becomes E while nobody has it: the emergency's steps run from now."""
    house = clinic()
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
    house = clinic()
    house.raises(E)
    house.raises(S)
    assert house.page.level is E


def test_rise_alerts_the_holder_first_and_everyone_after_2_minutes() -> None:
    """Who has it keeps it for two minutes; without a sign of progress everyone is alerted."""
    house = clinic()
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
    house = clinic()
    house.raises(I)
    house.acts("Dana", "acknowledge")
    house.raises(E)
    house.acts("Dana", "calling")
    house.take_sent()
    house.forward(minutes=14)
    assert house.rung() == []


def test_rise_with_a_holder_who_cannot_be_reached_alerts_everyone() -> None:
    """Who has it has blocked the bot: nobody waits two minutes for that."""
    house = clinic()
    house.raises(I)
    house.acts("Dana", "acknowledge")
    house.acts("Dana", "blocked")
    house.take_sent()
    house.raises(E)
    assert [urn for urn in house.rung() if urn != DANA] == [GROUP, BEN, SAM]


def test_not_reached_alerts_everyone_while_nobody_has_it() -> None:
    """The family reached nobody: all steps at once, then the rounds go on."""
    house = clinic()
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
    house = clinic()
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
    house = clinic()
    house.raises(S)
    house.take_sent()
    house.raises(S, Reason.not_reached)
    assert house.page.level is I
    assert DANA in house.rung()


def test_new_finding_informs_the_holder_alone() -> None:
    """Something new at the same level: a new card for who has it, an edit in the group."""
    house = clinic()
    house.raises(E)
    house.acts("Ben", "acknowledge")
    house.take_sent()
    house.answers("jaundice").raises(E)
    sent = house.take_sent()
    assert [(said.to, said.edit) for said in sent] == [(BEN, False), (GROUP, True)]
    assert "finding.jaundice.label" in texts(sent[0])


def test_new_finding_while_nobody_has_it_changes_the_cards() -> None:
    """The cards that lie there are brought up to date without ringing."""
    house = clinic()
    house.raises(E)
    house.take_sent()
    house.answers("jaundice").raises(E)
    assert house.rung() == []
    house.answers("dark_urine").raises(E)
    assert all(said.edit and said.silent for said in house.take_sent())


def test_assessments_append_to_the_open_page() -> None:
    """One open page a patient: a second assessment joins it."""
    house = clinic()
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
    house = clinic()
    house.raises(I)
    house.acts("Dana", "resolve", "reached")
    house.take_sent()
    house.raises(E)
    assert house.page.id == 2
    assert DANA in house.rung()


# --- the queue -----------------------------------------------------------------------------------


def test_same_day_is_told_without_ringing_and_rings_after_30_minutes_by_day() -> None:
    """By day the card waits half an hour in the queue, then it is urgent."""
    house = clinic(now=DAY)
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
    house = clinic()
    house.raises(S)
    opens = HOUSE.clinic.hours.opens_after(NIGHT)
    assert opens is not None
    assert rings_at(house) == opens
    assert rings_at(house).date() == NIGHT.astimezone(HOUSE.clinic.hours.zone).date()


def test_same_day_on_a_shut_day_waits_for_the_end_of_the_night() -> None:
    """A clinic that stays shut must not turn "today" into "after the holiday"."""
    house = clinic(house=shut(), now=NIGHT - timedelta(hours=3))
    house.raises(S)
    assert (rings_at(house).day, rings_at(house).hour) == (24, 7)


def test_same_day_on_a_shut_day_rings_by_day() -> None:
    """Shut or not, by day half an hour is long enough."""
    house = clinic(house=shut(), now=DAY)
    house.raises(S)
    assert rings_at(house) == DAY + timedelta(minutes=30)


def test_night_may_lie_within_one_day() -> None:
    """A night written from 01:00 to 06:00 is read as such."""
    waits = HOUSE.escalation.waits
    waits = replace(waits, night_from=waits.night_until.replace(hour=1))
    house = replace(shut(), escalation=replace(HOUSE.escalation, waits=waits))
    early, late = clinic(house=house), clinic(house=house, now=NIGHT - timedelta(hours=3))
    early.raises(S)
    late.raises(S)
    assert rings_at(early).hour == 7
    assert rings_at(late) == late.now + timedelta(minutes=30)


def test_queue_without_an_address_does_not_wait() -> None:
    """Neither group nor on call: the second is alerted instead of nobody being told."""
    house = clinic(scene=blank_scene(whole_team(on_call=(), group=())))
    house.raises(S)
    assert house.page.level is I
    assert house.rung() == [BEN]


def test_rise_leaves_the_queue() -> None:
    """A higher level rings at once, and the queue's timer is gone."""
    house = clinic()
    house.raises(S)
    house.take_sent()
    house.raises(I)
    assert house.rung() == [DANA]
    assert not house.page.queued
    assert "queue:page:1" not in house.timers


def test_what_was_taken_from_the_queue_and_dropped_goes_back_to_it() -> None:
    """No progress at same day: told again without ringing, and urgent when its time comes."""
    house = clinic(now=DAY)
    house.raises(S)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    house.forward(minutes=15)
    assert house.page.queued
    assert rings_at(house) == DAY + timedelta(minutes=30)
    assert "page.taken_back" in house.heard()
    house.forward(minutes=15)
    assert DANA in house.rung()


# --- progress ------------------------------------------------------------------------------------


def test_nobody_is_alerted_after_an_acknowledgement_until_the_limit() -> None:
    """Fifteen minutes of quiet; then the page is triggered and alerts from the first step."""
    house = clinic()
    house.raises(E)
    house.acts("Ben", "acknowledge")
    house.take_sent()
    house.forward(minutes=15, seconds=-1)
    assert house.take_sent() == []
    turns = len(house.turns)
    house.forward(seconds=1)
    assert any(isinstance(event, PageTriggered) for event in house.turns[turns].events)
    sent = house.take_sent()
    assert [said.to for said in sent if said.slot and not said.edit] == [DANA, GROUP]
    assert next(part.id for said in sent if said.to == BEN for part in said.body) == "desk.lost"
    family = [said for said in sent if said.to == FAMILY]
    assert [part.id for said in family for part in said.body] == ["page.taken_back"]
    assert "way.list" in texts(family[0])
    house.forward(minutes=6)
    assert house.heard() == [], "the family has just heard that nobody has it"


def test_dropped_page_with_nobody_left_says_so() -> None:
    """The limit passes and no address works: the family hears that nobody could be alerted."""
    house = clinic()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    house.scene = replace(house.scene, team=replace(house.scene.team, steps={}))
    house.take_sent()
    house.forward(minutes=15)
    assert house.heard() == ["page.nobody"]


def test_holder_who_left_the_clinic_has_nothing() -> None:
    """A holder who is no coordinator any more loses the page at the next touch."""
    house = clinic()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    members = {id: m for id, m in house.scene.team.members.items() if m.name != "Dana"}
    steps = {**house.scene.team.steps, "on_call": (BEN,)}
    house.scene = replace(house.scene, team=replace(house.scene.team, members=members, steps=steps))
    house.take_sent()
    house.falls_due(checked(house))
    assert house.page.state is PageState.triggered
    assert BEN in house.rung()


# --- the check at a start ------------------------------------------------------------------------


def checked(house: Clinic) -> Timer:
    """The timer that a start sets for each open page."""
    timer = page_timer.timer(house.page, "step", house.now)
    return replace(timer, key="check:page:1", kind="page_check", detail="")


@pytest.mark.parametrize("how", ["triggered", "queued", "acknowledged", "drill"])
def test_check_gives_every_open_page_its_timer(how: str) -> None:
    """Whatever became of the timers, after a start each open page has the one it needs."""
    house = clinic()
    if how == "drill":
        house.drills()
    else:
        house.raises(S if how == "queued" else E)
    if how == "acknowledged":
        house.acts("Dana", "acknowledge")
    kind = {"triggered": "step", "queued": "queue", "acknowledged": "progress", "drill": "drill"}
    key = f"{kind[how]}:page:1"
    wanted = house.timers[key]
    house.timers.clear()
    house.falls_due(checked(house))
    assert house.timers[key] == wanted


# --- stale ---------------------------------------------------------------------------------------


def test_stale_timers_change_nothing() -> None:
    """Timers of an acknowledged page, of another page, and of a page that is over do nothing."""
    house = clinic()
    house.raises(E)
    old = dict(house.timers)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    for timer in old.values():
        house.falls_due(timer)
        house.falls_due(replace(timer, page_id=99))
    assert house.take_sent() == []
    assert house.page.state is PageState.acknowledged
    house.acts("Dana", "resolve", "reached")
    house.take_sent()
    for timer in old.values():
        house.falls_due(timer)
    assert house.take_sent() == []


# --- what the family says ------------------------------------------------------------------------


def test_what_the_family_did_stands_on_the_card() -> None:
    """Called and reached change the cards in place; nobody's telephone rings."""
    house = clinic()
    house.raises(E)
    house.take_sent()
    house.reports("called")
    sent = house.take_sent()
    assert all(said.edit for said in sent)
    assert "card.said_called" in texts(sent[0])


def test_what_the_family_wrote_rings_who_has_it() -> None:
    """Words go to the holder alone; while nobody has the page, to all who were alerted."""
    house = clinic()
    house.raises(E)
    house.take_sent()
    house.reports("said", "His lips are blue")
    wrote = [said for said in house.take_sent() if not said.edit]
    assert [said.to for said in wrote] == [DANA, GROUP]
    assert wrote[0].body[0].values["words"] == "His lips are blue"
    house.acts("Ben", "acknowledge")
    house.take_sent()
    house.reports("said", "Now he sleeps")
    assert [said.to for said in house.take_sent() if not said.edit] == [BEN]


def test_family_that_blocked_the_bot_is_reported() -> None:
    """Who has the page must know that only the telephone is left."""
    house = clinic()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    gone = tuple(replace(carer, blocked_at=house.now) for carer in house.scene.carers)
    house.scene = replace(house.scene, carers=gone, assessment=None)
    turn = house.reports("blocked")
    assert "page.family_blocked" in [p.id for s in turn.says for p in s.body]
    assert "card.blocked" in texts(turn.says[0])


def test_number_given_reaches_who_has_it() -> None:
    """The family's number goes to the holder, and stands on the card."""
    house = clinic()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    turn = house.gives_number("+972541112233")
    (line,) = [said for said in turn.says if not said.edit]
    assert (line.to, line.body[0].id) == (DANA, "page.phone_given")
    assert line.body[0].values["phone"] == "+972541112233"


def test_without_a_page_nothing_is_passed_on() -> None:
    """Words and numbers of a family without an open page trouble nobody."""
    house = clinic()
    assert house.reports("called").says == ()
    assert house.gives_number("+972541112233").says == ()
    house.raises(E)
    assert house.gives_number("").says == ()


# --- known to the team ---------------------------------------------------------------------------


def known(level: Urgency = I, **parts: object) -> Clinic:
    """A family whose chills were resolved as known an hour ago, in a new assessment."""
    house = clinic(house=known_house(), **parts)
    house.raises(level)
    house.acts("Dana", "resolve", "known_to_the_team")
    house.forward(hours=1)
    house.closes().answers("chills")
    house.take_sent()
    return house


def test_known_findings_go_to_on_call_once() -> None:
    """The same findings within 24 h: on call hears once, marked; after half an hour everyone."""
    house = known(now=DAY)
    turn = house.raises(I)
    assert house.rung() == [DANA]
    assert texts(turn.says[0])["card.same_as"] == {"at": DAY}
    house.forward(minutes=10)
    sent = house.take_sent()
    assert [p.id for s in sent if s.to == FAMILY for p in s.body] == ["page.unanswered"]
    assert [s for s in sent if s.slot] == []
    house.forward(minutes=20)
    assert house.rung() == [DANA]
    house.forward(minutes=4)
    assert house.rung() == [BEN]


def test_known_at_same_day_is_told_without_ringing() -> None:
    """At same day on call finds the card in the queue."""
    house = known(S)
    turn = house.raises(S)
    assert [(said.to, said.silent) for said in turn.says] == [(DANA, True)]


def test_new_finding_pages_what_was_known_in_full() -> None:
    """Something new beside what was known: everybody's page again."""
    house = known()
    house.raises(I)
    house.take_sent()
    house.raises(I)
    assert house.rung() == [], "the same findings once more are still known"
    house.answers("jaundice").raises(I)
    assert house.rung() == [DANA]
    assert not house.page.queued


def test_known_page_that_was_dropped_pages_in_full() -> None:
    """Taken and left: all steps of the level, not on call alone."""
    house = known()
    house.raises(I)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    house.forward(minutes=19)
    assert {DANA, BEN} <= set(house.rung())


@pytest.mark.parametrize(
    "change", ["off", "later", "risen", "other", "more", "none", "nobody on call", "no assessment"]
)
def test_what_is_not_known_pages_in_full(change: str) -> None:
    """Unsigned, too old, risen, resolved otherwise, more findings, none: the whole policy."""
    house = known()
    level = E if change == "risen" else I
    if change == "off":
        house.house = HOUSE
    if change == "later":
        house.forward(hours=23)
    if change == "other":
        (page,) = (house.scene.page,)
        assert page is not None
        house.scene = replace(house.scene, page=replace(page, resolution=None))
    if change == "more":
        house.answers("temperature", by=By.typed, number="38.4")
    if change == "none":
        house.answers("chills", Answer.no)
    if change == "no assessment":
        house.scene = replace(house.scene, assessment=None)
    if change == "nobody on call":
        team = whole_team(on_call=())
        house.scene = replace(house.scene, team=team)
    turn = house.raises(level)
    assert not house.page.queued
    assert any(isinstance(event, StepAlerted) for event in turn.events)


def test_known_within_one_assessment() -> None:
    """Resolved as known, and raised again before the assessment closed: what stood then counts."""
    house = clinic(house=known_house())
    house.raises(I)
    house.forward(minutes=1)
    house.acts("Dana", "resolve", "known_to_the_team")
    house.forward(minutes=1)
    house.raises(I)
    assert house.page.known_as == NIGHT
    house.acts("Dana", "resolve", "known_to_the_team")
    house.forward(minutes=1)
    house.answers("jaundice").raises(I)
    assert house.page.known_as is None


# --- faults and drills ---------------------------------------------------------------------------


def test_fault_is_paged_once_a_cause() -> None:
    """One open page for a cause: a second fault of it rings nobody, another cause does."""
    house = Clinic()
    turn = house.faults("KeyError in render")
    assert house.rung() == [DANA]
    assert {"card.fault", "card.level_fault"} <= set(texts(turn.says[0]))
    assert tokens(turn.says[0]) == ["acknowledge:1", "resolve:1"]
    house.faults("KeyError in render")
    assert house.rung() == []
    house.faults("OSError in store")
    assert house.rung() == [DANA]


def test_fault_tells_no_family() -> None:
    """A fault page is nobody's: no carer hears of it, whatever becomes of it."""
    house = Clinic()
    house.faults("KeyError in render")
    house.forward(minutes=20)
    house.acts("Dana", "acknowledge")
    house.forward(minutes=20)
    house.acts("Dana", "resolve", "done")
    heard = {said.to for said in house.take_sent()}
    assert not heard & {FAMILY, FATHER}
    assert house.page.state is PageState.resolved
    assert house.reports("called").says == ()


def test_drill_alerts_every_step_once() -> None:
    """Everybody's telephone rings once, the pager's too; the level is called a drill."""
    house = Clinic(scene=blank_scene(whole_team(supervisor=(SAM, PAGER))))
    turn = house.drills()
    rung = house.rung()
    assert sorted(rung, key=str) == sorted((DANA, BEN, SAM, GROUP, PAGER), key=str)
    for said in turn.says:
        assert "card.level_drill" in texts(said)
        assert "card.level_emergency" not in texts(said)
    house.forward(minutes=29)
    assert house.rung() == []


@pytest.mark.parametrize("answered", [False, True])
def test_drill_ends_by_itself_and_says_who_answered(answered: bool) -> None:
    """Half an hour later it is over, for who acknowledged and for who slept through it."""
    house = Clinic()
    house.drills()
    if answered:
        house.acts("Ben", "acknowledge")
    house.take_sent()
    house.forward(minutes=30)
    assert house.page.state is PageState.resolved
    ended = "page.drill_answered" if answered else "page.drill_unanswered"
    assert {"card.over", ended} <= {id for said in house.take_sent() for id in texts(said)}


def test_drill_reports_a_missing_step() -> None:
    """What a drill is for: a step without an address shows on the card and in the group."""
    house = Clinic(scene=blank_scene(whole_team(second=())))
    turn = house.drills()
    assert [e.role for e in turn.events if isinstance(e, StepSkipped)] == ["second"]
    assert "page.step_skipped" in house.heard(GROUP)


def test_drill_that_reaches_nobody_still_ends() -> None:
    """Without a single address a drill is skipped steps, and over in half an hour."""
    house = Clinic(scene=blank_scene(nobody()))
    house.drills()
    house.falls_due(page_timer.undelivered(house.page, Urn("x", "y"), house.now))
    house.forward(minutes=30)
    assert house.page.state is PageState.resolved


def test_drill_is_resolved_like_a_page() -> None:
    """Who has it may end it early."""
    house = Clinic()
    house.drills()
    house.taps("Dana", "resolve:1")
    house.taps("Dana", "resolve:1:done")
    assert house.page.state is PageState.resolved
