"""The contract that every channel keeps, whatever its network."""

from __future__ import annotations

import logging

import pytest

from bot.channels.base import Button, Card, Receipt, Rendered, SendFailed, Trouble
from bot.fit import units
from flows.message import InboundKind
from tests.bot.channels.contract import House, Rig, until
from tests.bot.channels.rigs import RIGS, repeating, troubled

every = pytest.mark.parametrize("rig", list(RIGS), indirect=True)
every_repeating = pytest.mark.parametrize("rig", repeating(), indirect=True)
every_troubled = pytest.mark.parametrize(("rig", "trouble"), troubled(), indirect=["rig"])

SCREEN = Rendered(text="Is he awake?", rows=((Button("Yes", "t:1"), Button("No", "t:2")),))
WORDS = "he has bruises and a fit"
NUMBER = "+97231234567"


# --- in ------------------------------------------------------------------------------------------


@every
async def test_receives_a_text(rig: Rig, house: House) -> None:
    """A text arrives as it was typed, under the person's own address."""
    await rig.say("38,5 פחות או יותר")
    (item,) = await house.has(1)
    assert (item.kind, item.text) == (InboundKind.text, "38,5 פחות או יותר")
    assert item.address == f"{rig.channel.name}:{rig.address}"
    assert item.update.startswith(f"{rig.channel.name}:")


@every
async def test_receives_a_tap(rig: Rig, house: House) -> None:
    """A tap brings back the token of its choice."""
    await rig.channel.send(rig.address, SCREEN)
    await rig.tap("No")
    (item,) = await house.has(1)
    assert (item.kind, item.token) == (InboundKind.tap, "t:2")


@every
async def test_receives_what_it_cannot_read(rig: Rig, house: House) -> None:
    """Something without words is handed in as well, so that it can be answered."""
    await rig.send_other()
    (item,) = await house.has(1)
    assert item.kind is InboundKind.other


@every
async def test_keeps_the_order(rig: Rig, house: House) -> None:
    """What one person writes is handed in, one after another, in the order of writing."""
    for number in range(6):
        await rig.say(str(number))
    await house.has(6)
    assert [one.text for one in house.items] == ["0", "1", "2", "3", "4", "5"]
    assert len({one.update for one in house.items}) == 6


@every
async def test_one_at_a_time(rig: Rig, house: House) -> None:
    """A person's second update is not handed in before the first is committed."""
    house.gate.clear()
    await rig.say("first")
    await rig.say("second")
    await house.has(1)
    assert [one.text for one in house.items] == ["first"]
    house.gate.set()
    await until(lambda: [one.text for one in house.done] == ["first", "second"])


@every_repeating
async def test_confirms_after_the_commit(rig: Rig, house: House) -> None:
    """An update that is not committed is not confirmed: the next process gets it again."""
    house.gate.clear()
    await rig.say("38.4")
    await house.has(1)
    assert rig.unconfirmed() == 1
    after = rig.house()
    await rig.restart(after)
    await after.has(1)
    assert after.items[0] == house.items[0]
    assert house.done == []
    await until(lambda: rig.unconfirmed() == 0)


@every_repeating
async def test_comes_again_when_not_committed(rig: Rig, house: House) -> None:
    """An update that could not be stored comes again, and those after it keep their order."""
    house.failures = 1
    await rig.say("first")
    await rig.say("second")
    await until(lambda: [one.text for one in house.done] == ["first", "second"])
    assert house.items[0] == house.done[0]
    await until(lambda: rig.unconfirmed() == 0)


@every_repeating
async def test_repeats_under_the_same_id(rig: Rig, house: House) -> None:
    """An update delivered twice is handed in twice under one id, which the inbox knows it by."""
    await rig.say("38.4")
    await until(lambda: len(house.done) == 1 and rig.unconfirmed() == 0)
    rig.deliver_again()
    await house.has(2)
    assert house.items[0] == house.items[1]


# --- out -----------------------------------------------------------------------------------------


@every
async def test_sends(rig: Rig, house: House) -> None:
    """A message arrives with its words and its choices, and leaves a receipt."""
    receipt = await rig.channel.send(rig.address, SCREEN)
    assert receipt.message
    (shown,) = rig.shown()
    assert "Is he awake?" in shown.text
    assert [one for one in ("Yes", "No") if one in (*shown.labels, shown.text)] == ["Yes", "No"]


@every
async def test_edits(rig: Rig, house: House) -> None:
    """A delivered message changes in place; a channel without edits asks for a new one."""
    receipt = await rig.channel.send(rig.address, SCREEN)
    ticked = Rendered(text="Is he awake now?", rows=((Button("Yes!", "t:1"),),))
    if not rig.channel.limits.edits:
        with pytest.raises(SendFailed) as failed:
            await rig.channel.edit(rig.address, receipt, ticked)
        assert failed.value.trouble is Trouble.gone
        return
    await rig.channel.edit(rig.address, receipt, ticked)
    (shown,) = rig.shown()
    assert (shown.text, shown.labels) == ("Is he awake now?", ("Yes!",))


@every
async def test_takes_buttons_away(rig: Rig, house: House) -> None:
    """An edit without words takes the buttons away and leaves the words."""
    receipt = await rig.channel.send(rig.address, SCREEN)
    if not rig.channel.limits.edits:
        with pytest.raises(SendFailed):
            await rig.channel.edit(rig.address, receipt, Rendered())
        return
    await rig.channel.edit(rig.address, receipt, Rendered())
    (shown,) = rig.shown()
    assert (shown.text, shown.labels) == ("Is he awake?", ())


@every
async def test_sends_a_contact(rig: Rig, house: House) -> None:
    """A phone number arrives as a card, or in words where there are no cards."""
    await rig.channel.send(rig.address, Rendered(text="Call now", card=Card("Ward 4", NUMBER)))
    shown = rig.shown()
    if rig.channel.limits.contacts:
        assert [one.phone for one in shown] == ["", NUMBER]
    else:
        assert f"Ward 4: {NUMBER}" in shown[-1].text
    assert "Call now" in shown[0].text


@every
async def test_sends_a_contact_alone(rig: Rig, house: House) -> None:
    """A card needs no words beside it."""
    receipt = await rig.channel.send(rig.address, Rendered(card=Card("Ward 4", NUMBER)))
    (shown,) = rig.shown()
    assert receipt.message
    assert NUMBER in (shown.phone, shown.text.removeprefix("Ward 4: "))


@every
async def test_splits_a_long_text(rig: Rig, house: House) -> None:
    """A text longer than the channel takes arrives whole, in parts, the choices on the last."""
    words = [f"{number}😀" * 20 for number in range(200)]
    rows = ((Button("Yes", "t:1"),),)
    await rig.channel.send(rig.address, Rendered(text=" ".join(words), rows=rows))
    shown = rig.shown()
    assert len(shown) > 1
    assert all(units(one.text) <= rig.channel.limits.text for one in shown)
    assert " ".join(one.text for one in shown).split() == words
    assert [bool(one.labels) for one in shown] == [False] * (len(shown) - 1) + [True]


@every
async def test_sends_a_text_at_the_limit_whole(rig: Rig, house: House) -> None:
    """A text of exactly the channel's limit, counted in UTF-16 units, is one message."""
    text = "😀" * (rig.channel.limits.text // 2)
    await rig.channel.send(rig.address, Rendered(text=text))
    assert [one.text for one in rig.shown()] == [text]


@every
async def test_keeps_the_order_out(rig: Rig, house: House) -> None:
    """Messages sent one after another are seen in that order."""
    for number in range(5):
        await rig.channel.send(rig.address, Rendered(text=str(number)))
    assert [one.text for one in rig.shown()] == ["0", "1", "2", "3", "4"]


# --- trouble -------------------------------------------------------------------------------------


@every_troubled
async def test_names_the_trouble(rig: Rig, trouble: Trouble, house: House) -> None:
    """Each refusal is named as the sender must act on it, and the next message goes."""
    rig.trouble(trouble)
    with pytest.raises(SendFailed) as failed:
        await rig.channel.send(rig.address, SCREEN)
    assert failed.value.trouble is trouble
    wait = failed.value.retry_after
    assert (wait is not None and wait.total_seconds() == 3) == (trouble is Trouble.busy)
    assert bool(failed.value.moved_to) == (trouble is Trouble.moved)
    await rig.channel.send(rig.address, SCREEN)
    assert len(rig.shown()) == 1


@every
async def test_broken_connection_is_down(rig: Rig, house: House) -> None:
    """A connection that breaks counts as a network that is down, and the next message goes."""
    rig.hang_up()
    with pytest.raises(SendFailed) as failed:
        await rig.channel.send(rig.address, SCREEN)
    assert failed.value.trouble is Trouble.down
    await rig.channel.send(rig.address, SCREEN)
    assert len(rig.shown()) == 1


@every
async def test_receives_after_trouble(rig: Rig, house: House) -> None:
    """Whatever happened to what was sent, the person is still heard."""
    for trouble in rig.troubles:
        rig.trouble(trouble)
        with pytest.raises(SendFailed):
            await rig.channel.send(rig.address, SCREEN)
    await rig.say("still here")
    (item,) = await house.has(1)
    assert item.text == "still here"


@every
async def test_logs_nothing_said(rig: Rig, house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Neither what a person writes nor what is sent reaches the log, whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    house.failures = 1 if rig.again else 0
    await rig.say(WORDS)
    await until(lambda: len(house.done) == 1)
    for trouble in (*rig.troubles, None):
        rig.trouble(trouble) if trouble else rig.hang_up()
        with pytest.raises(SendFailed) as failed:
            await rig.channel.send(rig.address, Rendered(text=WORDS))
        assert WORDS not in repr(failed.value)
    await rig.stop()
    assert WORDS not in caplog.text


@every
async def test_edit_of_nothing_asks_for_a_new_message(rig: Rig, house: House) -> None:
    """An edit of a message that never had a name is named as such."""
    with pytest.raises(SendFailed) as failed:
        await rig.channel.edit(rig.address, Receipt(""), SCREEN)
    assert failed.value.trouble is Trouble.gone
