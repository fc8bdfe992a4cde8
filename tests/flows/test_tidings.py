"""What the family says beside the questions reaches who has its page."""

from __future__ import annotations

from dataclasses import replace

from tests.flows.desk_driver import (
    BEN,
    DANA,
    GROUP,
    E,
    chilled,
    texts,
)


def test_what_the_family_did_stands_on_the_card() -> None:
    """Called and reached change the cards in place; nobody's telephone rings."""
    house = chilled()
    house.raises(E)
    house.take_sent()
    house.reports("called")
    sent = house.take_sent()
    assert all(said.edit for said in sent)
    assert "card.said_called" in texts(sent[0])


def test_what_the_family_wrote_rings_who_has_it() -> None:
    """Words go to the holder alone; while nobody has the page, to all who were alerted."""
    house = chilled()
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
    house = chilled()
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
    house = chilled()
    house.raises(E)
    house.acts("Dana", "acknowledge")
    house.take_sent()
    turn = house.gives_number("+972541112233")
    (line,) = [said for said in turn.says if not said.edit]
    assert (line.to, line.body[0].id) == (DANA, "page.phone_given")
    assert line.body[0].values["phone"] == "+972541112233"


def test_without_a_page_nothing_is_passed_on() -> None:
    """Words and numbers of a family without an open page trouble nobody."""
    house = chilled()
    assert house.reports("called").says == ()
    assert house.gives_number("+972541112233").says == ()
    house.raises(E)
    assert house.gives_number("").says == ()
