"""``main.py assess``: cases as JSON lines in, the urgency of each out, by the ids of the protocol.

All input is read and found good before the first line of output. What a case may hold stands in
docs/protocol-format.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import BinaryIO, TypeVar

from bot.case import CaseError, read_case, shown
from flows.judgement import judge
from flows.protocol import Protocol

KEYS = ("id", "context", "findings", "unsure")
REFUSED = 2
"""The exit status when a line cannot be judged."""

T = TypeVar("T")


class BadInput(ValueError):
    """A line that cannot be judged."""

    def __init__(self, line_number: int, why: str) -> None:
        super().__init__(f"line {line_number}: {why}")
        self.line_number = line_number
        self.why = why


def run(source: BinaryIO, result: BinaryIO, complaints: BinaryIO, protocol: Protocol) -> int:
    """Judge all that stands in the source, in one write; the exit status."""
    try:
        judged = assess(source.read().split(b"\n"), protocol)
    except BadInput as error:
        complaints.write(f"assess: {error}\n".encode())
        complaints.flush()
        return REFUSED
    result.write("".join(f"{line}\n" for line in judged).encode())
    result.flush()
    return 0


def assess(lines: Iterable[bytes | str], protocol: Protocol) -> list[str]:
    """Judge each line but blank ones; BadInput names the first that cannot be judged, and why."""
    judged = []
    for number, line in enumerate(lines, start=1):
        try:
            written = _text(line, first=number == 1)
            if written.strip():
                judged.append(_judged(_case(written), protocol))
        except CaseError as error:
            raise BadInput(number, str(error)) from None
    return judged


def _text(line: bytes | str, first: bool) -> str:
    if isinstance(line, str):
        return line
    try:
        return line.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError:
        raise CaseError("not UTF-8") from None


def _case(written: str) -> dict[str, object]:
    try:
        case = json.loads(
            written,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_no_number,
            object_pairs_hook=_each_once,
        )
    except json.JSONDecodeError as error:
        raise CaseError(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise CaseError("not a case: nested too deeply") from None
    if not isinstance(case, dict):
        raise CaseError(f"not a case: a case is a table with {', '.join(KEYS)}")
    return case


def _judged(case: dict[str, object], protocol: Protocol) -> str:
    extra = [key for key in case if key not in KEYS]
    if extra:
        raise CaseError(f"unknown key {shown(extra[0])}; a case has {', '.join(KEYS)}")
    id = _id(case.get("id"))
    context = _part(case, "context", dict, "a table")
    findings = _part(case, "findings", dict, "a table")
    judgement = judge(
        protocol, read_case(protocol, context, findings, _part(case, "unsure", list, "a list"))
    )
    answer = {
        "id": id,
        "urgency": judgement.urgency,
        "criteria": [held.criterion.id for held in judgement.held],
        "protocol": protocol.stamp,
    }
    return json.dumps(answer, ensure_ascii=False)


def _id(id: object) -> str | int:
    """The id as it was given; surrogates without their other half cannot be written back."""
    if isinstance(id, bool) or not isinstance(id, str | int) or id == "":
        raise CaseError(f"'id' must be a text or a whole number, not {shown(id)}")
    if isinstance(id, str) and any("\ud800" <= letter <= "\udfff" for letter in id):
        raise CaseError(f"'id' holds half a character: {shown(id)}")
    return id


def _part(case: dict[str, object], key: str, kind: type[T], name: str) -> T:
    part = case.get(key, kind())
    if not isinstance(part, kind):
        raise CaseError(f"{key!r} must be {name}, not {shown(part)}")
    return part


def _whole(written: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise CaseError("a number has too many digits") from None


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        raise CaseError("a number is out of reach") from None


def _no_number(written: str) -> None:
    raise CaseError(f"{written} is no number")


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise CaseError(f"{shown(next(key for key in keys if keys.count(key) > 1))} stands twice")
    return table
