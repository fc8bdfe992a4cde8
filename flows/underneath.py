"""The buttons underneath an advice or an outcome, good as long as its assessment is known."""

from __future__ import annotations

from collections.abc import Sequence

from flows.message import Choice, Text, text
from flows.scene import Assessment
from flows.screen import ALWAYS, ENDLESS, HOME, NOW
from flows.urgency import Urgency

_AFTER: dict[str, Text] = {
    "called": text("choice.called"),
    "no_answer": text("choice.no_answer"),
    "number": text("choice.send_number"),
    "more": text("choice.tell_more"),
    "say": text("choice.what_to_say"),
    "until": text("choice.until_help"),
    "wrong": text("choice.mistake"),
}


def after_advice(run: Assessment, own: str, clinic: str) -> tuple[tuple[Choice, ...], ...]:
    """The buttons under an urgent advice; they stay good as long as the assessment is open.

    What to say is offered in the clinic's language too, where that is not the family's ``own``.
    """
    chosen = {name: Choice(label, f"a{run.id}.{name}") for name, label in _AFTER.items()}
    named = text("choice.what_to_say_clinic", language=text("language.name").spoken(clinic))
    second = () if own == clinic else (Choice(named, f"a{run.id}.say_clinic"),)
    return (
        (chosen["called"], chosen["no_answer"]),
        (chosen["number"], chosen["more"]),
        (chosen["say"], *second),
        (chosen["until"], chosen["wrong"]),
    )


def doses(run: Assessment, hours: Sequence[int]) -> tuple[tuple[Choice, ...], ...]:
    """When the medicine was given, in spans of hours, or not known."""
    spans = (
        (hours[n], hours[n + 1] - 1 if n + 1 < len(hours) else ENDLESS) for n in range(len(hours))
    )
    known = tuple((Choice(_span(low, high), f"a{run.id}.dose:{low}"),) for low, high in spans)
    return (*known, (Choice(text("choice.cannot_tell"), f"a{run.id}.dose:unknown"),))


def _span(low: int, high: int) -> Text:
    if low == high:
        return text("dose.last_hour")
    if high == ENDLESS:
        return text("dose.or_more", low=str(low))
    return text("dose.hours", low=str(low), high=str(high))


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
