"""How well messages are read: caught, recall, precision, false alarms; by language and part."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.understanding import understand
from flows.understanding.flag import flags, gravest, interrupts
from tests.flows.family import shipped

HERE = Path(__file__).parent
LANGUAGES = ("en", "he", "ar", "ru", "uk")
HELD_OUT = 4
"""Every so many messages one is set aside: nobody writes a lexicon by it."""

Message = dict[str, Any]


@dataclass
class Score:
    """The tally of some messages."""

    dangerous: int = 0
    missed: list[str] = field(default_factory=list)
    """Dangerous messages that interrupt nothing."""
    harmless: int = 0
    alarmed: list[str] = field(default_factory=list)
    """Messages without any sign that raised a flag or interrupted."""
    flagged: int = 0
    found: int = 0
    raised: int = 0
    wrong: list[str] = field(default_factory=list)
    """Messages whose flags, findings or reading are not as they should be, and how."""

    @property
    def caught(self) -> float:
        """The share of dangerous messages that interrupt."""
        return 1 - len(self.missed) / max(1, self.dangerous)

    @property
    def false_alarms(self) -> float:
        """The share of harmless messages that do not stay quiet."""
        return len(self.alarmed) / max(1, self.harmless)

    @property
    def recall(self) -> float:
        """The share of flags that were raised."""
        return self.found / max(1, self.flagged)

    @property
    def precision(self) -> float:
        """The share of raised flags that are right."""
        return self.found / max(1, self.raised)

    def __str__(self) -> str:
        return (
            f"caught {self.caught:6.1%} of {self.dangerous:3}   "
            f"false alarms {self.false_alarms:5.1%} of {self.harmless:3}   "
            f"flag recall {self.recall:6.1%}   precision {self.precision:6.1%}"
        )


def messages(language: str) -> list[Message]:
    """The messages of a language."""
    found: list[Message] = tomllib.loads((HERE / f"{language}.toml").read_text("utf-8"))["message"]
    return found


def tuned(said: Sequence[Message]) -> list[Message]:
    """Those that a lexicon may be written by."""
    return [one for place, one in enumerate(said, start=1) if place % HELD_OUT]


def held_out(said: Sequence[Message]) -> list[Message]:
    """Those that it may not."""
    return list(said[HELD_OUT - 1 :: HELD_OUT])


def score(said: Iterable[Message]) -> Score:
    """Read messages, and compare with what they mean."""
    tally = Score()
    for one in said:
        _weigh(tally, one)
    return tally


def _weigh(tally: Score, one: Message) -> None:
    house = shipped()
    heard = understand(one["text"], house.lexicon, house.protocol)
    raised, wanted = set(flags(heard, house.protocol)), set(one["flags"])
    alarming = interrupts(heard, house.protocol)
    tally.flagged += len(wanted)
    tally.raised += len(raised)
    tally.found += len(raised & wanted)
    if one["dangerous"]:
        tally.dangerous += 1
        tally.missed += [] if alarming else [one["text"]]
    elif not wanted:
        tally.harmless += 1
        tally.alarmed += [one["text"]] if alarming or raised else []
    celsius = gravest(heard, house.protocol)
    degrees = None if celsius is None else round(float(celsius), 1)
    meant = one.get("temperature_c")
    lacking = set(one.get("findings", ())) - set(heard.proposed)
    right = raised == wanted and not lacking
    if (
        not right
        or (meant is None) != (degrees is None)
        or abs((meant or 0) - (degrees or 0)) > 0.05
    ):
        said = "; ".join(f"{e.finding or e.sign}: {e.words}" for e in heard.evidence)
        tally.wrong.append(
            f"{one['text']}\n      wanted {sorted(wanted)} {meant}, raised {sorted(raised)} "
            f"{degrees}; lacking {sorted(lacking)}; heard {said or 'nothing'}"
        )


def report(languages: Iterable[str]) -> Iterable[str]:
    """A line a language and part."""
    for language in languages:
        said = messages(language)
        for name, part in (("written by", tuned(said)), ("held out", held_out(said))):
            yield f"{language} {name:10}  {score(part)}"


def _explain(language: str) -> None:
    """What goes wrong in the part that a lexicon may be written by."""
    tally = score(tuned(messages(language)))
    for title, texts in (
        ("MISSED", tally.missed),
        ("FALSE ALARM", tally.alarmed),
        ("WRONG", tally.wrong),
    ):
        print(*(f"{title:11} {text}" for text in texts), sep="\n")
    print(tally)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _explain(sys.argv[1])
    else:
        print(*report(LANGUAGES), sep="\n")
