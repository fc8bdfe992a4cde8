"""Violation: a documented rule that a client broke, and the ledger of all of them."""

import re
from dataclasses import dataclass, field

from tests.harness.telegram.update import Raw


@dataclass(frozen=True)
class Violation:
    """One broken rule."""

    bot: str
    method: str
    text: str
    params: Raw

    def __str__(self) -> str:
        return f"{self.method}: {self.text} in {self.params}"


@dataclass(eq=False)
class _Expectation:
    pattern: str
    times: int | None
    met: int = 0

    def takes(self, violation: Violation) -> bool:
        """Whether this violation is one of those meant, and then count it."""
        if self.met == self.times or not re.search(self.pattern, str(violation)):
            return False
        self.met += 1
        return True


@dataclass(eq=False)
class Ledger:
    """All violations, and those that a test said it would provoke."""

    violations: list[Violation] = field(default_factory=list)
    _expected: list[_Expectation] = field(default_factory=list)

    def expect(self, pattern: str, times: int | None) -> None:
        """So many violations that the pattern finds; None for any number, none included."""
        self._expected.append(_Expectation(pattern, times))

    def settle(self) -> None:
        """Raise for a violation nobody expected, and for an expected one that never came."""
        for one in self._expected:
            one.met = 0
        left = [
            str(violation)
            for violation in self.violations
            if not any(one.takes(violation) for one in self._expected)
        ]
        missed = [one.pattern for one in self._expected if one.times not in (None, one.met)]
        assert not left, "broke the rules of the Bot API: " + "; ".join(left)
        assert not missed, f"expected violations that never came: {missed}"
