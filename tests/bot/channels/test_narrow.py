"""The narrow channel: what a channel of few means does with what it cannot show."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.base import Button, Rendered, SendFailed, Trouble
from bot.channels.narrow import BUSY_S, read
from flows.message import InboundKind, Marks
from tests.bot.channels.rig_narrow import NarrowRig
from tests.harness.narrow import Answer


@pytest.fixture
async def rig() -> AsyncIterator[NarrowRig]:
    """Ana's plain phone, with the channel running."""
    rig = NarrowRig()
    await rig.open()
    await rig.start(rig.house())
    yield rig
    await rig.stop()
    await rig.close()


async def test_writes_what_it_cannot_show(rig: NarrowRig) -> None:
    """Links and texts to copy are written below the words; choices that fit stay buttons."""
    row = (
        Button("Yes", "t:1"),
        Button("Chat", url="https://example.org/x"),
        Button("Number", copy="+97231234567"),
    )
    await rig.channel.send(rig.address, Rendered(text="Call", rows=(row,)))
    (shown,) = rig.shown()
    assert shown.text == "Call\nChat: https://example.org/x\nNumber: +97231234567"
    assert shown.labels == ("Yes",)


@pytest.mark.parametrize("labels", [("a", "b", "c", "d"), ("more than twenty letters", "b")])
async def test_numbers_choices_that_do_not_fit(rig: NarrowRig, labels: tuple[str, ...]) -> None:
    """More choices than buttons, or longer ones, are written under the numbers that answer them."""
    rows = tuple((Button(label, f"t:{label}"),) for label in labels)
    await rig.channel.send(rig.address, Rendered(text="Which?", rows=rows))
    (shown,) = rig.shown()
    lines = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    assert shown.text.splitlines() == ["Which?", *lines]
    assert shown.labels == ()


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Answer(500), Trouble.down),
        (Answer(404), Trouble.down),
        (Answer(413), Trouble.refused),
        (Answer(422), Trouble.refused),
        (Answer(410), Trouble.blocked),
        (Answer(200, {"Content-Type": "application/json"}, "[]"), Trouble.down),
        (Answer(200, {"Content-Type": "text/html"}, "<html>"), Trouble.down),
    ],
)
async def test_reads_the_gateways_answer(rig: NarrowRig, answer: Answer, trouble: Trouble) -> None:
    """The gateway's status, and an answer that is not its own, are read as what to do."""
    rig.gateway.answers.append(answer)
    with pytest.raises(SendFailed) as failed:
        await rig.channel.send(rig.address, Rendered(text="hello"))
    assert failed.value.trouble is trouble


async def test_busy_without_a_time(rig: NarrowRig) -> None:
    """A gateway that is busy and does not say for how long is asked again soon."""
    rig.gateway.answers.append(Answer(429))
    with pytest.raises(SendFailed) as failed:
        await rig.channel.send(rig.address, Rendered(text="hello"))
    assert failed.value.retry_after == timedelta(seconds=BUSY_S)


def test_reads_an_update() -> None:
    """A plain message is a text, a button a tap, and answers are by digits."""
    item = read({"id": "9", "from": "+972", "text": "1 4", "language": "he", "name": "Ana"})
    assert (item.update, str(item.urn), item.kind) == ("narrow:9", "narrow:+972", InboundKind.text)
    assert (item.text, item.language_code, item.name) == ("1 4", "he", "Ana")
    assert item.marks is Marks.digits
    assert read({"id": "9", "from": "+972", "button": "t:1"}).kind is InboundKind.tap
    assert read({"id": "9", "from": "+972", "kind": "voice"}).kind is InboundKind.voice


@pytest.mark.parametrize("raw", [None, [], {}, {"id": "9"}, {"from": "+972"}, {"id": 9, "from": 1}])
def test_refuses_an_update_of_nobody(raw: object) -> None:
    """What does not say who wrote is not an update."""
    with pytest.raises(ValueError, match="an update"):
        read(raw)
