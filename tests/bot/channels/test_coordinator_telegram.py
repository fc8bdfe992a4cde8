"""What the coordinators' channel hears, by polling and by webhook."""

import asyncio
import logging

import pytest

from bot.channels.base import Button, Rendered
from tests.bot.channels.coordinator import GROUP, SECRET, TOKEN, Desk, desk, did, urn
from tests.harness.telegram import Group, Phone, fault, make_token

PAGE = Rendered("Page V-0012", ((Button("Acknowledge", token="acknowledge:12"),),))
EITHER_WAY = pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])


def dana(at: Desk, id: int = 88) -> Phone:
    """Dana's phone, or that of another."""
    return at.server.phone(id, bot=TOKEN, first_name="Dana", language_code="he")


def group(at: Desk, *members: Phone) -> Group:
    """The coordinators' group."""
    return at.server.group(GROUP, members or [dana(at)])


# --- what is said -------------------------------------------------------------------------------


@EITHER_WAY
async def test_act_names_who_and_where(webhook: bool) -> None:
    """An act carries the update's number, the person, the chat, the name and the language."""
    async with desk(webhook=webhook) as at:
        dana(at).start()
        (act,) = await at.house.takes()
    assert (act.urn, act.chat) == (urn(88), urn(88))
    assert (act.name, act.language_code) == ("Dana", "he")
    assert act.update == f"coordinator:{at.server.account(TOKEN).updates.made[0]['update_id']}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/start", ("start", None, "")),
        ("/open", ("open", None, "")),
        ("/open@bot_1002_bot", ("open", None, "")),
        ("/HELP me", ("help", None, "me")),
        ("/opne", ("help", None, "")),
        ("I call them\nnow", ("text", None, "I call them\nnow")),
        ("/", ("text", None, "/")),
    ],
)
async def test_words_become_verbs(said: str, meant: tuple[str, None, str]) -> None:
    """Commands are verbs, a mistyped one asks for help, and anything else is text."""
    async with desk() as at:
        dana(at).send(said)
        (act,) = await at.house.takes()
    assert did(act) == meant


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "location", "document", "empty"])
async def test_what_is_no_text_is_heard_too(kind: str) -> None:
    """Whatever else is sent arrives as something that the desk answers."""
    async with desk() as at:
        dana(at).send_kind(kind, caption="look" if kind == "photo" else "")
        (act,) = await at.house.takes()
    assert did(act) == ("other", None, "")


async def test_edit_is_told_from_new_words() -> None:
    """An edited message is not taken for words said once more."""
    async with desk() as at:
        message = dana(at).send("I call them")
        dana(at).edit(message, "I called them")
        acts = await at.house.takes(2)
    assert did(acts[1]) == ("other", None, "edited")


async def test_stranger_passes_through() -> None:
    """The channel keeps nobody out: rights are the desk's to judge, and its refusal polite."""
    async with desk() as at:
        dana(at, id=666).send("let me in")
        (act,) = await at.house.takes()
    assert act.urn == urn(666)


async def test_blocking_is_told() -> None:
    """A coordinator who blocks the bot can be alerted no more, and who unblocks it can."""
    async with desk() as at:
        await at.server.polled(TOKEN)
        dana(at).block()
        dana(at).unblock()
        acts = await at.house.takes(2)
    assert [one.verb for one in acts] == ["blocked", "returned"]
    assert {one.urn for one in acts} == {urn(88)}


# --- taps ---------------------------------------------------------------------------------------


@EITHER_WAY
async def test_tap_is_answered_after_the_commit(webhook: bool) -> None:
    """A tap shows as loading until what it did is on disk."""
    async with desk(webhook=webhook) as at:
        dana(at).start()
        await at.house.takes()
        await at.channel.send("88", PAGE)
        at.house.open.clear()
        query = dana(at).tap("Acknowledge")
        await at.house.until(lambda: len(at.house.tried) == 2)
        assert query is not None
        assert not query.answered
        at.house.open.set()
        await dana(at).answered(query)
    assert did(at.house.acts[1]) == ("acknowledge", 12, "")


async def test_tap_too_old_is_done_all_the_same() -> None:
    """A tap that Telegram will not have answered any more has had its effect."""
    async with desk() as at:
        dana(at).start()
        await at.channel.send("88", PAGE)
        dana(at).tap("Acknowledge", inaccessible=True)
        at.server.expire_queries()
        await at.house.takes(2)
        dana(at).send("go on")
        acts = await at.house.takes(3)
    assert did(acts[1]) == ("acknowledge", 12, "")
    assert did(acts[2]) == ("text", None, "go on")


@pytest.mark.parametrize(
    ("data", "meant"),
    [
        ("resolve:12:advised", ("resolve", 12, "advised")),
        ("hand_on:12:77:x", ("hand_on", 12, "77:x")),
        ("open", ("open", None, "")),
        ("text:12:hello", ("other", None, "")),
        ("moved", ("other", None, "")),
        ("acknowledge:twelve", ("acknowledge", None, "")),
        (f"acknowledge:{'9' * 30}", ("other", None, "")),
        (":12", ("other", None, "")),
    ],
)
async def test_tap_names_verb_page_and_detail(
    data: str, meant: tuple[str, int | None, str]
) -> None:
    """A token is read whole or not at all; a forged one cannot pass for words or for a move."""
    async with desk() as at:
        dana(at).start()
        await at.channel.send("88", PAGE)
        dana(at).tap_data(dana(at).newest, data)
        acts = await at.house.takes(2)
    assert did(acts[1]) == meant


# --- the group ----------------------------------------------------------------------------------


async def test_group_tap_is_the_members_own() -> None:
    """Who taps in the group acts under the own user id, and the group is only the place."""
    async with desk() as at:
        room = group(at, dana(at), dana(at, id=99))
        await at.channel.send(str(GROUP), PAGE)
        room.tap(dana(at, id=99), "Acknowledge")
        (act,) = await at.house.takes()
    assert (act.urn, act.chat, act.page_id) == (urn(99), urn(GROUP), 12)


async def test_group_talk_is_left_alone() -> None:
    """In the group only commands and replies to the bot are heard, even by an administrator."""
    async with desk() as at:
        room = group(at)
        room.privacy = False
        await at.channel.send(str(GROUP), PAGE)
        room.say(dana(at), "who is on tonight?")
        room.say(dana(at), "me", reply_to_message=room.newest.raw)
        room.say(dana(at), "/open")
        acts = await at.house.takes(2)
        await at.server.polled(TOKEN)
    assert [did(one) for one in acts] == [("text", None, "me"), ("open", None, "")]
    assert {(one.urn, one.chat) for one in acts} == {(urn(88), urn(GROUP))}


async def test_anonymous_administrator_has_no_user_id() -> None:
    """Who speaks as the group is named by the group, which can be nobody with rights."""
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    async with desk() as at:
        room = group(at)
        room.say(dana(at), "/open", **{"from": anonymous, "sender_chat": room.room.head})
        (act,) = await at.house.takes()
    assert (act.urn, act.name) == (urn(GROUP), "")


async def test_move_of_the_group_is_told() -> None:
    """A group that becomes a supergroup is told of under its old and its new id."""
    async with desk() as at:
        new = group(at).migrate()
        acts = await at.house.takes(2)
    moves = [(one.verb, dict(one.values), one.chat) for one in acts]
    assert moves == [("moved", {"old": str(GROUP), "new": str(new)}, urn(new))] * 2


async def test_removal_from_the_group_is_told() -> None:
    """The bot that is taken out of the group says so, and by whom; a promotion says nothing."""
    async with desk() as at:
        await at.server.polled(TOKEN)
        room = group(at)
        me = at.server.account(TOKEN).user
        member, left = {"status": "member", "user": me}, {"status": "left", "user": me}
        change = {"chat": room.room.head, "from": dana(at).user, "date": 1}
        for old, new in ((member, member), (member, left)):
            change = {**change, "old_chat_member": old, "new_chat_member": new}
            at.server.world.tell(TOKEN, "my_chat_member", change)
        (act,) = await at.house.takes()
        await at.server.polled(TOKEN)
    assert (act.verb, act.urn, act.chat) == ("blocked", urn(88), urn(GROUP))


# --- nothing is lost ----------------------------------------------------------------------------


async def test_polling_confirms_after_the_commit() -> None:
    """An update stays with Telegram until it is committed, and is then confirmed."""
    async with desk() as at:
        at.house.open.clear()
        dana(at).send("one")
        await at.house.until(lambda: len(at.house.tried) == 1)
        await asyncio.sleep(0.05)
        assert at.server.account(TOKEN).updates.pending
        at.house.open.set()
        await at.server.polled(TOKEN)
    assert len(at.house.acts) == 1


async def test_webhook_answers_after_the_commit() -> None:
    """A webhook answers 200 only once the update is committed."""
    async with desk(webhook=True) as at:
        at.house.open.clear()
        dana(at).send("one")
        await at.house.until(lambda: len(at.house.tried) == 1)
        await asyncio.sleep(0.05)
        assert not at.server.posted(TOKEN)
        at.house.open.set()
        await at.server.world.bell.until(lambda: at.server.posted(TOKEN) or None, timeout=5)
        assert [one.status for one in at.server.posted(TOKEN)] == [200]


@EITHER_WAY
async def test_failed_commit_comes_again_in_order(webhook: bool) -> None:
    """What could not be committed is handed in again, before anything that came after it."""
    async with desk(webhook=webhook) as at:
        at.house.fails = 2
        dana(at).send("one")
        dana(at).send("two")
        acts = await at.house.takes(2)
    assert [one.detail for one in acts] == ["one", "two"]
    assert [one.detail for one in at.house.tried] == ["one", "one", "one", "two"]


async def test_wrong_secret_is_not_heard() -> None:
    """Whoever posts without the secret is refused, and the update itself is then taken."""
    async with desk(webhook=True) as at:
        at.server.wrong_secret(TOKEN)
        dana(at).send("one")
        await at.house.takes()
        statuses = [(one.secret == SECRET, one.status) for one in at.server.posted(TOKEN)]
    assert statuses[0] == (False, 403)
    assert len(at.house.acts) == 1


async def test_update_of_unknown_shape_is_heard_and_holds_up_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What the library cannot read is cut down to who and where; its content is not logged."""
    async with desk() as at:
        await at.server.polled(TOKEN)
        with caplog.at_level(logging.DEBUG):
            voice = dana(at).send_raw({"voice": {"hidden": "rash on the arms"}})
            dana(at).send_raw({"text": "with it", "entities": [{"odd": 1}]})
            at.server.world.tell(TOKEN, "message", {"odd": "rash on the arms"})
            at.server.world.tell(TOKEN, "my_chat_member", {"odd": 1})
            query = at.server.world.add_query(TOKEN, dana(at).user, voice, "acknowledge:12")
            tap = {"id": query.id, "from": dana(at).user, "data": query.data, "message": 1}
            at.server.world.tell(TOKEN, "callback_query", tap)
            acts = await at.house.takes(3)
            await at.server.polled(TOKEN)
    wanted = [("other", None, ""), ("text", None, "with it"), ("acknowledge", 12, "")]
    assert [did(one) for one in acts] == wanted
    assert {one.urn for one in acts} == {urn(88)}
    assert "rash" not in caplog.text


@EITHER_WAY
async def test_update_twice_has_one_number(webhook: bool) -> None:
    """An update delivered again bears the same number, by which the house knows it."""
    async with desk(webhook=webhook) as at:
        at.server.deliver_twice(TOKEN)
        dana(at).send("one")
        await at.house.takes()
        if not webhook:
            at.server.deliver_again(TOKEN)
        first, second = await at.house.takes(2)
    assert first.update == second.update


# --- trouble on the way in ----------------------------------------------------------------------


async def test_second_reader_is_logged_and_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """A 409 is told in the log, each try waits longer, and then updates come again."""
    async with desk() as at:
        at.server.inject(fault.conflicted(), method="getUpdates", times=3)
        dana(at).start()
        await at.house.takes()
    assert caplog.text.count("another process reads this bot's updates") >= 1
    assert [one.total_seconds() for one in at.clock.waits] == [0.5, 1.0, 2.0]


async def test_retry_after_is_obeyed() -> None:
    """A 429 on the way in is waited out for as long as Telegram says."""
    async with desk() as at:
        at.server.inject(fault.too_many(7), method="getUpdates")
        dana(at).start()
        await at.house.takes()
    assert [one.total_seconds() for one in at.clock.waits] == [7.0]


@pytest.mark.parametrize(
    "trouble",
    [
        fault.server_error(502),
        fault.dropped_before(),
        fault.dropped_after(),
        fault.not_json(),
        fault.not_json(applied=True, status=200),
    ],
    ids=lambda one: one.name,
)
async def test_broken_polls_lose_nothing(trouble: fault.Fault) -> None:
    """Whatever breaks a poll, what was sent meanwhile arrives."""
    async with desk() as at:
        at.server.inject(trouble, method="getUpdates", times=2)
        dana(at).send("one")
        (act,) = await at.house.takes()
    assert act.detail == "one"


async def test_wrong_token_is_logged_without_it(caplog: pytest.LogCaptureFixture) -> None:
    """A token that Telegram does not know is told in the log, which never holds a token."""
    token = make_token(9)
    with caplog.at_level(logging.DEBUG):
        async with desk(token=token) as at:
            await asyncio.wait_for(at.clock.waited.wait(), 5)
    assert "token or the address" in caplog.text
    assert token not in caplog.text


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_way_in_is_set_however_often_it_fails(webhook: bool) -> None:
    """The webhook is set, or taken away, once Telegram is there again."""
    method = "setWebhook" if webhook else "deleteWebhook"
    async with desk(webhook=webhook) as at:
        at.server.inject(fault.server_error(), method=method, times=3)
        dana(at).start()
        await at.house.takes()
    hook = at.server.account(TOKEN).webhook
    assert (hook is not None) == webhook
