"""The escalation policies: escalation.toml, read and refused with exact errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

from data.refusal import Table, read_table
from flows.house import Escalation
from flows.page import PageWaits, Policy, Step
from flows.urgency import Urgency

FILE = "escalation.toml"
KEYS = ("version", "assumed", "known_to_the_team", "policy", "waits", "night")
ROLES = ("on_call", "second", "group", "supervisor")
LEVELS = (Urgency.emergency, Urgency.immediate, Urgency.same_day)
NOW = "now"
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def read_escalation(folder: Path) -> Escalation:
    """Read the policies; ContentRefused names the file, the key and the reason."""
    table = read_table(folder / FILE)
    table.only(*KEYS)
    table.get("assumed", bool)
    version = table.text("version")
    policies = table.table("policy")
    policies.only(*LEVELS)
    return Escalation(
        version=version,
        policies={level: _policy(policies, level, version) for level in LEVELS},
        waits=_waits(table.table("waits"), table.table("night")),
        known_to_the_team=table.get("known_to_the_team", bool),
    )


def _policy(policies: Table, level: Urgency, version: str) -> Policy:
    table = policies.table(level)
    table.only("steps", "repeat", "tell_family")
    return Policy(
        level=level,
        steps=_steps(table),
        repeat=table.duration("repeat"),
        tell_family=table.duration("tell_family"),
        version=version,
    )


def _steps(table: Table) -> tuple[Step, ...]:
    """The steps in order; the first is alerted at once, and none goes back in time."""
    steps = tuple(_each_step(table))
    if not steps or steps[0].after:
        raise table.refused("steps", f'the first step must be {{ role = ..., after = "{NOW}" }}')
    afters = [step.after for step in steps]
    if afters != sorted(afters):
        raise table.refused("steps", "each step comes at the time of the one before it, or later")
    return steps


def _each_step(table: Table) -> Iterator[Step]:
    for place, written in enumerate(table.get("steps", list), start=1):
        if not isinstance(written, dict):
            raise table.refused(f"steps[{place}]", f"must be a table, not {written!r}")
        yield _step(Table(table.file, written, f"{table.key}.steps[{place}]"))


def _step(table: Table) -> Step:
    table.only("role", "after")
    role = table.text("role")
    if role not in ROLES:
        raise table.refused("role", f"must be one of {', '.join(ROLES)}, not {role!r}")
    at_once = table.text("after") == NOW
    return Step(role, timedelta() if at_once else table.duration("after"))


def _waits(waits: Table, night: Table) -> PageWaits:
    names = ("progress", "hand_on", "everyone", "drill", "known")
    waits.only(*names)
    night.only("from", "until")
    return PageWaits(
        **{name: waits.duration(name) for name in names},
        night_from=_clock(night, "from"),
        night_until=_clock(night, "until"),
    )


def _clock(table: Table, key: str) -> time:
    written = table.text(key)
    if not CLOCK.fullmatch(written):
        raise table.refused(key, f'must be a time of day such as "22:00", not {written!r}')
    return time.fromisoformat(written)
