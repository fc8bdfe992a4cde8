"""JSON lines in, JSON lines out: all input is found good before the first line of output."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from bot.case import CaseError, shown

REFUSED = 2
"""The exit status when a line cannot be answered."""

Answer = Callable[[dict[str, object]], Mapping[str, object]]
"""What makes of one line's table the table of the line that answers it; CaseError refuses it."""


@dataclass(frozen=True)
class Form:
    """What a line must be."""

    name: str
    """As a complaint calls it: "a case"."""
    keys: tuple[str, ...]
    """All that it may hold; another key is a slip of the pen."""

    def check(self, table: Mapping[str, object]) -> None:
        """CaseError for a key that nobody reads."""
        extra = [key for key in table if key not in self.keys]
        if extra:
            held = ", ".join(self.keys)
            raise CaseError(f"unknown key {shown(extra[0])}; {self.name} has {held}")


class BadInput(ValueError):
    """A line that cannot be answered."""

    def __init__(self, line_number: int, why: str) -> None:
        super().__init__(f"line {line_number}: {why}")
        self.line_number = line_number
        self.why = why


def run(
    command: str,
    source: BinaryIO,
    result: BinaryIO,
    complaints: BinaryIO,
    answered: Callable[[Iterable[bytes]], list[str]],
) -> int:
    """Answer all that stands in the source, in one write; the exit status."""
    try:
        lines = answered(source.read().split(b"\n"))
    except BadInput as error:
        complaints.write(f"{command}: {error}\n".encode())
        complaints.flush()
        return REFUSED
    result.write("".join(f"{line}\n" for line in lines).encode())
    result.flush()
    return 0


def answer_all(lines: Iterable[bytes | str], form: Form, answer: Answer) -> list[str]:
    """Answer each line but blank ones; BadInput names the first that cannot be, and why."""
    answered = []
    for number, line in enumerate(lines, start=1):
        try:
            written = _text(line, first=number == 1)
            if written.strip():
                table = _table(written, form)
                answered.append(json.dumps(answer(table), ensure_ascii=False))
        except CaseError as error:
            raise BadInput(number, str(error)) from None
    return answered


def read_id(id: object) -> str | int:
    """The id as it was given; surrogates without their other half cannot be written back."""
    if isinstance(id, bool) or not isinstance(id, str | int) or id == "":
        raise CaseError(f"'id' must be a text or a whole number, not {shown(id)}")
    return whole_letters("id", id) if isinstance(id, str) else id


def whole_letters(key: str, written: str) -> str:
    """The text, unless it holds half a character, which nothing can store or write back."""
    if any("\ud800" <= letter <= "\udfff" for letter in written):
        raise CaseError(f"{key!r} holds half a character: {shown(written)}")
    return written


def _text(line: bytes | str, first: bool) -> str:
    if isinstance(line, str):
        return line
    try:
        return line.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError:
        raise CaseError("not UTF-8") from None


def _table(written: str, form: Form) -> dict[str, object]:
    try:
        table = json.loads(
            written,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_no_number,
            object_pairs_hook=_each_once,
        )
    except json.JSONDecodeError as error:
        raise CaseError(f"not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise CaseError(f"not {form.name}: nested too deeply") from None
    if not isinstance(table, dict):
        held = ", ".join(form.keys)
        raise CaseError(f"not {form.name}: {form.name} is a table with {held}")
    form.check(table)
    return table


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
