"""Saying: how a family tells one id, a finding by its button and a context by its question."""

from __future__ import annotations

from collections.abc import Mapping

from flows.message import Text
from tests.walker.combination import contexts, of_id
from tests.walker.verdict import CONTACTS, TEMPERATURE, Ids
from tests.walker.walk import Walk, Way

MOST_QUESTIONS = 8
"""Screens that a family answers before the question that is looked for must have come."""
MILD = "mouth_mild"
"""What is said in an earlier contact."""

Ways = Mapping[str, Way]


async def say_all(walk: Walk, ways: Ways, ids: Ids) -> None:
    """Tell findings first, as a family does; questions come after them."""
    asked = sorted(ids.intersection(contexts()))
    for id in sorted(ids.difference(asked)):
        await say(walk, ways, id)
    for id in asked:
        await answer(walk, id)


async def say(walk: Walk, ways: Ways, id: str) -> None:
    """Tell one finding: tap its button, or type a reading on the screen of fever."""
    if of_id(id) != TEMPERATURE:
        await walk.follow(ways[id])
        return
    if walk.word("choice.no_thermometer_not_hot") not in walk.labels:
        await walk.follow((walk.word("sign.fever.label"),))
    await walk.types(id.partition("=")[2])


async def answer(walk: Walk, context: str, word: str = "choice.yes") -> None:
    """Answer a question about the course, as soon as it comes; others before it with no."""
    for _ in range(MOST_QUESTIONS):
        if _asks(walk, context):
            await walk.tap(walk.word(word))
            return
        await go_on(walk)
    raise AssertionError(f"{context} was not asked; {walk.phone}")


async def go_on(walk: Walk) -> None:
    """Answer what stands there with no, or say that somebody was called, so that more comes."""
    called = walk.word("choice.called")
    if any(_asks(walk, of_id(id)) for id in contexts()):
        await walk.tap(walk.word("choice.no"))
    elif walk.shows(called) and not walk.called:
        walk.called = True
        await walk.tap(called)
    else:
        await leave(walk)


def _asks(walk: Walk, context: str) -> bool:
    return walk.house.say(Text(f"context.{context}.question")) in walk.screen.text


async def leave(walk: Walk) -> None:
    """Nothing else is there on this screen."""
    none, on = walk.word("choice.none"), walk.word("choice.next")
    await walk.tap(none if none in walk.labels else on)


async def contact_earlier(walk: Walk, ways: Ways) -> None:
    """An assessment from its first finding to its outcome, and then a new one."""
    again = walk.word("choice.start_again")
    await say(walk, ways, MILD)
    for _ in range(MOST_QUESTIONS):
        if again in walk.labels:
            await walk.tap(again)
            return
        await go_on(walk)
    raise AssertionError(f"no outcome; {walk.phone}")


async def contact_often(walk: Walk, ways: Ways, name: str) -> None:
    """As many earlier contacts as the name of the context says."""
    assert of_id(name) == CONTACTS
    for _ in range(int(name.partition("=")[2])):
        await contact_earlier(walk, ways)


async def set_up(walk: Walk, answers: Mapping[str, str]) -> None:
    """Answer these questions of the set-up by the buttons named, and skip the others."""
    await walk.tap(walk.word("home.questions"))
    await walk.tap(walk.word("choice.setup"))
    await walk.tap(walk.word("setup.agree"))
    skip, left = walk.word("setup.skip"), dict(answers)
    while skip in walk.labels:
        asked = next((id for id in left if walk.word(f"setup.{id}") in walk.screen.text), None)
        await walk.tap(skip if asked is None else walk.word(left.pop(asked)))
    assert not left, f"never asked: {left}"
