"""What coordinators do with a page: who may, who has it, and what the family hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from flows import desk
from flows.desk.greeting import MOST
from flows.event import PageAcknowledged, PageHandedOn, PageProgressed, PageResolved, Refused
from flows.message import Urn
from flows.origin import blank
from flows.page import Page, PageState, Reason, Resolution
from flows.team import Act
from flows.turn import Turn
from tests.flows.desk_driver import (
    FAMILY,
    FATHER,
    GROUP,
    HOUSE,
    NIGHT,
    Clinic,
    E,
    I,
    S,
    blank_scene,
    texts,
    tokens,
    urn_of,
    whole_team,
)

DANA, BEN, SAM = (urn_of(name) for name in ("Dana", "Ben", "Sam"))
STRANGER = Urn("coordinator", "99")


def paged(**parts: object) -> Clinic:
    """A clinic with an emergency that everybody of the first step was just alerted to."""
    house = Clinic(**parts).answers("chills")  # type: ignore[arg-type]
    house.raises(E)
    house.take_sent()
    return house


def taken(name: str = "Dana") -> Clinic:
    """The same once somebody has it."""
    house = paged()
    house.acts(name, "acknowledge")
    house.take_sent()
    return house


# --- tokens --------------------------------------------------------------------------------------


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


def texts_of(turn: Turn) -> set[str]:
    """The ids of all that a turn says."""
    return {id for said in turn.says for id in texts(said)}


# --- rights --------------------------------------------------------------------------------------


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


# --- greeting ------------------------------------------------------------------------------------


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


# --- acknowledging -------------------------------------------------------------------------------


def test_first_has_it_and_the_family_hears_the_name() -> None:
    """Every carer hears who has it, never without the numbers and "do not wait"."""
    house = paged()
    turn = house.taps("Dana", "acknowledge:1")
    assert PageAcknowledged(1, 11, "Dana") in turn.events
    for carer in (FAMILY, FATHER):
        (said,) = [said for said in turn.says if said.to == carer]
        assert texts(said)["page.acknowledged"]["name"] == "Dana"  # type: ignore[index]
        assert "way.list" in texts(said)
    assert "desk.yours" in texts_of(turn)
    assert set(house.timers) == {"progress:page:1"}


def test_copies_show_who_has_it() -> None:
    """After an acknowledgement the other copies lose their buttons; hers and the group's stay."""
    house = paged()
    house.forward(minutes=2)
    house.take_sent()
    house.acts("Dana", "acknowledge")
    edits = {said.to: said for said in house.take_sent() if said.edit}
    assert set(edits) == {DANA, GROUP, BEN}
    assert edits[BEN].choices == ()
    assert set(texts(edits[BEN])) == {"card.line", "card.held"}
    assert "acknowledge:1" not in tokens(edits[DANA])
    assert tokens(edits[DANA]) == tokens(edits[GROUP])


def test_taking_it_in_the_group_brings_a_card_of_the_own() -> None:
    """Who was not alerted yet gets the card in private, to work with."""
    house = paged()
    turn = house.taps("Sam", "acknowledge:1", chat=GROUP)
    cards = [said for said in turn.says if said.slot == "page:1" and not said.edit]
    assert [said.to for said in cards] == [SAM]


def test_second_tapper_is_told_who_has_it() -> None:
    """Two at once: one has it, the other hears whose it is, and nothing else happens."""
    house = paged()
    house.acts("Dana", "acknowledge")
    before = house.page
    for verb in ("acknowledge", "calling", "ask_number", "reply", "hand_on", "resolve"):
        turn = house.acts("Ben", verb)
        assert texts_of(turn) == {"desk.taken", "card.line", "card.held"}
        assert turn.says[0].to == BEN
    assert house.page == before


def test_second_tap_of_the_same_hand() -> None:
    """Tapping twice is answered, and tells the family nothing again."""
    turn = taken().acts("Dana", "acknowledge")
    assert texts_of(turn) == {"desk.yours_already"}


@pytest.mark.parametrize("verb", ["calling", "ask_number", "reply", "hand_on", "resolve"])
def test_working_on_a_free_page_takes_it(verb: str) -> None:
    """Whoever calls or replies has the page: one tap fewer at night."""
    house = paged()
    turn = house.acts("Ben", verb)
    assert house.page.holder == 12
    assert "page.acknowledged" in texts_of(turn)


@pytest.mark.parametrize("page", [None, 77])
def test_stale_page_is_answered(page: int | None) -> None:
    """A button of a case that is not there is answered, and does nothing."""
    assert texts_of(taken().acts("Dana", "resolve", page=page)) == {"desk.no_page"}


def test_button_of_a_resolved_page_is_answered() -> None:
    """An old card's button says how it ended; also once the store has put the page away."""
    house = taken()
    house.acts("Dana", "resolve", "advised")
    assert {"desk.closed", "card.outcome_advised"} <= texts_of(house.acts("Ben", "calling"))
    done = house.page
    house.scene = replace(house.scene, page=None, resolved=(done,))
    assert "desk.closed" in texts_of(house.acts("Ben", "calling", page=done.id))


def test_holder_who_left_does_not_block_others() -> None:
    """The holder is off the list: the next who taps has it."""
    house = taken()
    members = {id: m for id, m in house.scene.team.members.items() if id != 11}
    house.scene = replace(house.scene, team=replace(house.scene.team, members=members))
    house.acts("Ben", "acknowledge")
    assert house.page.holder_name == "Ben"


# --- working -------------------------------------------------------------------------------------


def test_calling_is_progress_and_shows_the_number() -> None:
    """The family hears that a call comes; the limit begins anew."""
    house = taken()
    house.forward(minutes=14)
    turn = house.acts("Dana", "calling")
    assert PageProgressed(1, 11, "calling") in turn.events
    assert {"page.calling", "desk.call"} <= texts_of(turn)
    assert texts(turn.says[-1])["card.phone"]["phone"] == "+972501234567"  # type: ignore[index]
    house.take_sent()
    house.forward(minutes=14)
    assert house.take_sent() == []
    house.forward(minutes=1)
    assert house.page.state is PageState.triggered


def no_phone() -> Clinic:
    """A taken page of a family whose number nobody knows."""
    scene = blank_scene()
    carers = tuple(replace(carer, phone="") for carer in scene.carers)
    house = paged(scene=replace(scene, carers=carers))
    house.acts("Dana", "acknowledge")
    return house


def test_number_is_asked_for_where_none_is_known() -> None:
    """The family gets a button that hands it over; asking is no progress."""
    house = no_phone()
    house.forward(minutes=10)
    house.take_sent()
    turn = house.taps("Dana", "ask_number:1")
    asked = [said for said in turn.says if said.to in (FAMILY, FATHER)]
    assert [said.ask_contact.id for said in asked if said.ask_contact] == ["page.send_number"] * 2
    assert "desk.no_number" in texts_of(house.acts("Dana", "calling"))
    other = no_phone()
    other.forward(minutes=14)
    other.acts("Dana", "ask_number")
    other.forward(minutes=1)
    assert other.page.state is PageState.triggered


def test_ready_sentence_reaches_every_carer() -> None:
    """A sentence is sent as a text id, so that each carer reads it in the own language."""
    house = taken()
    menu = house.taps("Dana", "reply:1")
    assert menu.says[0].to == DANA
    turn = house.taps("Dana", "reply:1:come_now")
    said = [said for said in turn.says if said.to in (FAMILY, FATHER)]
    assert [texts(one).keys() for one in said] == [
        {"page.reply_canned", "page.canned_come_now"}
    ] * 2
    assert all(one.language == "" for one in said)
    assert "desk.replied" in texts_of(turn)


def test_own_words_are_marked_as_such() -> None:
    """After Reply, typed words go to the family, marked as the coordinator's own; and once."""
    house = taken()
    house.acts("Dana", "reply")
    assert house.scene.team.members[11].expecting == "reply:1"
    house.forward(minutes=10)
    house.take_sent()
    turn = house.acts("Dana", "text", "On my way. Open the door.")
    said = next(said for said in turn.says if said.to == FAMILY)
    assert texts(said)["page.reply_own"] == {"name": "Dana", "words": "On my way. Open the door."}
    assert house.scene.team.members[11].expecting == ""
    assert texts_of(house.acts("Dana", "text", "thanks")) == {"desk.help"}
    house.forward(minutes=14)
    assert house.page.state is PageState.acknowledged


def test_words_in_the_group_never_go_to_a_family() -> None:
    """What colleagues say among themselves is answered with help."""
    house = taken()
    house.acts("Dana", "reply")
    turn = house.acts("Dana", "text", "looks septic to me", chat=GROUP)
    assert texts_of(turn) == {"desk.help"}


def test_another_button_ends_the_reply() -> None:
    """Words typed after another button are not for the family."""
    house = taken()
    house.acts("Dana", "reply")
    house.acts("Dana", "open")
    assert texts_of(house.acts("Dana", "text", "hello")) == {"desk.help"}


def test_too_long_words_are_given_back() -> None:
    """What would not fit one message is not cut: the coordinator says it in two parts."""
    house = taken()
    house.acts("Dana", "reply")
    turn = house.acts("Dana", "text", "x" * 3001)
    assert texts_of(turn) == {"desk.too_long"}
    assert house.scene.team.members[11].expecting == "reply:1"


def test_reply_to_a_page_that_is_over_goes_nowhere() -> None:
    """Resolved meanwhile: nothing is sent, and the coordinator hears so."""
    house = taken()
    house.acts("Dana", "reply")
    waiting = house.scene.team.members
    house.acts("Dana", "resolve", "reached")
    house.scene = replace(house.scene, team=replace(house.scene.team, members=waiting))
    house.take_sent()
    turn = house.acts("Dana", "text", "On my way")
    assert "desk.closed" in texts_of(turn)
    assert FAMILY not in [said.to for said in turn.says]


def test_reply_to_a_page_that_another_has_now_goes_nowhere() -> None:
    """Words of somebody who lost the page meanwhile are not sent."""
    house = taken()
    house.acts("Dana", "reply")
    house.forward(minutes=15)
    house.acts("Ben", "acknowledge")
    turn = house.acts("Dana", "text", "On my way")
    assert texts_of(turn) == {"desk.taken", "card.line", "card.held"}


# --- handing on ----------------------------------------------------------------------------------


def offered() -> Clinic:
    """Dana has it and has offered it to Ben."""
    house = taken()
    house.taps("Dana", "hand_on:1")
    house.taps("Dana", "hand_on:1:12")
    return house


def test_giver_keeps_it_until_it_is_taken() -> None:
    """Ben's telephone rings with a card to take over; Dana has it meanwhile."""
    house = offered()
    card = next(said for said in house.take_sent() if said.to == BEN and not said.edit)
    assert tokens(card) == ["accept:1"]
    assert "card.offered" in texts(card)
    assert house.page.holder == 11


def test_taking_over_tells_the_family_the_new_name() -> None:
    """The other has it, the giver is told, and the limit begins anew."""
    house = offered()
    house.forward(minutes=4)
    turn = house.taps("Ben", "accept:1")
    assert PageHandedOn(1, 11, 12, accepted=True) in turn.events
    assert house.page.holder_name == "Ben"
    (said,) = [said for said in turn.says if said.to == FAMILY]
    assert texts(said)["page.handed_on"]["name"] == "Ben"  # type: ignore[index]
    assert "way.list" in texts(said)
    assert "desk.given" in texts_of(turn)
    house.take_sent()
    house.forward(minutes=14)
    assert house.take_sent() == []


def test_acknowledging_takes_over_what_was_offered() -> None:
    """Ben taps Acknowledge on an older copy: that is what he means."""
    house = offered()
    house.acts("Ben", "acknowledge")
    assert house.page.holder_name == "Ben"


def test_offer_that_nobody_takes_lapses() -> None:
    """After five minutes the page is triggered again, also if the giver went on calling."""
    house = offered()
    house.forward(minutes=3)
    house.acts("Dana", "calling")
    house.take_sent()
    house.forward(minutes=2)
    assert house.page.state is PageState.triggered
    assert "page.taken_back" in house.heard()
    house.acts("Ben", "accept")
    assert house.page.holder_name == "Ben"


def test_another_offer_replaces_the_first() -> None:
    """Only the one it was offered to last may take it."""
    house = offered()
    house.acts("Dana", "hand_on", "13")
    assert "desk.taken" in texts_of(house.acts("Ben", "accept"))
    house.acts("Sam", "accept")
    assert house.page.holder_name == "Sam"


def test_giver_who_left_hears_nothing() -> None:
    """A giver taken off the list is told nothing; the page alerts again."""
    house = offered()
    members = {id: m for id, m in house.scene.team.members.items() if id != 11}
    house.scene = replace(house.scene, team=replace(house.scene.team, members=members))
    turn = house.acts("Ben", "accept")
    assert house.page.holder_name == "Ben"
    assert "desk.given" not in texts_of(turn)


def test_nobody_else_to_hand_on_to() -> None:
    """Others who cannot be reached are not offered; alone, the coordinator hears so."""
    house = taken()
    house.acts("Ben", "blocked", page=None)
    assert tokens(house.acts("Dana", "hand_on").says[0]) == ["hand_on:1:13"]
    house.acts("Sam", "blocked", page=None)
    assert texts_of(house.acts("Dana", "hand_on")) == {"desk.nobody_else"}
    house.acts("Sam", "open")
    assert tokens(house.acts("Dana", "hand_on").says[0]) == ["hand_on:1:13"]


# --- resolving -----------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [o for o in Resolution if o is not Resolution.done])
def test_resolving_ends_all(outcome: Resolution) -> None:
    """No timer is left, the copies say how it ended, and the family hears what to do next."""
    house = taken()
    house.taps("Dana", "resolve:1")
    turn = house.taps("Dana", f"resolve:1:{outcome}")
    assert PageResolved(1, 11, outcome) in turn.events
    assert house.timers == {}
    assert (house.page.state, house.page.resolution) == (PageState.resolved, outcome)
    (said,) = [said for said in turn.says if said.to == FAMILY]
    assert {"page.resolved", "way.list"} <= set(texts(said))
    edits = [said for said in turn.says if said.slot == "page:1"]
    assert edits
    assert all(said.edit and not said.choices for said in edits)
    house.take_sent()
    house.forward(hours=24)
    assert house.take_sent() == []


def test_made_up_outcome_is_asked_again() -> None:
    """An outcome that no button carries ends nothing."""
    house = taken()
    assert "desk.resolve_how" in texts_of(house.acts("Dana", "resolve", "cured"))
    assert "desk.resolve_how" in texts_of(house.acts("Dana", "resolve", "done"))
    assert house.page.open


def test_fault_has_no_family_to_turn_to() -> None:
    """A forged reply to a fault's page is answered with help."""
    house = Clinic()
    house.faults("KeyError in render")
    house.acts("Dana", "acknowledge")
    assert texts_of(house.acts("Dana", "reply")) == {"desk.help"}


# --- addresses -----------------------------------------------------------------------------------


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
