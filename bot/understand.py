"""``main.py understand``: messages as JSON lines in, what each says of the patient out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bot.case import CaseError, shown
from bot.json_lines import Form, answer_all, read_id, whole_letters
from flows.degree import degrees
from flows.protocol import Kind, Protocol
from flows.understanding import Understood
from flows.understanding import understand as read
from flows.understanding.flag import flags, gravest, interrupts
from flows.understanding.lexicon import Lexicon

FORM = Form("a message", ("id", "text", "lang"))


def understand(lines: Iterable[bytes | str], lexicon: Lexicon, protocol: Protocol) -> list[str]:
    """Read each line but blank ones; BadInput names the first that cannot be read, and why."""
    return answer_all(lines, FORM, lambda message: _understood(message, lexicon, protocol))


def _understood(
    message: dict[str, object], lexicon: Lexicon, protocol: Protocol
) -> dict[str, object]:
    id = read_id(message.get("id"))
    heard = read(_text(message, "text"), lexicon, protocol, _text(message, "lang", ""))
    celsius = gravest(heard, protocol)
    return {
        "id": id,
        "flags": flags(heard, protocol),
        "findings": {finding: _value(heard, protocol, finding) for finding in heard.proposed},
        "temperature_c": None if celsius is None else _degrees(celsius),
        "interrupt": interrupts(heard, protocol),
        "evidence": _evidence(heard),
        "denied": heard.denied,
        "language": heard.language,
    }


def _text(message: dict[str, object], key: str, default: str | None = None) -> str:
    text = message.get(key)
    if text is None and default is not None:
        return default
    if not isinstance(text, str):
        raise CaseError(f"{key!r} must be a text, not {shown(text)}")
    if "\0" in text:
        raise CaseError(f"{key!r} holds a null")
    return whole_letters(key, text)


def _value(heard: Understood, protocol: Protocol, finding: str) -> bool | int | None:
    """As ``main.py assess`` takes it: how often, for a count; null when that was not said."""
    if protocol.findings[finding].kind is not Kind.count:
        return True
    number = heard.number_of(finding)
    return None if number is None else int(number)


def _degrees(celsius: Decimal) -> float:
    """Exact as typed, to a hundredth; never rounded up into a fever, nor into health."""
    return float(degrees(celsius))


def _evidence(heard: Understood) -> list[dict[str, str]]:
    """What was said, and by which words."""
    said = [
        {"finding": one.finding, "words": one.words}
        if one.finding
        else {"sign": one.sign, "words": one.words}
        for one in heard.evidence
    ]
    return said + [{"finding": "temperature", "words": words} for words in heard.measured]
