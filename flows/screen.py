"""What a step shows: a message and its choices, as text ids; no step decides anything here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.assessment import SWEEP, Step, answers, asked_each, next_of_each, pending, standing
from flows.house import House
from flows.message import Choice, Mark, Text, text
from flows.protocol import Finding, Kind, Protocol
from flows.record import Answer, Answered, Opened, Proposed
from flows.scene import Assessment, Scene
from flows.urgency import Urgency

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
            return proposal(run)
        case "sign":
            return sign(house.protocol, run, step.about)
        case "each":
            return each(step.about)
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
        body=(Text(f"sign.{id}.means"), *_extra(protocol, id)),
        rows=(
            *((tick,) for tick in ticks),
            *_no_thermometer(protocol, id),
            _leave(any(c.mark is not Mark.none for c in ticks)),
            (Choice(_BACK, "back"), HOME),
        ),
    )


def _takes_reading(protocol: Protocol, id: str) -> bool:
    return any(protocol.findings[f].kind is Kind.temperature for f in protocol.signs[id].findings)


def _extra(protocol: Protocol, id: str) -> tuple[Text, ...]:
    return (text("screen.type_reading"),) if _takes_reading(protocol, id) else ()


def _no_thermometer(protocol: Protocol, id: str) -> tuple[tuple[Choice, ...], ...]:
    if not _takes_reading(protocol, id):
        return ()
    return ((Choice(text("choice.no_thermometer_not_hot"), "cool"),),)


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
    label = finding_label(finding.id)
    return Choice(
        _band_text(low, high).given(label=label, low=str(low), high=str(high)),
        f"c:{finding.id}:{low}",
        mark=_mark(known) if inside else Mark.none,
    )


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


def each(finding: str) -> View:
    """One finding asked by itself, after "I can't tell"."""
    return View(
        (Text(f"finding.{finding}.means"), text("each.ask")),
        (_answers(f"e:{finding}"), (Choice(_BACK, "back"), HOME)),
    )


def context(id: str) -> View:
    """A question about the course."""
    return View((Text(f"context.{id}.question"),), (_answers(f"x:{id}"), (Choice(_BACK, "back"),)))


def _answers(stem: str) -> tuple[Choice, ...]:
    return tuple(Choice(label, f"{stem}:{answer}") for answer, label in _YES_NO.items())


def proposal(run: Assessment) -> View:
    """ "Did I understand ...?" before free text counts."""
    waiting = pending(run)
    assert waiting is not None
    return View(
        (text("proposal.ask", finding=_proposed(waiting), words=waiting.words),),
        (
            (Choice(_YES_NO[Answer.yes], "p:yes"), Choice(text("choice.no"), "p:no")),
            (Choice(_YES_NO[Answer.unknown], "p:unknown"),),
        ),
    )


def _proposed(waiting: Proposed) -> Text:
    if waiting.number is not None:
        return text("reading.value", celsius=str(waiting.number))
    return finding_label(waiting.finding)


def sweep(protocol: Protocol, run: Assessment, number: int) -> View:
    """One screen of the sweep: what can be seen, line by line."""
    lines = [line for line in protocol.sweep if line.screen == number]
    opened = {record.sign for record in standing(run.records) if isinstance(record, Opened)}
    rows = tuple(
        (
            Choice(
                Text(f"sweep.{line.id}.label"),
                f"line:{line.id}",
                mark=Mark.yes if line.opens in opened else Mark.none,
                means=Text(f"sweep.{line.id}.means"),
            ),
        )
        for line in lines
    )
    ticked = any(row[0].mark is Mark.yes for row in rows)
    title = text("sweep.now") if number == 1 else text("sweep.rest")
    last = (Choice(_NEXT if ticked else _NONE, "swept"), Choice(_BACK, "back"), HOME)
    return View((title,), (*rows, last))


# --- what stays under the outcome -----------------------------------------------------------------

_AFTER: dict[str, Text] = {
    "called": text("choice.called"),
    "no_answer": text("choice.no_answer"),
    "number": text("choice.send_number"),
    "more": text("choice.tell_more"),
    "say": text("choice.what_to_say"),
    "say_clinic": text("choice.what_to_say_clinic"),
    "until": text("choice.until_help"),
    "wrong": text("choice.mistake"),
}


def after_advice(run: Assessment) -> tuple[tuple[Choice, ...], ...]:
    """The buttons under an urgent advice; they stay good as long as the assessment is open."""
    chosen = {name: Choice(label, f"a{run.id}.{name}") for name, label in _AFTER.items()}
    pairs: Sequence[tuple[str, ...]] = (
        ("called", "no_answer"),
        ("number", "more"),
        ("say", "say_clinic"),
        ("until", "wrong"),
    )
    return tuple(tuple(chosen[name] for name in pair) for pair in pairs)


def after_outcome(run: Assessment, level: Urgency) -> tuple[tuple[Choice, ...], ...]:
    """The buttons under an outcome that is not urgent."""
    watch = (
        ()
        if level is not Urgency.same_day
        else (
            Choice(_AFTER["called"], f"a{run.id}.called"),
            Choice(_AFTER["say"], f"a{run.id}.say"),
        )
    )
    rows = ((NOW,), watch, (Choice(text("choice.start_again"), f"{ALWAYS}.again"), HOME))
    return tuple(row for row in rows if row)


__all__ = ["View", "after_advice", "after_outcome", "asked_each", "home", "next_of_each", "view"]
