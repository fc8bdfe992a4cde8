"""Getting to know a family: one question at a time, each may wait, all may be skipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.event import PersonChanged
from flows.house import House
from flows.message import Choice, Text, text
from flows.person import Form, Patient, Person, Reporter
from flows.record import Answer
from flows.screen import ALWAYS, View
from flows.turn import Turn
from flows.understanding.letter import fold_digits

LONGEST_NAME = 40
"""Characters of a patient's name; longer is cut, since nothing but greetings uses it."""
LONGEST_COURSE = timedelta(days=120)
"""A day 1 further back than this is a slip of the pen."""

LATER = Choice(text("setup.later"), "0.later")


@dataclass(frozen=True)
class Question:
    """One question of the set-up: its words, its choices, and how an answer is kept."""

    id: str
    ask: Text
    choices: tuple[tuple[str, Text], ...] = ()
    typed: bool = False


NOTICE = "notice"
"""The question that comes before all that is kept."""

_SURE = (
    ("yes", text("choice.yes")),
    ("no", text("choice.no")),
    ("unknown", text("choice.not_sure")),
)

QUESTIONS: tuple[Question, ...] = (
    Question(NOTICE, text("setup.notice"), (("agree", text("setup.agree")),)),
    Question(
        "reporter",
        text("setup.reporter"),
        (
            ("parent", text("setup.parent")),
            ("patient", text("setup.patient")),
            ("carer", text("setup.carer")),
        ),
    ),
    Question("name", text("setup.name"), typed=True),
    Question(
        "form",
        text("setup.form"),
        (("he", text("setup.he")), ("she", text("setup.she")), ("neutral", text("setup.neutral"))),
    ),
    Question("under_5", text("setup.under_5"), _SURE),
    Question("country", text("setup.country"), typed=True),
    Question("ward_phone", text("setup.ward_phone"), typed=True),
    Question(
        "day_1",
        text("setup.day_1"),
        (("0", text("setup.today")), ("1", text("setup.yesterday"))),
        typed=True,
    ),
    Question("on_ward", text("setup.on_ward"), _SURE),
    Question("previous_transplant", text("setup.previous_transplant"), _SURE),
)
_BY_ID = {question.id: question for question in QUESTIONS}
LANGUAGE = "language"
"""The step before the questions."""


def view(house: House, step: str) -> View:
    """The screen of one step of the set-up."""
    if step == LANGUAGE:
        return View((text("setup.language"),), (*languages(house), (LATER,)))
    question = _BY_ID[step]
    chosen = _countries(house) if step == "country" else question.choices
    rows = tuple((Choice(label, f"s:{step}:{value}"),) for value, label in chosen)
    # What is kept may be put off, with all that is asked after it, but not passed over.
    skip = () if step == NOTICE else (Choice(text("setup.skip"), f"s:{step}:"),)
    return View((question.ask,), (*rows, (*skip, LATER)))


def languages(house: House) -> tuple[tuple[Choice, ...], ...]:
    """The languages, each in its own words."""
    return tuple((speak(code),) for code in house.languages)


def speak(language: str) -> Choice:
    """The button that goes on in a language, in its own words."""
    return Choice(text("language.name").spoken(language), f"{ALWAYS}.lang:{language}")


def _countries(house: House) -> tuple[tuple[str, Text], ...]:
    return tuple((code, Text(f"country.{code}")) for code in house.clinic.offered)


def following(step: str) -> str:
    """The step after this one; empty after the last."""
    ids = [LANGUAGE, *_BY_ID]
    place = ids.index(step) + 1
    return ids[place] if place < len(ids) else ""


def at(turn: Turn, step: str) -> Turn:
    """Go to a step; an empty one ends the set-up."""
    over = "" if turn.scene.assessment is not None else "home"
    aside = "setup" if step else over
    conversation = replace(turn.scene.conversation, setup_step=step, aside=aside)
    return turn.become(conversation=conversation)


def takes_text(step: str) -> bool:
    """Whether the step is answered by typing."""
    return step in _BY_ID and _BY_ID[step].typed


def answer(turn: Turn, house: House, step: str, value: str, now: datetime) -> Turn | None:
    """Keep one answer and go on to the next question; None when it cannot be read."""
    if step not in _BY_ID:
        return None
    if not value:
        return at(turn, "" if step == NOTICE else following(step))
    kept = _KEEP[step](turn, house, value, now)
    return at(kept.happened(PersonChanged((step,))), following(step)) if kept else None


# --- how each answer is kept ---------------------------------------------------------------------

_Keep = Callable[[Turn, House, str, datetime], Turn | None]


def _person(turn: Turn, person: Person) -> Turn:
    carers = tuple(person if c.id == person.id else c for c in turn.scene.carers)
    return turn.become(person=person, carers=carers)


def _patient(turn: Turn, patient: Patient) -> Turn:
    return turn.become(patient=patient)


def _notice(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
    agreed = replace(turn.scene.person, noticed_at=now, consented_at=now)
    return _person(turn, agreed) if value == "agree" else None


def _reporter(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
    if value not in set(Reporter):
        return None
    return _person(turn, replace(turn.scene.person, reporter=Reporter(value)))


def _name(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
    name = " ".join(value.split())[:LONGEST_NAME]
    return _patient(turn, replace(turn.scene.patient, name=name)) if name else None


def _form(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
    if value not in set(Form):
        return None
    return _patient(turn, replace(turn.scene.patient, form=Form(value)))


def _country(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
    code = value.strip().upper()
    known = code in house.clinic.countries
    return _patient(turn, replace(turn.scene.patient, country=code)) if known else None


def _ward_phone(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
    country = turn.scene.patient.country or house.clinic.country
    phone = house.read_phone(value, country)
    return _patient(turn, replace(turn.scene.patient, ward_phone=phone)) if phone else None


def _day_1(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
    day = read_day(value, now.astimezone(house.clinic.hours.zone).date())
    return _patient(turn, replace(turn.scene.patient, day_1=day)) if day else None


def _sure(field: str) -> _Keep:
    def keep(turn: Turn, house: House, value: str, now: datetime) -> Turn | None:
        if value not in set(Answer):
            return None
        changed: dict[str, Answer] = {field: Answer(value)}
        return _patient(turn, replace(turn.scene.patient, **changed))  # type: ignore[arg-type]

    return keep


_KEEP: Mapping[str, _Keep] = {
    "notice": _notice,
    "reporter": _reporter,
    "name": _name,
    "form": _form,
    "under_5": _sure("under_5"),
    "country": _country,
    "ward_phone": _ward_phone,
    "day_1": _day_1,
    "on_ward": _sure("on_ward"),
    "previous_transplant": _sure("previous_transplant"),
}

_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")
_DAY_MONTH = re.compile(r"\s*(\d{1,2})\s*[./]\s*(\d{1,2})(?:\s*[./]\s*(\d{2,4}))?\s*\.?\s*")
_DAYS_AGO = re.compile(r"\s*(\d{1,2})\s*")


def read_day(written: str, today: date) -> date | None:
    """A date as families write it (day before month), or days ago; None when it is neither,
    lies ahead by more than a week, or too far back for the present course."""
    day = _written_day(fold_digits(written), today)
    if day is None or not today - LONGEST_COURSE <= day <= today + timedelta(days=7):
        return None
    return day


def _written_day(written: str, today: date) -> date | None:
    if ago := _DAYS_AGO.fullmatch(written):
        return today - timedelta(days=int(ago[1]))
    if iso := _ISO.fullmatch(written):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if short := _DAY_MONTH.fullmatch(written):
        return _nearest(int(short[1]), int(short[2]), short[3], today)
    return None


def _nearest(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    # The latest that fits: around New Year next week lies in the next year, last month in the last.
    candidates = [_date(today.year + ahead, month, day) for ahead in (1, 0, -1)]
    return next((d for d in candidates if d and d <= today + timedelta(days=7)), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
