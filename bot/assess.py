"""``main.py assess``: cases as JSON lines in, the urgency of each out, by the ids of the protocol.

What a case may hold stands in docs/protocol-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from bot.case import CaseError, read_case, shown
from bot.json_lines import Form, answer_all, read_id
from flows.judgement import judge
from flows.protocol import Protocol

FORM = Form("a case", ("id", "context", "findings", "unsure"))

T = TypeVar("T")


def assess(lines: Iterable[bytes | str], protocol: Protocol) -> list[str]:
    """Judge each line but blank ones; BadInput names the first that cannot be judged, and why."""
    return answer_all(lines, FORM, lambda case: _judged(case, protocol))


def _judged(case: dict[str, object], protocol: Protocol) -> dict[str, object]:
    id = read_id(case.get("id"))
    context = _part(case, "context", dict, "a table")
    findings = _part(case, "findings", dict, "a table")
    unsure = _part(case, "unsure", list, "a list")
    judgement = judge(protocol, read_case(protocol, context, findings, unsure))
    return {
        "id": id,
        "urgency": judgement.urgency,
        "criteria": [held.criterion.id for held in judgement.held],
        "protocol": protocol.stamp,
    }


def _part(case: dict[str, object], key: str, kind: type[T], name: str) -> T:
    part = case.get(key, kind())
    if not isinstance(part, kind):
        raise CaseError(f"{key!r} must be {name}, not {shown(part)}")
    return part
