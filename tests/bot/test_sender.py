"""The sender: each message once, in order, until it is delivered or known to be undeliverable."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.attempt import Ports
from bot.channels.base import Limits, Rendered, SendFailed, Trouble
from bot.owed import Owed, What
from bot.sender import Sender
from flows.message import Urn
from tests.bot.outbox import MemoryLedger, ToldChannel
from tests.harness.clock import MovableClock, settled

ANA = Urn("telegram", "1")
BEN = Urn("telegram", "2")
CAT = Urn("telegram", "3")
SECRET_WORDS = "yellow skin and a fit"


@dataclass
class Post:
    """A sender with all that stands around it."""

    clock: MovableClock = field(default_factory=MovableClock)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    channel: ToldChannel = field(default_factory=ToldChannel)
    faults: list[str] = field(default_factory=list)
    lost: list[Urn] = field(default_factory=list)
    moves: list[tuple[Urn, Urn]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        ports = Ports(self._unreachable, self._moved, self._fault, self._instead)
        channels = {self.channel.name: self.channel}
        self.sender = Sender(self.ledger, channels, self.clock, lambda: 1.0, ports)
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Let the sender work until nothing is left to do now."""
        self.task = asyncio.ensure_future(self.sender.run())
        await settled()

    async def stop(self) -> None:
        """End it."""
        if self.task is not None:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task

    async def owe(self, urn: Urn, *words: str) -> None:
        """Add messages, wake the sender and let it work."""
        for one in words:
            self.ledger.owe(urn, one)
        self.sender.wake()
        await settled()

    @property
    def said(self) -> list[str]:
        """The words that were delivered, in order."""
        return [words for _, words in self.channel.said]

    async def _unreachable(self, urn: Urn) -> None:
        self._break("unreachable")
        self.lost.append(urn)

    async def _moved(self, old: Urn, new: Urn) -> None:
        self._break("moved")
        self.moves.append((old, new))

    async def _fault(self, cause: str) -> None:
        self._break("fault")
        self.faults.append(cause)

    def _instead(self, row: Owed) -> Rendered | None:
        return None if row.slot == "mute" else Rendered(text="call 101")

    def _break(self, port: str) -> None:
        if port in self.broken:
            raise OSError("store")


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """A sender that is stopped when the test ends."""
    made = Post()
    yield made
    await made.stop()


async def test_sends_in_order(post: Post) -> None:
    """What an address is owed leaves in the order of the rows, and each row gets its receipt."""
    await post.start()
    await post.owe(ANA, "one", "two", "three")
    assert post.said == ["one", "two", "three"]
    assert post.ledger.receipts == {1: "m1", 2: "m2", 3: "m3"}


async def test_sends_what_was_owed_before(post: Post) -> None:
    """Rows of an earlier process leave without anybody waking the sender."""
    post.ledger.owe(ANA, "from before")
    await post.start()
    assert post.said == ["from before"]


async def test_one_in_flight_per_address(post: Post) -> None:
    """A second message to an address waits for the first; another address does not."""
    gate = asyncio.Event()

    async def hold() -> None:
        await gate.wait()

    post.channel.stumbles = [hold]
    await post.start()
    await post.owe(ANA, "slow", "next")
    await post.owe(BEN, "other")
    assert post.said == ["other"]
    gate.set()
    await settled()
    assert post.said == ["other", "slow", "next"]


async def test_bounded_flight() -> None:
    """No more messages than the channel's width are in flight at once."""
    post = Post()
    post.sender = Sender(
        post.ledger, {"telegram": post.channel}, post.clock, lambda: 1.0,
        Ports(post._unreachable, post._moved, post._fault, post._instead), width=2,
    )  # fmt: skip
    gate = asyncio.Event()

    async def hold() -> None:
        await gate.wait()

    post.channel.stumbles = [hold] * 5
    for number in range(5):
        post.ledger.owe(Urn("telegram", str(number)), "hello")
    await post.start()
    assert post.channel.flying == 2
    gate.set()
    await settled()
    assert len(post.said) == 5
    assert post.channel.most_flying == 2
    await post.stop()


async def test_busy_waits_as_asked(post: Post) -> None:
    """After a 429 the same message goes once the time asked for is over, and not before."""
    post.channel.stumbles = [SendFailed(Trouble.busy, retry_after=timedelta(seconds=7))]
    await post.start()
    await post.owe(ANA, "one", "two")
    await post.clock.forward(seconds=6.9)
    assert post.said == []
    await post.clock.forward(seconds=0.2)
    assert post.said == ["one", "two"]


async def test_busy_holds_one_address(post: Post) -> None:
    """A 429 for one address does not hold up another."""
    post.channel.stumbles = [SendFailed(Trouble.busy, retry_after=timedelta(seconds=7))]
    await post.start()
    await post.owe(ANA, "one")
    await post.owe(BEN, "two")
    assert post.said == ["two"]


async def test_busy_twice_holds_the_channel(post: Post) -> None:
    """When a second address must wait too, the whole channel waits."""
    wait = SendFailed(Trouble.busy, retry_after=timedelta(seconds=7))
    post.channel.stumbles = [wait, wait]
    await post.start()
    await post.owe(ANA, "one")
    await post.owe(BEN, "two")
    await post.owe(CAT, "three")
    assert post.channel.tries == 2
    await post.clock.forward(seconds=7)
    assert sorted(post.said) == ["one", "three", "two"]


async def test_down_backs_off_without_end(post: Post) -> None:
    """With the network down the tries grow rarer up to a minute apart, and never stop."""
    post.channel.stumbles = [SendFailed(Trouble.down) for _ in range(12)]
    await post.start()
    await post.owe(ANA, "urgent")
    waits = []
    for _ in range(12):
        wait = post.clock.waits[0]
        waits.append(wait.total_seconds())
        await post.clock.forward(seconds=wait.total_seconds())
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]
    assert post.said == ["urgent"]


async def test_new_message_cuts_the_rest_short(post: Post) -> None:
    """An address that rests after a failure is tried at once when something new is owed to it."""
    post.channel.stumbles = [SendFailed(Trouble.down)]
    await post.start()
    await post.owe(ANA, "one")
    assert post.said == []
    await post.owe(ANA, "two")
    assert post.said == ["one", "two"]


async def test_success_ends_the_rest_of_others(post: Post) -> None:
    """Once anything is delivered on a channel, those that rest on it are tried again."""
    post.channel.stumbles = [SendFailed(Trouble.down)]
    await post.start()
    await post.owe(ANA, "one")
    await post.owe(BEN, "two")
    assert post.said == ["two", "one"]


async def test_restart_keeps_the_pause(post: Post) -> None:
    """A row that an earlier process postponed is not tried before its time."""
    post.ledger.owe(ANA, "later", not_before=post.clock.now() + timedelta(seconds=30))
    await post.start()
    assert post.said == []
    await post.clock.forward(seconds=30)
    assert post.said == ["later"]


async def test_blocked_is_told_once_and_dropped(post: Post) -> None:
    """Messages to somebody who blocked the bot are dropped, and the house is told once."""
    post.channel.stumbles = [SendFailed(Trouble.blocked), SendFailed(Trouble.blocked)]
    await post.start()
    await post.owe(ANA, "one", "two")
    assert post.lost == [ANA]
    assert post.ledger.dropped == {1: "blocked", 2: "blocked"}


async def test_blocked_is_not_dropped_before_it_is_known(post: Post) -> None:
    """While the house cannot be told that a person is lost, the message stays owed."""
    post.channel.stumbles = [SendFailed(Trouble.blocked), SendFailed(Trouble.blocked)]
    post.broken = {"unreachable"}
    await post.start()
    await post.owe(ANA, "one")
    assert post.ledger.open == [1]
    post.broken = set()
    await post.clock.forward(seconds=1)
    assert post.lost == [ANA]
    assert post.ledger.open == []


async def test_refused_sends_the_static_text(post: Post) -> None:
    """A message that the channel never takes is replaced by the static text and reported."""
    post.channel.stumbles = [SendFailed(Trouble.refused)]
    await post.start()
    await post.owe(ANA, "bad", "good")
    assert post.said == ["call 101", "good"]
    assert post.faults == ["refused:telegram"]


async def test_static_text_refused_too(post: Post) -> None:
    """When even the static text is refused the row is dropped, and the next one goes."""
    post.channel.stumbles = [SendFailed(Trouble.refused), SendFailed(Trouble.refused)]
    await post.start()
    await post.owe(ANA, "bad", "good")
    assert post.said == ["good"]
    assert post.ledger.dropped == {1: "refused:telegram"}


async def test_static_text_waits_too(post: Post) -> None:
    """A static text that meets a broken network is not given up."""
    post.channel.stumbles = [
        SendFailed(Trouble.refused),
        SendFailed(Trouble.down),
        SendFailed(Trouble.refused),
    ]
    await post.start()
    await post.owe(ANA, "bad")
    await post.clock.forward(seconds=1)
    assert post.said == ["call 101"]


async def test_no_static_text(post: Post) -> None:
    """Where nothing can go instead, the row is dropped and reported."""
    post.channel.stumbles = [SendFailed(Trouble.refused)]
    post.ledger.owe(ANA, "bad", slot="mute")
    await post.start()
    assert post.ledger.dropped == {1: "refused:telegram"}
    assert post.faults == ["refused:telegram"]


async def test_fault_of_our_own(post: Post) -> None:
    """An exception that no channel should raise becomes the static text, not a stopped address."""
    post.channel.stumbles = [ValueError(SECRET_WORDS)]
    post.broken = {"fault"}
    await post.start()
    await post.owe(ANA, "bad", "good")
    assert post.said == ["call 101", "good"]


async def test_unreadable_row_becomes_the_static_text(post: Post) -> None:
    """A row whose message cannot be read any more is answered by the static text, and reported."""
    number = post.ledger.owe(ANA, "lost")
    post.ledger.rows[number] = replace(post.ledger.rows[number], message=None)
    await post.start()
    assert post.said == ["call 101"]
    assert post.faults == ["refused:telegram"]


async def test_moved_address_is_used_and_stored(post: Post) -> None:
    """A chat with a new address gets its messages there, now and from then on."""
    post.channel.stumbles = [SendFailed(Trouble.moved, moved_to="-100")]
    await post.start()
    await post.owe(ANA, "one")
    await post.owe(ANA, "two")
    assert post.channel.said == [("-100", "one"), ("-100", "two")]
    assert post.moves == [(ANA, Urn("telegram", "-100"))]


async def test_moved_address_is_used_though_not_stored(post: Post) -> None:
    """A store that cannot take the new address does not hold up the message."""
    post.channel.stumbles = [SendFailed(Trouble.moved, moved_to="-100")]
    post.broken = {"moved"}
    await post.start()
    await post.owe(ANA, "one")
    assert post.channel.said == [("-100", "one")]


async def test_no_such_channel(post: Post) -> None:
    """A row for a channel that is not configured is dropped and reported."""
    await post.start()
    await post.owe(Urn("pigeon", "1"), "one")
    assert post.ledger.dropped == {1: "no_channel:pigeon"}
    assert post.faults == ["no_channel:pigeon"]


async def test_edit_changes_the_slots_message(post: Post) -> None:
    """An edit goes to the newest message of its slot."""
    post.ledger.owe(ANA, "old", slot="screen")
    post.ledger.owe(ANA, "new", slot="screen")
    post.ledger.owe(ANA, "ticked", what=What.edit, slot="screen")
    await post.start()
    assert post.channel.edited == [("1", "m2", "ticked")]


@pytest.mark.parametrize("edits", [True, False])
async def test_edit_without_a_message_is_sent_anew(edits: bool) -> None:
    """An edit with nothing to change, or on a channel without edits, is a new message."""
    post = Post(channel=ToldChannel(limits=Limits(edits=edits)))
    if not edits:
        post.ledger.owe(ANA, "first", slot="screen")
    post.ledger.owe(ANA, "ticked", what=What.edit, slot="screen")
    await post.start()
    assert post.said[-1] == "ticked"
    assert post.channel.edited == []
    await post.stop()


async def test_edit_of_a_message_that_is_gone(post: Post) -> None:
    """An edit of a message that is too old is sent anew."""
    post.ledger.owe(ANA, "first", slot="screen")
    post.ledger.owe(ANA, "ticked", what=What.edit, slot="screen")
    post.channel.stumbles = [None, SendFailed(Trouble.gone)]
    await post.start()
    assert post.said == ["first", "ticked"]


async def test_edit_is_sent_anew_without_receipts(post: Post) -> None:
    """With receipts out of reach an edit becomes a new message: advice before bookkeeping."""
    post.ledger.broken = {"latest_receipt"}
    post.ledger.owe(ANA, "ticked", what=What.edit, slot="screen")
    await post.start()
    assert post.said == ["ticked"]


async def test_retire_goes_last_and_to_the_earlier_message(post: Post) -> None:
    """The new message goes first, and the retired one is the earlier, never the new."""
    post.ledger.owe(ANA, "list", slot="screen")
    await post.start()
    post.ledger.owe(ANA, "done", what=What.retire, slot="screen")
    post.ledger.owe(ANA, "advice", slot="screen")
    post.sender.wake()
    await settled()
    assert post.channel.done == ["list", "advice", "done"]
    assert post.channel.edited == [("1", "m1", "done")]


@pytest.mark.parametrize("trouble", [Trouble.gone, Trouble.refused])
async def test_retire_that_cannot_be(post: Post, trouble: Trouble) -> None:
    """A message that cannot be retired any more is let be, without a fault or a new message."""
    post.ledger.owe(ANA, "list", slot="screen")
    post.ledger.owe(ANA, "done", what=What.retire, slot="screen")
    post.channel.stumbles = [None, SendFailed(trouble)]
    await post.start()
    assert post.said == ["list"]
    assert (post.ledger.open, post.faults) == ([], [])


async def test_retire_waits_for_the_network(post: Post) -> None:
    """A retirement that meets a broken network is tried again."""
    post.ledger.owe(ANA, "list", slot="screen")
    post.ledger.owe(ANA, "done", what=What.retire, slot="screen")
    post.channel.stumbles = [None, SendFailed(Trouble.down)]
    await post.start()
    assert post.channel.edited == []
    await post.clock.forward(seconds=1)
    assert post.channel.edited == [("1", "m1", "done")]


async def test_receipt_that_cannot_be_written(post: Post) -> None:
    """A message whose receipt fails is not sent twice, holds up nothing, and is written later."""
    post.ledger.broken = {"receipt"}
    await post.start()
    await post.owe(ANA, "one", "two")
    await post.owe(ANA, "three")
    assert post.said == ["one", "two", "three"]
    post.ledger.broken = set()
    await post.clock.forward(seconds=1)
    assert post.said == ["one", "two", "three"]
    assert post.ledger.open == []


async def test_postponement_that_cannot_be_written(post: Post) -> None:
    """A pause that the store does not take is kept all the same."""
    post.ledger.broken = {"postpone"}
    post.channel.stumbles = [SendFailed(Trouble.down)]
    await post.start()
    await post.owe(ANA, "one")
    await post.clock.forward(seconds=1)
    assert post.said == ["one"]


async def test_store_that_cannot_be_read(post: Post) -> None:
    """With an outbox out of reach the sender looks again by itself."""
    post.ledger.broken = {"owed"}
    post.ledger.owe(ANA, "one")
    await post.start()
    assert post.said == []
    post.ledger.broken = set()
    await post.clock.forward(seconds=1)
    assert post.said == ["one"]


async def test_says_without_the_ledger(post: Post) -> None:
    """A static text leaves although the store is broken, and is kept until it is delivered."""
    post.ledger.broken = {"owed", "receipt", "postpone", "drop", "latest_receipt"}
    post.channel.stumbles = [SendFailed(Trouble.down)]
    await post.start()
    post.sender.say(ANA, Rendered(text="call 101"))
    await settled()
    await post.clock.forward(seconds=1)
    await post.clock.forward(seconds=60)
    assert post.said == ["call 101"]


async def test_says_before_what_is_owed(post: Post) -> None:
    """What is said directly goes before what the outbox holds."""
    post.ledger.owe(ANA, "later")
    post.sender.say(ANA, Rendered(text="call 101"))
    await post.start()
    assert post.said == ["call 101", "later"]


async def test_rests_when_nothing_is_owed(post: Post) -> None:
    """A sender with nothing to do does not read the outbox again and again."""
    await post.start()
    await settled()
    assert post.ledger.reads == 1


async def test_settled_when_all_is_sent(post: Post) -> None:
    """Whoever waits for the sender goes on once everything that can be sent has been."""
    gate = asyncio.Event()

    async def hold() -> None:
        await gate.wait()

    post.channel.stumbles = [hold]
    await post.start()
    await asyncio.wait_for(post.sender.settled(), 1)
    await post.owe(ANA, "one", "two")
    waiting = asyncio.ensure_future(post.sender.settled())
    await settled()
    assert not waiting.done()
    gate.set()
    await asyncio.wait_for(waiting, 1)
    assert post.ledger.open == []


async def test_log_holds_nothing_said(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong, neither words nor addresses reach the log."""
    caplog.set_level(logging.DEBUG)
    post.channel.stumbles = [
        SendFailed(Trouble.busy, retry_after=timedelta(seconds=1)),
        SendFailed(Trouble.down),
        ValueError(SECRET_WORDS),
        SendFailed(Trouble.refused),
    ]
    await post.start()
    await post.owe(Urn("telegram", "77123"), SECRET_WORDS)
    await post.clock.forward(seconds=1)
    await post.clock.forward(seconds=2)
    assert post.ledger.open == []
    assert caplog.records
    assert SECRET_WORDS not in caplog.text
    assert "77123" not in caplog.text
