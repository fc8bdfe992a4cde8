"""The phrasebook: every phrase, arranged so that a message meets only those it may hold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flows.understanding.phrase import NEAR, NUMBER, PAIR, Atom, Phrase, Step
from flows.understanding.word import Pause, Word

SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a message."""

    phrase: Phrase
    places: tuple[int, ...]
    """The words that it took, rising."""

    @property
    def first(self) -> int:
        """The place of its first word."""
        return self.places[0]

    @property
    def last(self) -> int:
        """The place of its last word."""
        return self.places[-1]


@dataclass(frozen=True)
class Heard:
    """A message as the phrasebook sees it: of each word, the atoms that it fits."""

    words: tuple[Word, ...]
    fits: tuple[frozenset[int], ...]
    zones: tuple[int, ...]
    """A phrase stays within one zone: commas and stops end it."""

    @cached_property
    def places(self) -> Mapping[int, Sequence[int]]:
        """Atom -> the words that fit it."""
        found: dict[int, list[int]] = defaultdict(list)
        for place, fits in enumerate(self.fits):
            for atom in fits:
                found[atom].append(place)
        return found


class Phrasebook:
    """All phrases of all languages; built once, never changed."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._numbers: dict[Atom, int] = {}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._stems: dict[str, set[int]] = defaultdict(set)
        self._longest_stem = 0
        chosen = tuple(dict.fromkeys(phrases))
        for atom in (atom for phrase in chosen for atom in phrase.atoms):
            self._enter(atom)
        self._by_anchor = self._anchored(chosen)

    def _enter(self, atom: Atom) -> None:
        if atom in self._numbers:
            return
        number = self._numbers[atom] = len(self._numbers)
        for word in atom.words:
            self._exact[word].add(number)
        for stem in atom.stems:
            self._stems[stem].add(number)
            self._longest_stem = max(self._longest_stem, len(stem))

    def _anchored(self, phrases: Sequence[Phrase]) -> dict[int, list[tuple[int, _Coded]]]:
        """Each phrase under its rarest atom, so that common words call up little."""
        often = Counter(self._numbers[atom] for phrase in phrases for atom in phrase.atoms)
        found: dict[int, list[tuple[int, _Coded]]] = defaultdict(list)
        for place, phrase in enumerate(phrases):
            parts = tuple(self._coded(part) for part in phrase.parts)
            coded = _Coded(phrase, parts, frozenset(atom for part in parts for atom, _ in part))
            rarest = min((self._numbers[atom] for atom in phrase.atoms), key=lambda n: often[n])
            found[rarest].append((place, coded))
        return dict(found)

    def _coded(self, part: tuple[Step, ...]) -> tuple[tuple[int, int], ...]:
        return tuple((self._numbers[step.atom], step.gap) for step in part)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every whole word of a phrase."""
        return frozenset(self._exact) - {NUMBER, PAIR}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every beginning of words of a phrase."""
        return frozenset(self._stems)

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in any phrase."""
        return word in self._exact or any(True for _ in self._stems_of(word))

    def _stems_of(self, word: str) -> Iterator[str]:
        for size in range(SHORTEST_STEM, min(len(word), self._longest_stem) + 1):
            if word[:size] in self._stems:
                yield word[:size]

    def fits(self, word: str) -> frozenset[int]:
        """The atoms that a folded word fits."""
        found = set(self._exact.get(word, ()))
        for stem in self._stems_of(word):
            found |= self._stems[stem]
        return frozenset(found)

    def hear(self, words: tuple[Word, ...], forms: Sequence[Iterable[str]]) -> Heard:
        """Set a message against the phrases; ``forms`` are the spellings each word may have."""
        fits, zones, zone = [], [], 0
        for word, spelled in zip(words, forms, strict=True):
            zone += word.pause >= Pause.comma
            zones.append(zone)
            fits.append(frozenset().union(*map(self.fits, spelled), self._counted(word)))
        return Heard(words, tuple(fits), tuple(zones))

    def _counted(self, word: Word) -> frozenset[int]:
        if word.number is None:
            return frozenset()
        return self.fits(NUMBER if word.over is None else PAIR)

    def find(self, heard: Heard) -> tuple[Match, ...]:
        """Every phrase in the message, in the order of their first words."""
        present = heard.places.keys()
        called = {
            place: coded
            for atom in present
            for place, coded in self._by_anchor.get(atom, ())
            if coded.needs <= present
        }
        found = (match for _, coded in sorted(called.items()) for match in _all(coded, heard))
        return tuple(sorted(found, key=lambda match: match.places))


@dataclass(frozen=True, slots=True, order=False)
class _Coded:
    """A phrase with its atoms as numbers: (atom, words that may stand before it)."""

    phrase: Phrase
    parts: tuple[tuple[tuple[int, int], ...], ...]
    needs: frozenset[int]
    """Every atom of it."""


def _all(coded: _Coded, heard: Heard) -> Iterator[Match]:
    """Where the phrase stands in the message; of parts in any order, the nearest to the first."""
    found = [list(_runs(part, heard)) for part in coded.parts]
    if not all(found):
        return
    for run in found[0]:
        places = _joined(run, found[1:], heard)
        if places is not None:
            yield Match(coded.phrase, places)


def _runs(part: tuple[tuple[int, int], ...], heard: Heard) -> Iterator[tuple[int, ...]]:
    """Every place where the steps of a part follow each other."""
    for start in heard.places.get(part[0][0], ()):
        places = _follow(part, (start,), heard)
        if places is not None:
            yield places


def _follow(
    part: tuple[tuple[int, int], ...], places: tuple[int, ...], heard: Heard
) -> tuple[int, ...] | None:
    """The places of a whole part that begins with these; the nearest words that let it end."""
    if len(places) == len(part):
        return places
    atom, gap = part[len(places)]
    after = range(places[-1] + 1, min(places[-1] + gap + 2, len(heard.fits)))
    for place in after:
        if heard.zones[place] == heard.zones[places[0]] and atom in heard.fits[place]:
            whole = _follow(part, (*places, place), heard)
            if whole is not None:
                return whole
    return None


def _joined(
    run: tuple[int, ...], others: list[list[tuple[int, ...]]], heard: Heard
) -> tuple[int, ...] | None:
    zone, taken = heard.zones[run[0]], set(run)
    for other in others:
        free = [way for way in other if taken.isdisjoint(way) and heard.zones[way[0]] == zone]
        if not free:
            return None
        nearest = min(free, key=lambda way: abs(way[0] - run[0]))
        taken.update(nearest)
    places = tuple(sorted(taken))
    return places if places[-1] - places[0] < NEAR else None
