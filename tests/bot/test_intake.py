"""Every input enters by one door, has one effect, and never ends in silence."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.craft import Input
from data.spool import Spool, SpoolFailed
from data.store import StoreFailed
from data.store.executor import Thread
from flows.house import House
from flows.team import Act
from flows.timer import Timer
from flows.turn import Turn
from tests.bot.door import ANA, BEN, GROUP, door, says
from tests.data.jobs import breaking, count


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / "v.db"


def _raising(message: str) -> Callable[[str], None]:
    def fault(sql: str) -> None:
        if sql.startswith("BEGIN"):
            raise sqlite3.OperationalError(message)

    return fault


BROKEN = ["database is locked", "database or disk is full", "disk I/O error",
          "attempt to write a readonly database", "database disk image is malformed"]  # fmt: skip


# --- a working store -----------------------------------------------------------------------------


async def test_an_input_is_on_disk_when_it_was_received(path: Path) -> None:
    """When ``receive`` returns, another process can read the update, and the sender is awake."""
    async with door(path) as house:
        before = house.wakes
        await house.intake.receive(says("t:1", "hello"))
        assert count(path, "inbox") == count(path, "outbox") == 1
        assert house.wakes > before
        assert await house.owed() == ["echo hello"]


async def test_an_update_delivered_again_has_one_effect(path: Path) -> None:
    """The same update twice is recorded once and answered once."""
    async with door(path) as house:
        for _ in range(2):
            await house.intake.receive(says("t:1", "hello"))
        assert await house.heard() == ["hello"]
        assert await house.owed() == ["echo hello"]


async def test_a_turn_that_raises_is_told_and_paged(path: Path) -> None:
    """What it did is undone, the update is marked, the static text is owed, one page is opened
    for the cause however often it raises, and the next update is played."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "phone +97235550100"))
        for update in ("t:2", "t:3"):
            await house.intake.receive(says(update, "raise"))
        await house.intake.receive(says("t:4", "hello"))
        assert await house.heard() == ["phone +97235550100", "hello"]
        assert await house.owed() == ["static he +97235550100"] * 2 + ["echo hello"]
        (alert,) = await house.owed(GROUP)
        assert alert.startswith("page.fault KeyError at bot/door.py:")
        failed = await house.store.run(lambda ledger: ledger.inbox.failed())
        assert failed == ("t:2", "t:3")
        await house.intake.receive(says("t:2", "raise"))
        assert len(await house.owed()) == 3


async def test_the_log_says_nothing_of_what_was_said(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A turn that raises is logged as type and place; the exception's words are not."""
    async with door(path) as house:
        with caplog.at_level(logging.DEBUG):
            await house.intake.receive(says("t:1", "raise"))
    assert "KeyError at bot/door.py" in caplog.text
    assert "words of the family" not in caplog.text


async def test_a_broken_text_does_not_cost_the_turn(path: Path) -> None:
    """A message that cannot be made becomes the static text; the record stands and the fault is
    paged."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "unspeakable"))
        assert await house.heard() == ["unspeakable"]
        assert await house.owed() == ["static he"]
        (alert,) = await house.owed(GROUP)
        assert alert.startswith("page.fault LookupError")


async def test_a_fault_that_cannot_be_paged_is_called_out(path: Path) -> None:
    """When opening the page raises as well, the coordinators get the bare alarm."""

    def broken(turn: Turn, house: House, cause: str, now: object) -> Turn:
        raise RuntimeError("no page")

    async with door(path, fault=broken) as house:
        for update in ("t:1", "t:2"):
            await house.intake.receive(says(update, "raise"))
        assert await house.owed(GROUP) == ["alarm"]
        assert await house.owed() == ["static he"] * 2


async def test_a_static_text_that_raises_still_ends_the_update(path: Path) -> None:
    """Whatever else is broken, an update whose turn raised does not come again for ever."""

    def broken(*to: object) -> object:
        raise RuntimeError("no text")

    async with door(path, static=broken) as house:
        await house.intake.receive(says("t:1", "raise"))
        assert await house.store.run(lambda ledger: ledger.inbox.failed()) == ("t:1",)


async def test_an_act_that_raises_is_answered_where_it_was_done(path: Path) -> None:
    """A coordinator hears of a failure in the chat in which the button was tapped; the own words
    are not kept."""

    def advance(house: House, scene: object, input: Input, now: object) -> Turn:
        raise KeyError("acknowledge")

    async with door(path, advance=advance) as house:
        dana = replace(GROUP, address="77")
        await house.intake.receive(Act("c:1", dana, GROUP, "reply", detail="about Ana"))
        assert "static" in await house.owed(GROUP)
        kept = await house.store.run(
            lambda ledger: ledger.conn.execute("SELECT sealed FROM inbox").fetchone()
        )
        assert b"reply" in kept[0]
        assert b"Ana" not in kept[0]


# --- a broken store ------------------------------------------------------------------------------


@pytest.mark.parametrize("message", BROKEN)
async def test_a_broken_store_costs_no_advice(path: Path, message: str) -> None:
    """With the store broken a family gets the static text in its language with its ward's
    number, the update is kept and may be confirmed, and the coordinators are told once."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "phone +97235550100"))
        with breaking(_raising(message)):
            await house.intake.receive(says("t:2", "38.4"))
            await house.intake.receive(says("t:3", "hello", BEN, "ru"))
        assert house.said_to(ANA) == ["static he +97235550100"]
        assert house.said_to(BEN) == ["static ru"]
        assert house.said_to(GROUP) == ["alarm"]
        await house.clock.forward(seconds=1)
        assert await house.heard() == ["phone +97235550100", "38.4"]
        assert await house.owed() == ["echo 38.4"]
        assert not house.store.behind


async def test_another_process_that_locks_the_file(path: Path) -> None:
    """The same with a real lock, held by somebody else's transaction."""
    async with door(path) as house:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await house.intake.receive(says("t:1", "38.4"))
        assert house.said_to(ANA) == ["static he"]
        other.execute("ROLLBACK")
        other.close()
        await house.intake.receive(says("t:2", "39"))
        assert await house.heard() == ["38.4", "39"]


async def test_many_families_behind_one_lock(path: Path) -> None:
    """With the writer on its own thread, every family that writes into a locked house is told,
    and every word is stored once when the lock is gone."""
    families = [replace(ANA, address=str(number)) for number in range(40)]
    async with door(path, executor=Thread()) as house:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        each = [house.intake.receive(says(f"t:{urn}", "38.4", urn)) for urn in families]
        await asyncio.gather(*each)
        other.execute("ROLLBACK")
        other.close()
        assert [house.said_to(urn) for urn in families] == [["static he"]] * 40
        assert [await house.heard(urn) for urn in families] == [["38.4"]] * 40
        assert count(path, "inbox") == 40


async def test_the_static_text_goes_once_a_danger(path: Path) -> None:
    """Within five minutes it is said again only when a new danger is read; after them it is."""
    async with door(path) as house:
        with breaking(_raising("database is locked")):
            for place, words in enumerate(["chills", "chills", "fit chills", "hello"]):
                await house.intake.receive(says(f"t:{place}", words))
            assert len(house.said_to(ANA)) == 2
            await house.clock.forward(minutes=5)
            await house.intake.receive(says("t:9", "hello"))
        assert len(house.said_to(ANA)) == 3


async def test_what_the_static_text_said_is_not_said_again(path: Path) -> None:
    """After the recovery the first bubble of "immediate" is left out, since the static text said
    it; the rest of the turn is told, and an emergency is told whole."""
    async with door(path) as house:
        with breaking(_raising("database is locked")):
            await house.intake.receive(says("t:1", "immediate"))
            await house.intake.receive(says("t:2", "emergency", BEN))
        await house.clock.forward(seconds=1)
        assert await house.owed() == ["screen.next"]
        assert await house.owed(BEN) == ["advice.emergency", "screen.next"]
        await house.intake.receive(says("t:3", "immediate", replace(ANA, address="9")))
        owed = await house.owed(replace(ANA, address="9"))
        assert owed == ["advice.immediate", "screen.next"]


async def test_the_spool_goes_first(path: Path) -> None:
    """After the recovery what was kept is stored before anything newer, in the order in which
    the family said it."""
    async with door(path) as house:
        with breaking(_raising("database is locked")):
            for place in range(3):
                await house.intake.receive(says(f"t:{place}", f"{place}"))
        await house.intake.receive(says("t:3", "3"))
        assert await house.heard() == ["0", "1", "2", "3"]


async def test_the_spool_outlives_the_process(path: Path) -> None:
    """What was kept when the process ended is stored when the next one starts, advice and all:
    nobody knows any more what the static text said."""
    async with door(path) as house:
        with breaking(_raising("database is locked")):
            await house.intake.receive(says("t:1", "immediate"))
    async with door(path) as house:
        assert await house.heard() == ["immediate"]
        assert await house.owed() == ["advice.immediate", "screen.next"]


async def test_a_kept_update_delivered_again_has_one_effect(path: Path) -> None:
    """An update that is in the spool twice is played once."""
    async with door(path) as house:
        with breaking(_raising("database is locked")):
            for _ in range(2):
                await house.intake.receive(says("t:1", "38.4"))
        await house.clock.forward(seconds=1)
        assert await house.heard() == ["38.4"]
        assert house.said_to(ANA) == ["static he"]


async def test_without_store_and_spool_nothing_is_confirmed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The family still gets the static text, once; the update comes again and is then played,
    without what the static text said."""

    def refused(spool: Spool, content: bytes) -> None:
        raise SpoolFailed("disk I/O error")

    async with door(path) as house:
        with breaking(_raising("disk I/O error")), monkeypatch.context() as patch:
            patch.setattr(Spool, "append", refused)
            for _ in range(3):
                with pytest.raises(StoreFailed):
                    await house.intake.receive(says("t:1", "immediate"))
            assert house.said_to(ANA) == ["static he"]
        await house.intake.receive(says("t:1", "immediate"))
        assert await house.owed() == ["screen.next"]


async def test_a_message_that_cannot_be_understood_is_answered(path: Path) -> None:
    """Reading the danger may fail; the static text goes out all the same."""
    async with door(path) as house:

        def broken(inbound: object) -> frozenset[str]:
            raise KeyError("lexicon")

        ports = house.intake._ports
        house.intake._ports = replace(ports, danger=broken)
        with breaking(_raising("database is locked")):
            await house.intake.receive(says("t:1", "38.4"))
        assert house.said_to(ANA) == ["static he"]


async def test_one_outage_is_one_alarm(path: Path) -> None:
    """The coordinators are told once for an outage that flickers, and again for a later one."""
    async with door(path) as house:
        for minutes, alarms in ((0, 1), (1, 1), (10, 2)):
            await house.clock.forward(minutes=minutes)
            with breaking(_raising("database is locked")):
                await house.intake.receive(says(f"t:{minutes}", "hello"))
            await house.clock.forward(seconds=2)
            assert len(house.said_to(GROUP)) == alarms


async def test_an_entry_that_nobody_can_read_blocks_nobody(path: Path) -> None:
    """A spool entry of no known form is logged and passed over."""
    spool = Spool(path.with_name("v.db.spool"))
    spool.append(b"not an input")
    spool.close()
    async with door(path) as house:
        assert not house.store.behind
        await house.intake.receive(says("t:1", "hello"))
        assert await house.owed() == ["echo hello"]


# --- timers --------------------------------------------------------------------------------------


async def test_a_timer_fires_at_its_instant_once(path: Path) -> None:
    """A timer is an input when it is due, not before, and never twice."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "remind 3"))
        await house.clock.forward(minutes=2, seconds=59)
        assert await house.owed() == []
        await house.clock.forward(seconds=1)
        assert await house.owed() == ["nudge"]
        await house.clock.forward(minutes=30)
        assert await house.owed() == ["nudge"]


async def test_a_timer_outlives_the_process(path: Path) -> None:
    """A timer that fell due while no process ran fires once when one starts."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "remind 0"))
    async with door(path) as house:
        await house.clock.forward(seconds=1)
        assert await house.owed() == ["nudge"]


async def test_timers_wait_for_the_store(path: Path) -> None:
    """Timers that fell due while the store was broken fire once each when it works, and not
    before what the families said meanwhile is known."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "remind 1"))
        with breaking(_raising("database is locked")):
            await house.intake.receive(says("t:2", "meanwhile"))
            await house.clock.forward(minutes=3)
        await house.clock.forward(minutes=1)
        assert await house.owed() == ["echo meanwhile", "nudge"]


async def test_no_timer_overtakes_what_was_said_before_it(path: Path) -> None:
    """As long as a kept input cannot be stored no timer fires, though timers could be stored:
    silence is not judged before it is known that somebody spoke."""

    def no_inbox(sql: str) -> None:
        if sql.startswith("INSERT INTO inbox"):
            raise sqlite3.OperationalError("database or disk is full")

    async with door(path) as house:
        await house.intake.receive(says("t:1", "remind 1"))
        with breaking(no_inbox):
            await house.intake.receive(says("t:2", "meanwhile"))
            await house.clock.forward(minutes=3)
            assert await house.owed() == []
        await house.clock.forward(seconds=1)
        assert await house.owed() == ["echo meanwhile", "nudge"]


async def test_a_store_that_breaks_under_a_timer_is_an_outage(path: Path) -> None:
    """The coordinators are told although no family wrote."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "remind 1"))
        with breaking(_raising("disk I/O error")):
            await house.clock.forward(minutes=2)
        assert house.said_to(GROUP) == ["alarm"]


async def test_a_timer_that_raises_is_told_and_paged(path: Path) -> None:
    """A person's timer that raises is gone, the person has the numbers, the fault is paged."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "hello"))
        now = house.clock.now()
        timer = Timer("nudge:1", now, "nudge", person_id=1, detail="raise")
        await house.store.run(lambda ledger: ledger.set_timer(timer))
        await house.clock.forward(minutes=2)
        assert await house.owed() == ["echo hello", "static he"]
        assert len(await house.owed(GROUP)) == 1
        assert await house.store.run(lambda ledger: ledger.next_due_at()) is None


async def test_a_pages_timer_that_raises_is_tried_again(path: Path) -> None:
    """A page is never dropped: its timer is set again a minute later."""
    async with door(path) as house:
        await house.intake.report("a cause")
        now = house.clock.now()
        timer = Timer("step:page:1", now, "page_step", page_id=1, detail="raise")
        await house.store.run(lambda ledger: ledger.set_timer(timer))
        await house.clock.forward(seconds=61)
        (again,) = await house.store.run(lambda ledger: ledger.due_timers(now + timedelta(days=1)))
        assert now < again.due_at <= now + timedelta(minutes=2, seconds=1)


# --- beside --------------------------------------------------------------------------------------


async def test_a_family_that_cannot_be_reached_is_an_input(path: Path) -> None:
    """A family that blocked the bot is heard of in the conversation; one of ours is a fault."""
    async with door(path) as house:
        await house.intake.receive(says("t:1", "hello"))
        await house.intake.unreachable(ANA)
        assert len(await house.heard()) == 2
        await house.intake.unreachable(GROUP)
        (alert,) = await house.owed(GROUP)
        assert alert == f"page.fault unreachable {GROUP}"


async def test_turns_that_arrive_together_share_a_commit(path: Path) -> None:
    """64 updates received at once behind a held writer make at most two commits."""
    async with door(path) as house:
        before = house.store.commits
        with house.store.held():
            tasks = [
                asyncio.ensure_future(house.intake.receive(says(f"t:{n}", f"{n}")))
                for n in range(64)
            ]
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        assert house.store.commits - before <= 2
        assert await house.heard() == [str(n) for n in range(64)]
