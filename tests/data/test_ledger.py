"""A turn is written whole, and the scene that is loaded next is the one that was left."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.store import Ledger, OutboxRow, Store, Trade, open_store
from data.store.assessment import RecordsChanged
from data.store.executor import Inline
from flows.message import Urn
from flows.page import Page, PageState, Policy, Reason
from flows.record import Answer, Answered, By, Record, Told
from flows.team import Act, Coordinator, Team
from flows.timer import Timer
from flows.turn import Turn
from flows.urgency import Urgency
from tests.data.jobs import NOW, ana, answered, says

DANA = Coordinator(77, Urn("coordinator", "77"))
TEAM = Team(members={77: DANA}, steps={"on_call": (DANA.urn,)})
POLICY = Policy(Urgency.emergency, (), timedelta(minutes=2), timedelta(minutes=5))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that runs each job in the call."""
    with open_store(tmp_path / "v.db", Trade(team=TEAM), executor=Inline()) as store:
        yield store


def _page(id: int, patient_id: int | None, cause: str = "") -> Page:
    reason = Reason.fault if cause else Reason.findings
    level, state = Urgency.emergency, PageState.triggered
    return Page(id, patient_id, reason, cause, level, state, POLICY, NOW, NOW)


def _open_page(ledger: Ledger, patient_id: int | None = 1, cause: str = "") -> Page:
    scene = ledger.scene_of(ana(), NOW)
    page = _page(scene.next_page_id, patient_id, cause)
    ledger.save(scene, Turn(scene).become(page=page), NOW)
    return page


def test_a_stranger_becomes_known(store: Store) -> None:
    """Whoever writes for the first time gets a blank patient and a conversation, once."""
    first = store.submit(
        lambda ledger: ledger.scene_of(ana(), NOW, language_code="he", name="Ana")
    ).result()
    again = store.submit(lambda ledger: ledger.scene_of(ana(), NOW)).result()
    assert first == again
    assert (first.person.language_code, first.person.name) == ("he", "Ana")
    assert first.person.patient_id == first.patient.id
    assert first.carers == (first.person,)
    assert first.conversation.person_id == first.person.id
    assert first.team == TEAM


def test_a_new_client_language_is_kept(store: Store) -> None:
    """The client's language is the present one; an update without it leaves it."""
    for code in ("en", "he", ""):
        store.submit(partial(Ledger.scene_of, urn=ana(), now=NOW, language_code=code)).result()
    scene = store.submit(lambda ledger: ledger.scene_of_person(1, NOW)).result()
    assert scene.person.language_code == "he"


def test_what_a_turn_left_is_what_the_next_one_finds(store: Store) -> None:
    """Person, patient, conversation, assessment and page come back as they were left, the
    temperature to the last digit."""

    def turn(ledger: Ledger) -> Turn:
        scene = ledger.scene_of(ana(), NOW)
        left = answered(scene).become(
            person=replace(scene.person, language="he"),
            patient=replace(scene.patient, ward_phone="+97235550100"),
            conversation=replace(scene.conversation, state="fever"),
            page=_page(scene.next_page_id, scene.patient.id),
        )
        ledger.save(scene, left, NOW)
        return left

    left = store.submit(turn).result().scene
    found = store.submit(lambda ledger: ledger.scene_of(ana(), NOW)).result()
    assert found == replace(left, carers=(left.person,), next_assessment_id=2, next_page_id=2)
    assert found.assessment is not None
    reading = found.assessment.records[0]
    assert isinstance(reading, Answered)
    assert str(reading.number) == "38.40"


def test_a_turn_that_changes_a_record_is_refused(store: Store) -> None:
    """An assessment's records are only added to; a turn that would do else is undone whole."""
    store.submit(says("u1", ana())).result()

    def forgets(ledger: Ledger) -> None:
        scene = ledger.scene_of(ana(), NOW)
        assert scene.assessment is not None
        rewritten = replace(scene.assessment, records=())
        person = replace(scene.person, language="ru")
        ledger.save(scene, Turn(scene).become(assessment=rewritten, person=person), NOW)

    with pytest.raises(RecordsChanged):
        store.submit(forgets).result()
    scene = store.submit(lambda ledger: ledger.scene_of(ana(), NOW)).result()
    assert scene.person.language == ""
    assert scene.assessment is not None
    assert len(scene.assessment.records) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records SET at = ''",
        "DELETE FROM records",
        "DELETE FROM journal",
        "UPDATE journal SET at = ''",
        "UPDATE journal SET sealed = x'00'",
    ],
)
def test_the_database_itself_keeps_the_record(store: Store, sql: str) -> None:
    """Nobody who has the file open by the store's schema can rewrite records or journal."""
    store.submit(says("u1", ana())).result()
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        store.submit(lambda ledger: ledger.conn.execute(sql)).result()


RECORDS = st.builds(
    Answered,
    at=st.just(NOW),
    finding=st.sampled_from(["temperature", "chills"]),
    answer=st.sampled_from(Answer),
    by=st.sampled_from(By),
    number=st.none() | st.decimals("30", "43", places=2),
    words=st.text(st.characters(codec="utf-8"), max_size=20),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.lists(RECORDS, max_size=4), min_size=1, max_size=5))
def test_records_only_grow(store: Store, turns: list[list[Record]]) -> None:
    """After any turns, what is stored is all records of all turns in order, exactly."""
    urn = ana(store.commits + 1000)

    def add(ledger: Ledger, records: list[Record]) -> None:
        scene = ledger.scene_of(urn, NOW)
        run = answered(scene).scene.assessment
        assert run is not None
        known = scene.assessment.records if scene.assessment else ()
        grown = replace(run, records=(*known, *records))
        ledger.save(scene, Turn(scene).become(assessment=grown), NOW)

    for records in turns:
        store.submit(partial(add, records=records)).result()
    run = store.submit(lambda ledger: ledger.scene_of(urn, NOW)).result().assessment
    assert run is not None
    assert list(run.records) == [record for records in turns for record in records]


def test_closed_assessments_are_remembered_for_72_hours(store: Store) -> None:
    """A closed assessment is in the past for 72 h; its told level is a clear column."""

    def close(ledger: Ledger) -> None:
        scene = ledger.scene_of(ana(), NOW)
        told = Told(NOW, Urgency.immediate, ("a",), "he", "clofarabine 1", ("fever_38",))
        run = answered(scene).scene.assessment
        assert run is not None
        done = replace(run, records=(*run.records, told), closed_at=NOW, closed_why="silent")
        ledger.save(scene, Turn(scene).become(assessment=None, past=(done,)), NOW)

    store.submit(close).result()
    for hours, remembered in ((71, 1), (73, 0)):
        then = NOW + timedelta(hours=hours)
        scene = store.submit(partial(Ledger.scene_of, urn=ana(), now=then)).result()
        assert scene.assessment is None
        assert len(scene.past) == remembered
    level = "SELECT level FROM assessments"
    assert store.submit(lambda ledger: ledger.conn.execute(level).fetchone()).result() == (
        "immediate",
    )


def test_a_patient_has_one_open_page(store: Store) -> None:
    """A second open page for a patient, or for a fault's cause, is refused; after the first is
    resolved it is not."""
    page = store.submit(_open_page).result()
    with pytest.raises(sqlite3.IntegrityError):
        store.submit(lambda ledger: _insert(ledger, page.patient_id, "")).result()
    store.submit(lambda ledger: _insert(ledger, None, "KeyError")).result()
    with pytest.raises(sqlite3.IntegrityError):
        store.submit(lambda ledger: _insert(ledger, None, "KeyError")).result()

    def resolve_and_open(ledger: Ledger) -> None:
        scene = ledger.scene_of(ana(), NOW)
        assert scene.page is not None
        done = replace(scene.page, state=PageState.resolved, resolved_at=NOW)
        new = _page(scene.next_page_id, scene.patient.id)
        ledger.save(scene, Turn(scene).become(page=new, resolved=(done,)), NOW)

    store.submit(resolve_and_open).result()
    scene = store.submit(lambda ledger: ledger.scene_of(ana(), NOW)).result()
    assert scene.page is not None
    assert (scene.page.id, [one.id for one in scene.resolved]) == (3, [1])


def _insert(ledger: Ledger, patient_id: int | None, cause: str) -> None:
    scene = replace(ledger.scene_of_fault("nothing"), page=None)
    ledger.save(scene, Turn(scene).become(page=_page(scene.next_page_id, patient_id, cause)), NOW)


def test_an_act_sees_its_page_and_all_open_ones(store: Store) -> None:
    """A coordinator's act is given the page it names; typed words the page of the reply that was
    begun, and nothing else does: /drill then is about no family. Who has no rights is given
    nothing."""
    page = store.submit(_open_page).result()

    def scene(act: Act) -> object:
        found = store.submit(lambda ledger: ledger.scene_of_act(act, NOW)).result()
        return found.actor, found.page, found.open_pages

    act = Act("c1", DANA.urn, DANA.urn, "acknowledge", page.id)
    assert scene(act) == (DANA, page, (page,))
    assert scene(replace(act, page_id=None)) == (DANA, None, (page,))
    assert scene(replace(act, urn=Urn("coordinator", "78"))) == (None, None, ())

    def expect(ledger: Ledger) -> None:
        before = ledger.scene_of_act(act, NOW)
        dana = replace(DANA, name="Dana", expecting=f"reply:{page.id}")
        ledger.save(before, Turn(before).become(actor=dana), NOW)

    store.submit(expect).result()
    typed, drill = (replace(act, page_id=None, verb=verb) for verb in ("text", "drill"))
    found = store.submit(lambda ledger: ledger.scene_of_act(typed, NOW)).result()
    assert found.page == page
    assert found.team.named(77) == "Dana"
    assert store.submit(lambda ledger: ledger.scene_of_act(drill, NOW)).result().page is None


def test_a_page_without_patient_writes_nobody(store: Store) -> None:
    """A fault's page is played with placeholders, and they are never stored."""
    store.submit(lambda ledger: _insert(ledger, None, "KeyError")).result()

    def play(ledger: Ledger) -> None:
        scene = ledger.scene_of_page(1, NOW)
        assert scene.page is not None
        changed = replace(scene.person, name="nobody")
        page = replace(scene.page, round=1)
        ledger.save(scene, Turn(scene).become(person=changed, page=page), NOW)

    store.submit(play).result()
    everybody = store.submit(lambda ledger: ledger.families.everybody()).result()
    assert everybody == ()
    scene = store.submit(lambda ledger: ledger.scene_of_fault("KeyError")).result()
    assert scene.page is not None
    assert scene.page.round == 1


def test_timers_are_rows_by_key(store: Store) -> None:
    """Setting a key again moves the timer; a dropped key that is also set is set; one that was
    moved past now is not taken."""
    early = Timer("nudge:1", NOW, "nudge", person_id=1)
    late = replace(early, due_at=NOW + timedelta(minutes=3))

    def turn(ledger: Ledger, timer: Timer) -> None:
        scene = ledger.scene_of(ana(), NOW)
        ledger.save(scene, Turn(scene).drop(["nudge:1"]).set(timer), NOW)

    store.submit(lambda ledger: turn(ledger, early)).result()
    assert store.submit(lambda ledger: ledger.due_timers(NOW)).result() == (early,)
    store.submit(lambda ledger: turn(ledger, late)).result()
    assert store.submit(lambda ledger: ledger.take_timer("nudge:1", NOW)).result() is None
    assert store.submit(lambda ledger: ledger.next_due_at()).result() == late.due_at
    take = store.submit(lambda ledger: ledger.take_timer("nudge:1", late.due_at))
    assert take.result() == late
    assert store.submit(lambda ledger: ledger.next_due_at()).result() is None


def test_a_message_is_owed_once_for_its_key(store: Store) -> None:
    """A second row of a key is no row, in this turn or in any other."""
    row = OutboxRow("page:1:r0", ana(), b"{}")
    for _ in range(2):
        store.submit(lambda ledger: ledger.owe([row, row], NOW)).result()
    assert len(store.submit(lambda ledger: ledger.owed(10)).result()) == 1


def test_nobody_is_crowded_out_of_what_is_owed(store: Store) -> None:
    """A limited read has every address's oldest row before any address's newer ones."""
    rows = [OutboxRow(f"{urn}:{n}", ana(urn), b"{}") for urn in (1, 2, 3) for n in range(5)]
    store.submit(lambda ledger: ledger.owe(rows, NOW)).result()
    owed = store.submit(lambda ledger: ledger.owed(4)).result()
    assert [(row.id, row.urn.address) for row in owed] == [
        (1, "1"), (2, "1"), (6, "2"), (11, "3"),
    ]  # fmt: skip


def test_receipts_settle_rows_and_name_the_slot(store: Store) -> None:
    """A sent row is owed no more; a slot's message is the newest older one that left a name."""
    rows = [OutboxRow(f"k{n}", ana(), b"{}", slot="screen") for n in range(4)]
    store.submit(lambda ledger: ledger.owe(rows, NOW)).result()

    def settle(ledger: Ledger) -> None:
        ledger.receipt(1, "m1", NOW)
        ledger.receipt(2, "", NOW)
        ledger.drop(3, "blocked")
        ledger.postpone(4, NOW + timedelta(seconds=5), 2)

    store.submit(settle).result()
    (left,) = store.submit(lambda ledger: ledger.owed(10)).result()
    assert (left.id, left.attempts, left.not_before) == (4, 2, NOW + timedelta(seconds=5))

    def latest(before: int) -> str:
        return store.submit(lambda led: led.latest_receipt(ana(), "screen", before)).result()

    assert (latest(4), latest(1)) == ("m1", "")


def test_an_address_that_moved_is_used_from_then_on(store: Store) -> None:
    """What is owed to a group that became a supergroup goes there, also after a second move. A
    supergroup numbers its messages anew, so that an earlier one's number is not used there."""
    old, new, newest = (Urn("coordinator", f"-{n}") for n in (1, 2, 3))
    store.submit(lambda ledger: ledger.owe([OutboxRow("a", old, b"{}", slot="card")], NOW)).result()
    store.submit(lambda ledger: ledger.receipt(1, "m1", NOW)).result()
    store.submit(lambda ledger: ledger.move(old, new, NOW)).result()
    store.submit(lambda ledger: ledger.move(new, newest, NOW)).result()
    store.submit(lambda ledger: ledger.owe([OutboxRow("b", old, b"{}")], NOW)).result()
    (row,) = store.submit(lambda ledger: ledger.owed(10)).result()
    assert row.urn == newest
    found = store.submit(lambda ledger: ledger.latest_receipt(newest, "card", 9))
    assert found.result() == ""
    after = NOW + timedelta(seconds=1)
    store.submit(lambda ledger: ledger.owe([OutboxRow("c", old, b"{}", slot="card")], NOW)).result()
    store.submit(lambda ledger: ledger.receipt(3, "m2", after)).result()
    found = store.submit(lambda ledger: ledger.latest_receipt(newest, "card", 9))
    assert found.result() == "m2"


def test_an_attempt_undoes_only_itself(store: Store) -> None:
    """Within a job, what an attempt did is undone when it raises; the job goes on."""

    def fails(ledger: Ledger) -> None:
        with ledger.attempt():
            ledger.owe([OutboxRow("lost", ana(), b"{}")], NOW)
            raise ValueError("in the turn")

    def job(ledger: Ledger) -> bool:
        assert ledger.record_update("u1", ana(), "text", NOW)
        with pytest.raises(ValueError, match="in the turn"):
            fails(ledger)
        ledger.mark_failed("u1", b"{}")
        return True

    assert store.submit(job).result()
    assert store.submit(lambda ledger: ledger.owed(10)).result() == ()
    assert store.submit(lambda ledger: ledger.inbox.failed()).result() == ("u1",)


def test_decimals_are_never_rounded(store: Store) -> None:
    """37.99 and 38.0 come back as they were, in value and in digits."""
    for number in ("37.99", "38.0", "38.00"):
        urn = ana(int(number.replace(".", "")))

        def job(ledger: Ledger, urn: Urn = urn, number: str = number) -> None:
            scene = ledger.scene_of(urn, NOW)
            run = answered(scene).scene.assessment
            assert run is not None
            reading = Answered(NOW, "temperature", Answer.yes, By.typed, Decimal(number))
            turn = Turn(scene).become(assessment=replace(run, records=(reading,)))
            ledger.save(scene, turn, NOW)

        store.submit(job).result()
        run = store.submit(partial(Ledger.scene_of, urn=urn, now=NOW)).result().assessment
        assert run is not None
        (reading,) = run.records
        assert isinstance(reading, Answered)
        assert str(reading.number) == number
