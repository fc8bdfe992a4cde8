"""Phrases: what people say for one thing, written for those who know the language.

A phrase is words in order. ``stem*`` is every word that begins so, ``a|b`` either word,
``word?`` one that may be left out, ``<group>`` any word of a named group, ``#`` any number,
``#/#`` two with a stroke between, ``..`` up to three words that do not matter. ``+`` joins
parts that may come in any order, near each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from flows.understanding.letter import fold_word

GAP = 3
"""Words that may stand where a phrase says ``..``."""
NEAR = 9
"""Words from the first to the last of a phrase whose parts come in any order."""
NUMBER, PAIR = "#", "#/#"
_OPERATORS = frozenset("*|<>#+?.")


class PhraseRefused(ValueError):
    """A phrase that cannot be read; says which, and why."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One place in a phrase: the words that fit there."""

    words: frozenset[str]
    stems: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """An atom, and how many words may stand before it."""

    atom: Atom
    gap: int = 0


@dataclass(frozen=True)
class Phrase:
    """One way of saying something."""

    role: str
    """What kind of thing it says: finding, sign, negator, past ..."""
    what: str
    """Which one: an id, or empty."""
    parts: tuple[tuple[Step, ...], ...]
    """Parts in any order; the steps of each in theirs."""
    said: str = field(compare=False, default="")
    """As it stands in the file."""
    language: str = ""
    """Whose it is; empty for a button's words."""

    @cached_property
    def wordless(self) -> bool:
        """Whether it is numbers and nothing else, which every language writes alike."""
        return all(atom.words <= {NUMBER, PAIR} and not atom.stems for atom in self.atoms)

    @property
    def atoms(self) -> Iterator[Atom]:
        """Every atom, part by part."""
        return (step.atom for part in self.parts for step in part)


class Groups(dict[str, Iterable[str]]):
    """A file's named words, with each atom made of them kept: most phrases share theirs."""

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        super().__init__(named)
        self._atoms: dict[str, Atom] = {}

    def atom(self, word: str, written: str) -> Atom:
        """What fits where a phrase says this; PhraseRefused names the phrase."""
        if word not in self._atoms:
            self._atoms[word] = _atom(word, self, written)
        return self._atoms[word]


def is_plain(written: str) -> bool:
    """Whether a phrase is words and nothing else, so that a whole message may be it."""
    return not _OPERATORS & set(written)


def read_phrase(
    role: str,
    what: str,
    written: str,
    groups: Mapping[str, Iterable[str]],
    language: str = "",
) -> tuple[Phrase, ...]:
    """The phrases that one line stands for; PhraseRefused when it cannot be read."""
    known = groups if isinstance(groups, Groups) else Groups(groups)
    options = [part.split() for part in written.split("+")]
    if not all(options):
        raise PhraseRefused(f"{written!r} has an empty part")
    ways = [list(_ways(part)) for part in options]
    return tuple(
        Phrase(role, what, tuple(_steps(part, known, written) for part in parts), written, language)
        for parts in product(*ways)
    )


def _ways(words: list[str]) -> Iterator[list[str]]:
    """A part with each optional word in, and left out."""
    choices = [((word[:-1],), ()) if word.endswith("?") else ((word,),) for word in words]
    for chosen in product(*choices):
        way = [word for kept in chosen for word in kept]
        if any(word != ".." for word in way):
            yield way


def _steps(words: list[str], groups: Groups, written: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    gap = 0
    for word in words:
        if word == "..":
            gap = GAP
            continue
        steps.append(Step(groups.atom(word, written), gap if steps else 0))
        gap = 0
    return tuple(steps)


def _atom(word: str, groups: Mapping[str, Iterable[str]], written: str) -> Atom:
    exact: set[str] = set()
    stems: set[str] = set()
    for option in _options(word, groups, written):
        folded = fold_word(option.removesuffix("*"))
        if not folded or " " in option:
            raise PhraseRefused(f"{written!r}: {option!r} is no single word")
        (stems if option.endswith("*") else exact).add(folded)
    return Atom(frozenset(exact), frozenset(stems))


def _options(word: str, groups: Mapping[str, Iterable[str]], written: str) -> Iterator[str]:
    if word in (NUMBER, PAIR):
        yield word
        return
    for option in word.split("|"):
        if option.startswith("<") and option.endswith(">"):
            if option[1:-1] not in groups:
                raise PhraseRefused(f"{written!r} names an unknown group {option}")
            yield from groups[option[1:-1]]
        else:
            yield option
