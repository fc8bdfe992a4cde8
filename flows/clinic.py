"""The clinic as content: its lines, its hours, and the numbers of each country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True)
class Country:
    """A country's emergency number and time zone."""

    code: str
    ambulance: str
    zone: tzinfo
    crisis_line: str = ""


@dataclass(frozen=True)
class Hours:
    """When the clinic answers: spans by weekday (Monday is 0), and holidays by date."""

    zone: tzinfo
    week: Mapping[int, tuple[tuple[time, time], ...]]
    holidays: Mapping[date, tuple[tuple[time, time], ...]]
    """A date's own spans; none on a day when the clinic is shut."""
    assumed: bool
    """Whether the hours are our own guess; then the ward's number comes first at same day."""

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The day's opening spans as aware instants of the clinic's zone."""
        spans = self.holidays.get(day, self.week.get(day.weekday(), ()))
        return tuple(
            (datetime.combine(day, a, self.zone), datetime.combine(day, b, self.zone))
            for a, b in spans
        )

    def open_at(self, now: datetime) -> bool:
        """Whether the clinic answers at this instant."""
        local = now.astimezone(self.zone)
        return any(a <= local < b for a, b in self.spans(local.date()))

    def opens_after(self, now: datetime) -> datetime | None:
        """The next opening after this instant, looked for over thirty days."""
        today = now.astimezone(self.zone).date()
        starts = (
            start
            for ahead in range(31)
            for start, _ in self.spans(today + timedelta(days=ahead))
            if start > now
        )
        return next(starts, None)


@dataclass(frozen=True)
class Waits:
    """The conversation's delays, each an assumption for a clinician to set."""

    nudge: timedelta
    """Half-way and silent: the nudge."""
    left: timedelta
    """Half-way and silent: the page."""
    proposal: timedelta
    context: timedelta
    reached_emergency: timedelta
    reached_immediate: timedelta
    no_answer: timedelta
    """If ward and clinic do not answer at I: the emergency department or the ambulance."""
    reading_again: timedelta
    reading_overdue: timedelta
    medicine_masks: timedelta
    medicine_time_unknown: timedelta
    stale_check: timedelta
    """A check older than this, after an outage, becomes "how is he now?"."""
    closes: timedelta
    static_text: timedelta
    """The static text is sent at most once in this time unless a new danger is read."""


@dataclass(frozen=True)
class Clinic:
    """The clinic's own facts: never in code."""

    version: str
    name: str
    phone: str
    """E.164."""
    whatsapp: str
    email: str
    language: str
    """The language spoken at the clinic: the second language of the call card."""
    country: str
    hours: Hours
    countries: Mapping[str, Country]
    elsewhere: tuple[str, ...]
    """Emergency numbers named when the country is unknown, the home country's first."""
    waits: Waits
    offered: tuple[str, ...] = ()
    """Countries that the set-up offers as buttons; any other is typed."""
    greeting: str = ""
    """What a WhatsApp link begins to write for the family: neutral, with ``{code}``."""
