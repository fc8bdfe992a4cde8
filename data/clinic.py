"""The clinic's content: clinic.toml and hours.toml, read and refused with exact errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.phone import E164
from data.refusal import Table, read_table
from flows.clinic import Clinic, Country, Hours, Waits

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLINIC_KEYS = (
    *("version", "name", "phone", "whatsapp", "email", "language", "country"),
    *("elsewhere", "offered", "greeting", "waits", "countries"),
)

Span = tuple[time, time]


def read_clinic(folder: Path) -> Clinic:
    """Read the clinic's two files; ContentRefused names the file, the key and the reason."""
    table = read_table(folder / "clinic.toml")
    table.only(*CLINIC_KEYS)
    countries = _countries(table.table("countries"))
    return Clinic(
        version=table.text("version"),
        name=table.text("name"),
        phone=_phone(table, "phone"),
        whatsapp=_phone(table, "whatsapp"),
        email=table.text("email"),
        language=table.text("language"),
        country=_home(table, countries),
        hours=read_hours(folder / "hours.toml"),
        countries=countries,
        elsewhere=_elsewhere(table, countries),
        waits=_waits(table.table("waits")),
        offered=_offered(table, countries),
        greeting=_greeting(table),
    )


def _phone(table: Table, key: str) -> str:
    number = table.text(key)
    if not E164.fullmatch(number):
        raise table.refused(key, f"must be a plus and digits only, not {number!r}")
    return number


def _home(table: Table, countries: Mapping[str, Country]) -> str:
    code = table.text("country")
    if code not in countries:
        raise table.refused("country", f"{code!r} is not in the table of countries")
    return code


def _elsewhere(table: Table, countries: Mapping[str, Country]) -> tuple[str, ...]:
    numbers = tuple(map(str, table.get("elsewhere", list)))
    home = countries[_home(table, countries)].ambulance
    if len(numbers) < 2 or numbers[0] != home:
        why = f"must begin with {home}, the number of the clinic's country, and name others"
        raise table.refused("elsewhere", why)
    return numbers


def _offered(table: Table, countries: Mapping[str, Country]) -> tuple[str, ...]:
    codes = tuple(map(str, table.get("offered", list, [])))
    for code in codes:
        if code not in countries:
            raise table.refused("offered", f"{code!r} is not in the table of countries")
    return codes


def _greeting(table: Table) -> str:
    greeting = table.text("greeting", "{code}")
    if [name for _, name, _, _ in Formatter().parse(greeting) if name is not None] != ["code"]:
        raise table.refused("greeting", "must hold {code} once, and nothing else in braces")
    return greeting


def _countries(table: Table) -> dict[str, Country]:
    return {code: _country(table, code) for code in table.values}


def _country(countries: Table, code: str) -> Country:
    if not (len(code) == 2 and code.isascii() and code.isupper()):
        raise countries.refused(code, "a country is two capital letters")
    table = countries.table(code)
    table.only("ambulance", "zone", "crisis_line")
    number = table.text("ambulance")
    if not number.isdigit():
        raise table.refused("ambulance", f"must be digits only, not {number!r}")
    return Country(code, number, _zone(table), table.text("crisis_line", ""))


def _zone(table: Table) -> ZoneInfo:
    name = table.text("zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise table.refused("zone", f"{name!r} is not a time zone") from None


def _waits(table: Table) -> Waits:
    names = [field.name for field in fields(Waits)]
    table.only("assumed", *names)
    table.get("assumed", bool)
    return Waits(**{name: table.duration(name) for name in names})


def read_hours(path: Path) -> Hours:
    """Read when the clinic answers."""
    table = read_table(path)
    table.only("version", "zone", "assumed", "week", "holiday")
    table.text("version")
    return Hours(
        zone=_zone(table),
        week=_week(table.table("week")),
        holidays=_holidays(table),
        assumed=table.get("assumed", bool),
    )


def _week(table: Table) -> dict[int, tuple[Span, ...]]:
    table.only(*WEEKDAYS)
    return {place: _spans(table, day) for place, day in enumerate(WEEKDAYS)}


def _holidays(table: Table) -> dict[date, tuple[Span, ...]]:
    found: dict[date, tuple[Span, ...]] = {}
    for place, values in enumerate(table.get("holiday", list), start=1):
        holiday = _item(table, "holiday", place, values)
        holiday.only("date", "name", "open", "source")
        day = holiday.get("date", date)
        if day in found:
            raise holiday.refused("date", f"{day} is there twice")
        holiday.text("name")
        holiday.text("source")
        found[day] = _spans(holiday, "open")
    return found


def _item(table: Table, key: str, place: int, values: object) -> Table:
    if not isinstance(values, dict):
        raise table.refused(key, f"must be written [[{key}]]")
    return Table(table.file, values, f"{key} {place}")


def _spans(table: Table, key: str) -> tuple[Span, ...]:
    """Opening spans, each "09:00-16:00", in order and apart."""
    spans = tuple(_span(table, key, written) for written in table.get(key, list))
    if any(earlier[1] > later[0] for earlier, later in pairwise(spans)):
        raise table.refused(key, "spans must stand in order and not overlap")
    return spans


def _span(table: Table, key: str, written: object) -> Span:
    try:
        start, end = (time.fromisoformat(part) for part in str(written).split("-"))
    except ValueError:
        raise table.refused(key, f'must be spans such as "09:00-16:00", not {written!r}') from None
    if start >= end:
        raise table.refused(key, f"{written} ends before it begins")
    return start, end
