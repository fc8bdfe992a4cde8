"""Refusal: Telegram's own way of saying no to a request."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Refusal(Exception):
    """An answer `ok: false`; `violation` says that the client broke a documented rule by asking."""

    code: int
    description: str
    violation: bool = False
    parameters: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    def body(self) -> dict[str, Any]:
        """The JSON that Telegram answers with."""
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return {**answer, "parameters": self.parameters} if self.parameters else answer


def bad_request(description: str, *, violation: bool = True) -> Refusal:
    """A refusal of the kind 400, usually because the client broke a rule."""
    return Refusal(400, f"Bad Request: {description}", violation)


def forbidden(description: str) -> Refusal:
    """A refusal of the kind 403: a state of the world, not a broken rule."""
    return Refusal(403, f"Forbidden: {description}")


def conflict(description: str) -> Refusal:
    """A refusal of the kind 409: somebody else reads this bot's updates."""
    return Refusal(409, f"Conflict: {description}")
