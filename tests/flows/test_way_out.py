"""A way out at every hour, whatever is known of a family, in every language of the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import product
from urllib.parse import unquote

import pytest

from bot.speech import Speech
from bot.voice import BIDI_CONTROLS, Voice
from data.load import Content, load_content
from flows.advice import (
    AT_NIGHT,
    OPENS_SOON,
    Turning,
    card,
    first_bubble,
    links,
    numbers,
    ward_first,
    ways,
    whatsapp_link,
)
from flows.clinic import Clinic
from flows.person import Form, Patient
from flows.record import Answer
from flows.scene import Scene
from flows.urgency import Urgency
from tests.flows.family import NIGHT, blank_scene, shipped

WARD = "+972501234567"
DAY = NIGHT + timedelta(hours=9)
LEVELS = (Urgency.emergency, Urgency.immediate, Urgency.same_day, Urgency.routine)
URGENT = LEVELS[:2]


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix of conversation.md 7."""

    ward: str
    now: datetime
    country: str
    on_ward: Answer | None

    @property
    def scene(self) -> Scene:
        """A scene of which this much is known."""
        patient = Patient(1, country=self.country, ward_phone=self.ward, on_ward=self.on_ward)
        return replace(blank_scene(), patient=patient)


def matrix() -> Iterator[Cell]:
    """Ward known or not x clinic open or shut x country known or not x on the ward or not."""
    places = (None, Answer.unknown, Answer.yes, Answer.no)
    for parts in product(("", WARD), (NIGHT, DAY), ("", "IL", "US"), places):
        yield Cell(*parts)


def kinds(cell: Cell, level: Urgency) -> list[Turning]:
    """The ways of one cell in their order."""
    return [way.kind for way in ways(shipped(), cell.scene, level, cell.now)]


@lru_cache(maxsize=1)
def content() -> Content:
    """The shipped content with its catalogues."""
    return load_content()


def test_the_matrix_is_open_and_shut() -> None:
    """The two hours of the matrix are one when the clinic answers and one when it does not."""
    hours = shipped().clinic.hours
    assert hours.open_at(DAY)
    assert not hours.open_at(NIGHT)


@pytest.mark.parametrize("level", LEVELS)
def test_some_way_is_open_at_night_in_every_cell(level: Urgency) -> None:
    """Whatever is known, at every level something answers at this hour; at the urgent ones the
    clinic is given too, and never alone."""
    for cell in matrix():
        found = set(kinds(cell, level))
        assert found & AT_NIGHT, cell
        assert level not in URGENT or Turning.clinic in found, cell


@pytest.mark.parametrize(("language", "form", "to_patient"), [*product(("en", "he"), Form, (0, 1))])
def test_the_first_bubble_is_short_and_holds_the_numbers(
    language: str, form: Form, to_patient: int
) -> None:
    """At most 400 characters with every number inside, in each language and form of address."""
    voice = Voice(language, form=form, to_patient=bool(to_patient))
    for cell, level in product(matrix(), URGENT):
        speech = Speech(voice, content().catalogues, cell.now)
        said = speech.say(first_bubble(shipped(), cell.scene, level, cell.now))
        assert len(said) <= 400, (len(said), cell, said)
        plain = "".join(c for c in said if c not in BIDI_CONTROLS | {"-", " "})
        for way in ways(shipped(), cell.scene, level, cell.now):
            assert way.phone in plain, (way, said)


def test_every_language_of_the_house_is_in_the_matrix() -> None:
    """A language that is added is held to the same."""
    assert set(shipped().languages) == {"en", "he"}


def test_emergency_is_ambulance_ward_clinic() -> None:
    """At home: the ambulance first, then the ward, then the clinic."""
    found = kinds(Cell(WARD, NIGHT, "IL", Answer.no), Urgency.emergency)
    assert found == [Turning.ambulance, Turning.ward, Turning.clinic]


@pytest.mark.parametrize("place", [None, Answer.unknown])
def test_unknown_is_never_on_the_ward(place: Answer | None) -> None:
    """Not knowing gives the ambulance first, and then the call button for those in hospital."""
    found = kinds(Cell(WARD, NIGHT, "IL", place), Urgency.emergency)
    assert found == [Turning.ambulance, Turning.nurse, Turning.ward, Turning.clinic]


def test_on_the_ward_the_nurse_comes_before_any_phone() -> None:
    """On the ward every level begins with the nurse, and the ambulance stays as a last line: the
    family may have gone home since it said so."""
    cell = Cell(WARD, NIGHT, "IL", Answer.yes)
    for level in LEVELS[:3]:
        assert kinds(cell, level)[0] is Turning.nurse
    assert kinds(cell, Urgency.emergency)[-1] is Turning.ambulance
    assert first_bubble(shipped(), cell.scene, Urgency.immediate, NIGHT).id.endswith("ward_first")


def test_immediate_is_ward_clinic_department() -> None:
    """Call the ward, then the clinic; if neither answers, the emergency department."""
    found = kinds(Cell(WARD, NIGHT, "IL", None), Urgency.immediate)
    assert found == [Turning.ward, Turning.clinic, Turning.department]


def test_without_a_ward_number_the_hospital_is_named() -> None:
    """A family that saved no number is told which hospital to call, and where its number is."""
    assert kinds(Cell("", NIGHT, "IL", None), Urgency.immediate)[0] is Turning.hospital


def test_an_unknown_country_gets_every_number() -> None:
    """Where the country is unknown every line with an ambulance names 101, 112, 911 and 103."""
    for level in LEVELS:
        lines = [
            way.line
            for way in ways(shipped(), Cell(WARD, NIGHT, "", Answer.no).scene, level, NIGHT)
            if way.kind in (Turning.ambulance, Turning.department)
        ]
        speech = Speech(Voice("en"), content().catalogues, NIGHT)
        said = " ".join(speech.say(line) for line in lines)
        assert all(number in said for number in ("101", "112", "911", "103")), said


def test_a_known_country_gets_its_own_number() -> None:
    """In the United States the ambulance is 911, at every level."""
    for level in (Urgency.emergency, Urgency.same_day, Urgency.routine):
        found = ways(shipped(), Cell("", NIGHT, "US", Answer.no).scene, level, NIGHT)
        assert "911" in [way.phone for way in found]


# --- same day and the clinic's hours -------------------------------------------------------------


def clinic(assumed: bool) -> Clinic:
    """The shipped clinic, its hours given or guessed."""
    shipped_clinic = shipped().clinic
    return replace(shipped_clinic, hours=replace(shipped_clinic.hours, assumed=assumed))


def test_while_hours_are_assumed_the_ward_comes_first() -> None:
    """Nobody knows when the clinic answers: at same day the ward stands first, even by day."""
    assert ward_first(clinic(assumed=True), DAY)
    assert kinds(Cell(WARD, DAY, "IL", None), Urgency.same_day)[0] is Turning.ward


def test_far_from_opening_the_ward_comes_first() -> None:
    """Known hours: the ward now if the clinic opens in more than two hours, else the clinic."""
    known = clinic(assumed=False)
    opens = known.hours.opens_after(NIGHT)
    assert opens is not None
    assert ward_first(known, opens - OPENS_SOON - timedelta(minutes=1))
    assert not ward_first(known, opens - OPENS_SOON)
    assert not ward_first(known, DAY)
    house = replace(shipped(), clinic=known)
    scene = Cell(WARD, DAY, "IL", None).scene
    assert ways(house, scene, Urgency.same_day, DAY)[0].kind is Turning.clinic


def test_a_clinic_that_never_opens_gives_the_ward_first() -> None:
    """No opening within thirty days: the ward."""
    shut = replace(clinic(assumed=False).hours, week={}, holidays={})
    assert ward_first(replace(clinic(assumed=False), hours=shut), NIGHT)


# --- the card and the links ----------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
def test_the_card_is_the_first_number(level: Urgency) -> None:
    """The contact card, and the number to copy, are those of the first way with a number."""
    for cell in matrix():
        first = next(w.phone for w in ways(shipped(), cell.scene, level, cell.now) if w.phone)
        contact = card(shipped(), cell.scene, level, cell.now)
        assert contact is not None
        assert contact.phone == first
        assert links(shipped(), cell.scene, level, cell.now)[0].copy == first


def test_no_address_says_anything_about_health() -> None:
    """The WhatsApp link carries a neutral greeting and the case code, and nothing else."""
    link = whatsapp_link(shipped().clinic, "V-0007")
    assert link.startswith("https://wa.me/972523373108?text=")
    assert unquote(link.partition("text=")[2]) == shipped().clinic.greeting.format(code="V-0007")


def test_the_numbers_are_listed_in_order() -> None:
    """Each line of the list has its place."""
    listed = numbers(shipped(), Cell(WARD, NIGHT, "IL", None).scene, Urgency.immediate, NIGHT)
    lines = listed.values["lines"]
    assert isinstance(lines, tuple)
    assert [line.values["place"] for line in lines] == ["1", "2", "3"]
