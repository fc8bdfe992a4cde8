"""When the clinic answers the phone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.clinic import Hours
from tests.flows.family import shipped

HOME = ZoneInfo("Asia/Jerusalem")
MORNING, LATE = (time(9), time(12)), (time(13), time(16))
HOURS = Hours(
    zone=HOME,
    week={6: (MORNING, LATE), 0: (MORNING,)},
    holidays={date(2026, 11, 23): ()},
    assumed=False,
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026 by the clinic's clock; the 22nd is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=HOME).astimezone(UTC)


def test_the_clinic_is_open_within_its_spans() -> None:
    """From the first minute of a span to the last, and not in the break between two."""
    assert HOURS.open_at(at(22, 9))
    assert HOURS.open_at(at(22, 11, 59))
    assert HOURS.open_at(at(22, 13))
    assert not (HOURS.open_at(at(22, 12)))
    assert not (HOURS.open_at(at(22, 16)))
    assert not (HOURS.open_at(at(21, 10)))


def test_a_holiday_takes_the_place_of_its_weekday() -> None:
    """On a holiday without spans the clinic is shut, and the next opening is looked for after."""
    assert not HOURS.open_at(at(23, 10))
    assert HOURS.opens_after(at(22, 17)) == at(29, 9)


def test_the_next_opening_may_be_today() -> None:
    """In the break of a day the next opening is its second span."""
    assert HOURS.opens_after(at(22, 12, 30)) == at(22, 13)


def test_a_clinic_without_hours_never_opens() -> None:
    """Where no day has a span there is no next opening."""
    never = Hours(zone=HOME, week={}, holidays={}, assumed=False)
    assert never.opens_after(at(22, 9)) is None


def test_summer_time_is_the_clinics_own() -> None:
    """Nine in the morning is nine on the clinic's clock, in winter and in summer."""
    hours = shipped().clinic.hours
    winter, summer = date(2026, 11, 24), date(2026, 7, 7)
    utc = [hours.spans(day)[0][0].astimezone(UTC).hour for day in (winter, summer)]
    assert utc == [7, 6]


def test_shipped_hours_are_said_to_be_assumed() -> None:
    """Nobody gave the clinic's hours: the content says so, and Saturday is shut."""
    hours = shipped().clinic.hours
    assert hours.assumed
    assert hours.opens_after(at(27, 13)) == at(29, 9)
    assert hours.opens_after(at(27, 13)) - at(27, 13) > timedelta(days=1)  # type: ignore[operator]
