"""What coordinators may do: tokens, rights, greetings, and addresses that fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from flows import desk
from flows.desk.greeting import MOST
from flows.event import Refused
from flows.message import Urn
from flows.origin import blank
from flows.page import Page, PageState, Reason
from flows.team import Act
from flows.turn import Turn
from tests.flows.desk_driver import (
    BEN,
    DANA,
    GROUP,
    HOUSE,
    NIGHT,
    SAM,
    Clinic,
    E,
    I,
    S,
    blank_scene,
    paged,
    taken,
    texts,
    texts_of,
    tokens,
    whole_team,
)

STRANGER = Urn("coordinator", "99")


# --- tokens ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "read"),
    [
        ("acknowledge:12", ("acknowledge", 12, "")),
        ("resolve:12:false_alarm", ("resolve", 12, "false_alarm")),
        ("hand_on:12:555", ("hand_on", 12, "555")),
        ("open", ("open", None, "")),
        ("reply:x:y", ("reply", None, "y")),
        ("", ("", None, "")),
    ],
)
def test_token_is_read(token: str, read: tuple[str, int | None, str]) -> None:
    """A button's token is its verb, its page and its detail."""
    assert desk.parse(token) == read


def test_every_button_fits_and_is_understood() -> None:
    """Each token is at most 64 bytes, also for a large page and user id, and none is unknown."""
    scene = replace(blank_scene(), next_page_id=10**9)
    house = paged(scene=scene)
    for verb in ("acknowledge", "reply", "hand_on", "resolve"):
        house.acts("Dana", verb)
    written = [token for turn in house.turns for said in turn.says for token in tokens(said)]
    assert len(set(written)) > 12
    for token in written:
        assert len(token.encode()) <= 64
        turn = house.taps("Dana", token) if not token.startswith("accept") else None
        assert turn is None or "desk.help" not in texts_of(turn)
        if token.startswith("resolve") and token.count(":") == 2:
            house.raises(E)
            house.acts("Dana", "acknowledge")


# --- rights ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["start", "open", "acknowledge", "show", "text", "help", "else"])
def test_stranger_hears_one_refusal_and_nothing_else(verb: str) -> None:
    """Rights go by user id: whoever else writes is refused politely, without a word of a case."""
    house = paged()
    before = house.scene
    turn = house.acts("Mallory", verb, page=1)
    (said,) = turn.says
    assert (said.to, texts_of(turn), said.choices) == (STRANGER, {"desk.refused"}, ())
    assert turn.events == (Refused(str(STRANGER)),)
    assert turn.scene.page == before.page


def test_being_in_the_group_gives_no_rights() -> None:
    """A tap of a stranger in the group is refused there, and the page stays free."""
    house = paged()
    turn = house.acts("Mallory", "acknowledge", chat=GROUP)
    assert [said.to for said in turn.says] == [GROUP]
    assert house.page.state is PageState.triggered


def test_refusal_speaks_the_strangers_language() -> None:
    """As far as the house speaks it; else the clinic's."""
    house = paged()
    assert house.acts("Mallory", "start", language="en-GB").says[0].language == "en"
    assert house.acts("Mallory", "start", language="xx").says[0].language == "he"


def test_actor_who_was_taken_off_the_list_is_a_stranger() -> None:
    """Rights are those of now."""
    house = paged()
    team = replace(house.scene.team, members={})
    scene = replace(house.scene, team=team, actor=house.scene.team.members[11])
    done = Act("coordinator:900", DANA, DANA, "open", None)
    turn = desk.act(Turn(scene), HOUSE, done, NIGHT)
    assert texts_of(turn) == {"desk.refused"}


def test_answers_go_to_the_coordinators_group_or_in_private() -> None:
    """What is asked in another group is answered in private: cases are none of its business."""
    house = paged()
    elsewhere = Urn("coordinator", "-555")
    assert house.acts("Dana", "open", chat=elsewhere).says[0].to == DANA
    assert house.acts("Dana", "show", chat=elsewhere).says[0].to == DANA
    assert house.acts("Dana", "open", chat=GROUP).says[0].to == GROUP


# --- greeting -------------------------------------------------------------------------------------


def test_first_start_gives_the_name_and_the_steps() -> None:
    """The name of the first act is kept, with the language; later ones change nothing."""
    team = whole_team()
    members = {id: replace(m, name="") for id, m in team.members.items()}
    house = Clinic(scene=blank_scene(replace(team, members=members)))
    done = Act("coordinator:900", DANA, DANA, "start", name=" Dana K. ", language_code="he-IL")
    house.scene = replace(house.scene, actor=members[11])
    turn = desk.act(Turn(house.scene), HOUSE, done, NIGHT)
    assert turn.scene.team.members[11].name == "Dana K."
    assert turn.scene.actor == turn.scene.team.members[11]
    assert turn.says[0].language == "he"
    assert {"desk.hello", "desk.demonstration", "card.role_on_call"} <= texts_of(turn)
    again = desk.act(Turn(turn.scene), HOUSE, replace(done, name="Else"), NIGHT)
    assert again.scene.team.members[11].name == "Dana K."


def test_start_without_a_step_and_with_signed_content() -> None:
    """Somebody on no step is told so; signed content is no demonstration."""
    signed = replace(HOUSE, demonstration=False)
    house = Clinic(scene=blank_scene(whole_team(supervisor=())), house=signed)
    assert texts_of(house.acts("Sam", "start")) == {"desk.hello", "desk.no_steps", "desk.help"}


@pytest.mark.parametrize("verb", ["help", "text", "other", "dance"])
def test_unknown_words_are_answered_with_help(verb: str) -> None:
    """Whatever a coordinator says gets an answer."""
    assert texts_of(paged().acts("Dana", verb, "hello?")) == {"desk.help"}


def test_open_lists_what_is_open() -> None:
    """Level, minutes, who has it; what nobody has comes first, and the gravest of that."""
    house = taken()
    mine = house.page
    pages = [replace(mine, id=9, level=S, state=PageState.triggered), mine]
    pages.append(replace(mine, id=8, level=E, state=PageState.triggered))
    pages.append(replace(mine, id=7, state=PageState.resolved))
    house.forward(minutes=7)
    turn = with_open(house, pages)
    assert tokens(turn.says[0]) == ["show:8", "show:9", "show:1"]
    lines = turn.says[0].body[0].values["lines"]
    assert isinstance(lines, tuple)
    assert [line.values["n"] for line in lines] == [7, 7, 7]
    assert {"card.held", "card.nobody"} <= texts_of(turn)


def with_open(house: Clinic, pages: Sequence[Page]) -> Turn:
    """/open with these pages."""
    scene = replace(house.scene, open_pages=tuple(pages), actor=house.scene.team.members[11])
    done = Act("coordinator:901", DANA, DANA, "open")
    return desk.act(Turn(scene), house.house, done, house.now)


def test_open_says_when_nothing_is_open_and_counts_what_is_too_much() -> None:
    """An empty list is an answer; a long one shows the first and counts the rest."""
    house = Clinic()
    assert texts_of(house.acts("Dana", "open")) == {"desk.none_open"}
    page = blank(HOUSE, 1, I, Reason.findings, NIGHT)
    turn = with_open(house, [replace(page, id=id) for id in range(1, MOST + 4)])
    assert len(tokens(turn.says[0])) == MOST
    assert texts(turn.says[0])["card.more"] == {"n": 3}


def test_card_is_shown_again() -> None:
    """The card comes where it was asked for, without ringing, and is kept up to date there."""
    house = taken()
    turn = house.acts("Sam", "show")
    assert (turn.says[0].to, turn.says[0].silent) == (SAM, True)
    assert str(SAM) in house.page.alerted


# --- addresses ------------------------------------------------------------------------------------


def test_blocked_coordinator_is_stepped_over_and_comes_back() -> None:
    """The next step is alerted now; whoever acts again can be alerted again."""
    house = Clinic().answers("chills")
    house.raises(I)
    house.take_sent()
    turn = house.acts("Dana", "blocked", page=None)
    assert turn.says == ()
    house.forward(seconds=1)
    assert house.rung() == [BEN]
    house.acts("Dana", "returned", page=None)
    assert not house.scene.team.members[11].unreachable


def test_bot_put_out_of_the_group() -> None:
    """The group is stepped over while the page runs; nobody loses rights by it."""
    house = Clinic().answers("chills")
    house.raises(I)
    house.forward(minutes=8)
    house.take_sent()
    house.acts("Dana", "blocked", page=None, chat=GROUP)
    house.forward(seconds=1)
    assert house.rung() == [SAM]
    assert not house.scene.team.members[11].unreachable


@pytest.mark.parametrize("name", ["Dana", "Mallory"])
def test_moved_group_is_nobodys_message(name: str) -> None:
    """What the network says of an address is answered to nobody."""
    assert paged().acts(name, "moved", page=None).says == ()
