"""What a step shows: a message and its choices, as text ids; no step decides anything here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flows.assessment import SWEEP, Step, answers, pending, positive
from flows.degree import degrees
from flows.house import House
from flows.message import Choice, Mark, Text, text
from flows.protocol import Finding, Kind, Protocol
from flows.record import Answer, Answered, Proposed
from flows.scene import Assessment, Scene

SLOT = "screen"
"""The place of the present list on the person's screen."""
ALWAYS = "0"
"""The serial of choices that never grow stale: help, home, a language."""

NOW = Choice(text("choice.wrong_now"), f"{ALWAYS}.now")
HOME = Choice(text("choice.home"), f"{ALWAYS}.home")
HELP = Choice(text("choice.help"), f"{ALWAYS}.help")

_NEXT = text("choice.next")
_NONE = text("choice.none")
_UNSURE = text("choice.cannot_tell")
_BACK = text("choice.back")
_YES_NO = {
    Answer.yes: text("choice.yes"),
    Answer.no: text("choice.no"),
    Answer.unknown: text("choice.not_sure"),
}


@dataclass(frozen=True)
class View:
    """A screen before it is numbered: its words, and rows of choices."""

    body: tuple[Text, ...]
    rows: tuple[tuple[Choice, ...], ...]

    def numbered(self, serial: int) -> View:
        """The same view with its tokens bound to one serial, so that a stale tap is known."""
        return replace(self, rows=tuple(tuple(_bound(c, serial) for c in r) for r in self.rows))


def _bound(choice: Choice, serial: int) -> Choice:
    free = not choice.token or choice.token.startswith(f"{ALWAYS}.")
    return choice if free else replace(choice, token=f"{serial}.{choice.token}")


def finding_label(id: str) -> Text:
    """The short name of a finding, as its button carries it."""
    return Text(f"finding.{id}.label")


def sign_label(id: str) -> Text:
    """The short name of a sign, as its button carries it."""
    return Text(f"sign.{id}.label")


# --- home ----------------------------------------------------------------------------------------


def home(house: House) -> View:
    """The one screen from which every sign is one tap away, danger first."""
    signs = [s for s in house.protocol.signs.values() if s.menu == "home"]
    return View(
        body=(text("home.title"),),
        rows=(
            (_alarm(house.protocol),),
            *((Choice(sign_label(sign.id), f"open:{sign.id}"),) for sign in signs),
            (Choice(text("home.something_else"), "more"),),
            (Choice(text("home.check_everything"), f"open:{SWEEP}"),),
            (Choice(text("home.questions"), "questions"),),
        ),
    )


def _alarm(protocol: Protocol) -> Choice:
    """The gravest of all, in one tap; what it means stands in the message, as no button is as
    long as that."""
    id = protocol.alarm
    return Choice(finding_label(id), f"t:{id}", means=text("home.danger_now"))


def something_else(house: House) -> View:
    """The signs beside the seven."""
    signs = [s for s in house.protocol.signs.values() if s.menu == "something_else"]
    rows = tuple((Choice(sign_label(sign.id), f"open:{sign.id}"),) for sign in signs)
    return View((text("more.title"),), (*rows, (HOME,)))


# --- the steps of an assessment ------------------------------------------------------------------


def view(house: House, scene: Scene, step: Step) -> View:
    """The screen of a step of the open assessment."""
    run = scene.assessment
    assert run is not None
    match step.state:
        case "proposal":
            return proposal(house.protocol, run)
        case "sign":
            return sign(house.protocol, run, step.about)
        case "each":
            return each(house.protocol, step.about)
        case "context":
            return context(step.about)
        case _:
            return sweep(house.protocol, run, int(step.about))


def sign(protocol: Protocol, run: Assessment, id: str) -> View:
    """A sign's findings as ticks, worst first."""
    shown = protocol.signs[id]
    known = answers(run.records)
    ticks = [c for f in shown.findings for c in ticks_of(protocol.findings[f], known.get(f))]
    return View(
        body=(Text(f"sign.{id}.means"), *_reading(protocol, run, id)),
        rows=(
            *((tick,) for tick in ticks),
            *_no_thermometer(protocol, run, id),
            _leave(any(c.mark is not Mark.none for c in ticks)),
            (Choice(_BACK, "back"), HOME),
        ),
    )


def _thermometer(protocol: Protocol, sign: str) -> str:
    """The finding of a screen that a reading answers; empty when none of its findings is one."""
    ids = protocol.signs[sign].findings
    return next((id for id in ids if protocol.findings[id].kind is Kind.temperature), "")


def _reading(protocol: Protocol, run: Assessment, sign: str) -> tuple[Text, ...]:
    """How to give a reading, and the one that was given: a family must see what was read."""
    id = _thermometer(protocol, sign)
    if not id:
        return ()
    noted = tuple(text("screen.reading_noted", reading=value) for value in _given(run, id))
    return (text("screen.type_reading"), *noted)


def _given(run: Assessment, id: str) -> tuple[Text, ...]:
    known = answers(run.records).get(id)
    number = known.number if known else None
    return (text("reading.value", celsius=degrees(number)),) if number is not None else ()


def _no_thermometer(
    protocol: Protocol, run: Assessment, sign: str
) -> tuple[tuple[Choice, ...], ...]:
    """The choice by which a reading is denied; none where one was given."""
    id = _thermometer(protocol, sign)
    known = answers(run.records).get(id)
    if not id or (known is not None and known.number is not None):
        return ()
    return ((_cool(known),),)


def _cool(known: Answered | None) -> Choice:
    denied = known is not None and not known.answer.holds
    return Choice(
        text("choice.no_thermometer_not_hot"), "cool", mark=Mark.yes if denied else Mark.none
    )


def _leave(ticked: bool) -> tuple[Choice, ...]:
    return (Choice(_NEXT if ticked else _NONE, "next"), Choice(_UNSURE, "each"))


def ticks_of(finding: Finding, known: Answered | None) -> tuple[Choice, ...]:
    """The choices by which one finding is answered: one tick, a tick per band, or none where
    a typed reading answers."""
    if finding.kind is Kind.temperature:
        return ()
    if finding.kind is Kind.count:
        return tuple(_band(finding, place, known) for place in range(len(finding.bands)))
    return (
        Choice(
            finding_label(finding.id),
            f"t:{finding.id}",
            mark=_mark(known),
            means=Text(f"finding.{finding.id}.means"),
        ),
    )


def _mark(known: Answered | None) -> Mark:
    if known is None or not known.answer.holds:
        return Mark.none
    return Mark.yes if known.answer is Answer.yes else Mark.unsure


def _band(finding: Finding, place: int, known: Answered | None) -> Choice:
    low, high = band(finding, place)
    inside = known is not None and known.number is not None and low <= known.number <= high
    return Choice(
        band_label(finding, low),
        f"c:{finding.id}:{low}",
        mark=_mark(known) if inside else Mark.none,
    )


def band_label(finding: Finding, number: int) -> Text:
    """What was tapped where a band stands for a number: "Vomited: 2-5", not the two."""
    places = range(len(finding.bands))
    low, high = next(b for b in (band(finding, p) for p in places) if b[0] <= number <= b[1])
    label = finding_label(finding.id)
    return _band_text(low, high).given(label=label, low=str(low), high=str(high))


ENDLESS = 10**6
"""The upper end of a count's highest band."""


def band(finding: Finding, place: int) -> tuple[int, int]:
    """The lowest and highest count of a band; bands are listed by their lower ends."""
    lows = sorted(finding.bands)
    low = sorted(finding.bands, reverse=True)[place]
    above = lows.index(low) + 1
    return low, (lows[above] - 1 if above < len(lows) else ENDLESS)


def _band_text(low: int, high: int) -> Text:
    if high == ENDLESS:
        return text("count.or_more")
    return text("count.once") if low == high else text("count.from_to")


def each(protocol: Protocol, id: str) -> View:
    """One finding asked by itself, after "I can't tell"."""
    finding = protocol.findings[id]
    return View(
        (Text(f"finding.{id}.means"), _ASKED[finding.kind]),
        (*_each_answers(finding), (Choice(_BACK, "back"), HOME)),
    )


_ASKED = {
    Kind.yes_no: text("each.ask"),
    Kind.count: text("each.how_often"),
    Kind.temperature: text("screen.type_reading"),
}


def _each_answers(finding: Finding) -> tuple[tuple[Choice, ...], ...]:
    """Yes, no, not sure; a number is answered by its bands, or typed."""
    stem = f"e:{finding.id}"
    if finding.kind is Kind.yes_no:
        return (_answers(stem),)
    unsure = Choice(_YES_NO[Answer.unknown], f"{stem}:{Answer.unknown}")
    if finding.kind is Kind.temperature:
        return ((_cool(None),), (unsure,))
    bands = (_band(finding, place, None) for place in range(len(finding.bands)))
    none = Choice(_YES_NO[Answer.no], f"{stem}:{Answer.no}")
    return (*((band,) for band in bands), (none, unsure))


def context(id: str) -> View:
    """A question about the course."""
    return View((Text(f"context.{id}.question"),), (_answers(f"x:{id}"), (Choice(_BACK, "back"),)))


def _answers(stem: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, f"{stem}:{answer}") for answer, label in _YES_NO.items())


def proposal(protocol: Protocol, run: Assessment) -> View:
    """ "Did I understand ...?" before free text counts; an old button asks whether it is so now."""
    waiting = pending(run)
    assert waiting is not None
    what = _proposed(protocol, waiting)
    said = text("proposal.ask", finding=what, words=waiting.words)
    return View(
        (said if waiting.words else text("proposal.now", finding=what),),
        (
            (Choice(_YES_NO[Answer.yes], "p:yes"), Choice(text("choice.no"), "p:no")),
            (Choice(_YES_NO[Answer.unknown], "p:unknown"),),
        ),
    )


def _proposed(protocol: Protocol, waiting: Proposed) -> Text:
    label = finding_label(waiting.finding)
    if waiting.number is None:
        return label
    if protocol.findings[waiting.finding].kind is Kind.temperature:
        return text("reading.value", celsius=degrees(waiting.number))
    return text("reading.count", label=label, count=str(waiting.number))


def sweep(protocol: Protocol, run: Assessment, number: int) -> View:
    """One screen of the sweep: what can be seen, line by line."""
    lines = [line for line in protocol.sweep if line.screen == number]
    known, held = answers(run.records), positive(protocol, run)
    rows = tuple(
        (
            Choice(
                Text(f"sweep.{line.id}.label"),
                f"line:{line.id}",
                mark=_gravest(_mark(known[id]) for id in line.findings if id in held),
                means=Text(f"sweep.{line.id}.means"),
            ),
        )
        for line in lines
    )
    ticked = any(row[0].mark is not Mark.none for row in rows)
    title = text("sweep.now") if number == 1 else text("sweep.rest")
    last = (Choice(_NEXT if ticked else _NONE, "swept"), Choice(_BACK, "back"), HOME)
    return View((title,), (*rows, last))


def _gravest(marks: Iterable[Mark]) -> Mark:
    """A line is marked as its surest finding is: an opened line in which all was denied is not."""
    found = set(marks)
    return next((mark for mark in (Mark.yes, Mark.unsure) if mark in found), Mark.none)
