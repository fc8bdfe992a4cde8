"""What one message says: readings, findings and signs named, and commands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from flows.protocol import Kind, Protocol
from flows.understanding.letter import readable
from flows.understanding.lexicon import Lexicon
from flows.understanding.phrase import Phrase
from flows.understanding.phrasebook import Heard, Match
from flows.understanding.scope import AND, LASTING_ROLES, OR, ROLES, Scope, Standing
from flows.understanding.thermometer import Temperatures, read_numbers
from flows.understanding.tongue import tongue_of
from flows.understanding.typed import Typed, read_letters
from flows.understanding.word import Pause, Word

FINDING, SIGN, MEASURE, TOPIC = "finding", "sign", "measure", "topic"
IDIOM, THERMOMETER = "idiom", "thermometer"
CONTENT = (FINDING, SIGN, MEASURE)
"""The roles of phrases that say something of the patient; a topic is only what is spoken about."""
_NUMBER = Phrase("number", "", ())
LONGEST = 800
"""Characters read at once; longer messages are read in pieces, sentence by sentence."""
_ANY = rf"[\s\S]{{1,{LONGEST}}}"
_PIECE = re.compile(rf"{_ANY}(?:(?<=[.!?؟])(?=\s)|(?<=\n)|$)|{_ANY}(?:(?<=\s)|$)|{_ANY}")
"""As many sentences as fit; where one is too long, as many words; else what fits."""


@dataclass(frozen=True)
class Evidence:
    """One thing that a message says of the patient, and the words that said it."""

    finding: str
    """Its id; empty where only a sign is named."""
    sign: str
    """The sign named; empty where a finding is."""
    words: str
    number: Decimal | None = None
    """How often, for a count."""


@dataclass(frozen=True)
class Understood:
    """The meaning of a message, each part with certainty of its own."""

    temperatures: Temperatures = field(default_factory=Temperatures)
    finding: str = ""
    """The message is the plain name of this finding, and nothing else."""
    sign: str = ""
    """The first sign named, where its finding was not."""
    command: str = ""
    topic: str = ""
    """The sign whose plain name stands in the message, where nothing was said of it."""
    proposed: tuple[str, ...] = ()
    """Findings named within a longer message: put back to the family before they count."""
    denied: tuple[str, ...] = ()
    """Findings and signs that the message says are not there; offered back, never taken."""
    evidence: tuple[Evidence, ...] = ()
    """The words that gave each thing said, readings apart."""
    measured: tuple[str, ...] = ()
    """The words that gave each reading."""
    language: str = ""
    """The language it was written in; empty where that cannot be told."""
    switched: bool = False
    """That is plainly another language than the likely one."""

    @property
    def dangerous(self) -> bool:
        """Whether it may not wait: it names a finding, a sign or a temperature."""
        return bool(self.finding or self.sign or self.proposed or self.temperatures.celsius)

    def number_of(self, finding: str) -> Decimal | None:
        """How often a counted finding was said to be; None where no number stands with it."""
        said = (one.number for one in self.evidence if one.finding == finding)
        return max((number for number in said if number is not None), default=None)


def understand(written: str, lexicon: Lexicon, protocol: Protocol, likely: str = "") -> Understood:
    """Read a message; pure, and the same for the same words always. ``likely`` is the language
    that the conversation is in."""
    written = readable(written)
    pieces = _PIECE.findall(written) or [""]
    first, *rest = (_Reading(piece, lexicon, protocol, likely).understood() for piece in pieces)
    for more in rest:
        first = _joined(first, more)
    return first if rest else _as_named(first, written, lexicon)


def _as_named(heard: Understood, written: str, lexicon: Lexicon) -> Understood:
    """What the whole message is the plain name of comes before what it mentions."""
    kind, _, named = lexicon.named(written).partition(":")
    if kind == FINDING:
        said = Evidence(named, "", written.strip())
        findings = tuple(dict.fromkeys((named, *heard.proposed)))
        evidence = (said, *(one for one in heard.evidence if one.finding != named))
        return replace(heard, finding=named, proposed=findings, evidence=evidence, sign="")
    if kind == SIGN:
        said = Evidence("", named, written.strip())
        return replace(heard, sign=named, proposed=(), evidence=(said,))
    return replace(heard, command=named) if kind == "command" else heard


def _joined(one: Understood, more: Understood) -> Understood:
    celsius = dict.fromkeys((*one.temperatures.celsius, *more.temperatures.celsius))
    unclear = not celsius and (one.temperatures.unclear or more.temperatures.unclear)
    alone = one.temperatures.alone and more.temperatures.alone
    sure = one.temperatures.sure and more.temperatures.sure
    return replace(
        one,
        temperatures=Temperatures(tuple(celsius), unclear, alone, sure),
        sign=one.sign or more.sign,
        topic=one.topic or more.topic,
        proposed=tuple(dict.fromkeys((*one.proposed, *more.proposed))),
        denied=tuple(dict.fromkeys((*one.denied, *more.denied))),
        evidence=tuple(dict.fromkeys((*one.evidence, *more.evidence))),
        measured=tuple(dict.fromkeys((*one.measured, *more.measured))),
    )


class _Reading:
    """One message on its way to what it means."""

    def __init__(self, written: str, lexicon: Lexicon, protocol: Protocol, likely: str) -> None:
        self.written, self.lexicon, self.protocol = written, lexicon, protocol
        self.typed: Typed = read_letters(written, lexicon, likely)
        self.words = self.typed.words
        self.tongue = tongue_of(written, self.typed, lexicon, likely)
        matches = self._matches()
        self.topics = [match for match in matches if match.phrase.role == TOPIC]
        self.content = [match for match in matches if match.phrase.role in CONTENT]
        self.warmth = [match for match in matches if match.phrase.role == THERMOMETER]
        self.scope = Scope(self.words, self._marks(matches), self.content)

    def _matches(self) -> tuple[Match, ...]:
        """Every phrase of the message that is no part of an idiom."""
        heard = self.lexicon.book.hear(self.words, self.typed.forms)
        found = self.every = tuple(filter(self._heeded, self.lexicon.book.find(heard)))
        covered = {p for idiom in _idioms(found) for p in idiom.places}
        self.free = frozenset(range(len(self.words))) - covered
        if not covered:
            return found
        fits = tuple(f if p in self.free else frozenset() for p, f in enumerate(heard.fits))
        left = self.lexicon.book.find(Heard(heard.words, fits, heard.zones))
        return tuple(filter(self._heeded, left))

    def _heeded(self, match: Match) -> bool:
        """What is said is heard in any language; what takes meaning away in the message's own."""
        said = match.phrase.role in CONTENT
        return said or match.phrase.language not in self.tongue.foreign

    def _marks(self, matches: tuple[Match, ...]) -> list[Match]:
        """What changes the meaning. An idiom hides what lies within it, but never a week that
        has passed or a person; and a number is a mark in the languages that list it as one."""
        passing = [match for match in matches if match.phrase.role not in LASTING_ROLES]
        lasting = [match for match in self.every if match.phrase.role in LASTING_ROLES]
        marks = [match for match in (*passing, *lasting) if match.phrase.role in ROLES]
        return [
            mark
            for mark in marks
            if not mark.phrase.wordless or mark.phrase.language == self.tongue.language
        ]

    def understood(self) -> Understood:
        """All that the message says."""
        standing = [(match, self.scope.standing(match)) for match in self.content]
        said = [m for m, how in standing if how is Standing.said]
        topics = [(match.phrase.what, self.scope.standing(match)) for match in self.topics]
        denied = [m.phrase.what for m, how in standing if how is Standing.denied]
        denied += [sign for sign, how in topics if how is Standing.denied]
        evidence = tuple(dict.fromkeys(one for match in said for one in self._evidence(match)))
        findings = tuple(dict.fromkeys(one.finding for one in evidence if one.finding))
        numbers = self._numbers()
        return Understood(
            temperatures=self._temperatures(numbers),
            sign=next((one.sign for one in evidence if one.sign), ""),
            proposed=findings,
            denied=tuple(dict.fromkeys(id for id in denied if id not in findings)),
            evidence=evidence,
            measured=tuple(self._cut(word.at, word.end) for word in numbers),
            topic=next((sign for sign, how in topics if how is Standing.said), ""),
            language=self.tongue.language,
            switched=self.tongue.switched,
        )

    # --- findings --------------------------------------------------------------------------------

    def _evidence(self, match: Match) -> Iterator[Evidence]:
        words = self._cut(self.words[match.first].at, self.words[match.last].end)
        what, role = match.phrase.what, match.phrase.role
        if role == SIGN:
            yield Evidence("", what, words)
        elif role == FINDING:
            counted = self.protocol.findings[what].kind is Kind.count
            yield Evidence(what, "", words, self._count(match) if counted else None)
        else:
            finding = self.protocol.measured(what, self._in(match))
            yield from [Evidence(finding, "", words)] if finding else []

    def _count(self, match: Match) -> Decimal | None:
        """How often: of "3-4 times" the upper number."""
        places = [place for place in match.places if self.words[place].number is not None]
        beside = (other for place in places for other in self._neighbours(place))
        inside = (other for other in beside if other in range(len(self.words)))
        numbers = (self.words[place].number for place in (*places, *inside))
        return max((number for number in numbers if number is not None), default=None)

    def _in(self, match: Match) -> tuple[Decimal, ...]:
        numbers = (self.words[place].number for place in match.places)
        return tuple(number for number in numbers if number is not None)

    def _cut(self, at: int, end: int) -> str:
        return self.written[at:end]

    # --- readings --------------------------------------------------------------------------------

    def _numbers(self) -> tuple[Word, ...]:
        """The numbers that may be readings: of the patient, now, and counting nothing else."""
        taken = {place for match in self.content for place in match.places}
        open_to_all = self.free - taken
        return tuple(
            word
            for place, word in enumerate(self.words)
            if word.number is not None
            and place in open_to_all
            and not self._shared(place)
            and self.scope.standing(Match(_NUMBER, (place,))) is Standing.said
        )

    def _shared(self, place: int) -> bool:
        """Whether a whole number shares what the next one counts: room 38 or 39, 38-40 weeks."""
        return any(
            other in range(len(self.words))
            and other not in self.free
            and self.words[other].number is not None
            and self.words[max(place, other)].pause < Pause.comma
            and self.words[place].number == int(self.words[place].number or 0)
            for other in self._neighbours(place)
        )

    def _neighbours(self, place: int) -> Iterator[int]:
        """The words beside a word; beyond an "or" or an "and" where one stands there."""
        between = {mark.first for mark in self.every if mark.phrase.role in (OR, AND)}
        yield place - 2 if place - 1 in between else place - 1
        yield place + 2 if place + 1 in between else place + 1

    def _temperatures(self, numbers: tuple[Word, ...]) -> Temperatures:
        places = {word.at: place for place, word in enumerate(self.words)}
        return read_numbers(
            numbers,
            self.protocol.readable,
            lambda word: self.scope.spoken_of(self.warmth, places[word.at]),
            alone=self._alone(),
        )

    def _alone(self) -> bool:
        return not any(
            word.number is None and any(map(str.isalpha, word.text)) for word in self.words
        )


def _idioms(found: tuple[Match, ...]) -> Iterator[Match]:
    """The idioms that stand for themselves: none that is a part of something said, or a number
    that is measured."""
    holding: dict[int, list[Match]] = defaultdict(list)
    for match in found:
        if match.phrase.role in CONTENT:
            for place in match.places:
                holding[place].append(match)
    for match in found:
        over = (said for place in match.places for said in holding[place])
        if match.phrase.role == IDIOM and not any(_holds(said, match) for said in over):
            yield match


def _holds(said: Match, idiom: Match) -> bool:
    """Whether something said outweighs an idiom that shares its words: it has more of them, or
    is a measure of the same."""
    more = len(said.places) - len(idiom.places)
    return more > 0 or (said.phrase.role == MEASURE and said.places == idiom.places)
