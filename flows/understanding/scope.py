"""What is said of the patient now, what is denied, and what is only spoken of.

Beside what is meant stands what changes its meaning: a "no" before or after it, a week that has
passed, a question, an "if", somebody else, a warning repeated. Each reaches so far and no farther;
where that is in doubt it does not reach, since danger wins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property

from flows.understanding.phrase import Phrase
from flows.understanding.phrasebook import Match
from flows.understanding.word import Pause, Word

REACH = 5
"""Words between a "no" and what it denies."""
LIST_REACH = 14
"""The same along a list: "no fever, rash or cough"."""
BACK_REACH = 2
"""Words between what is denied and a "no" after it."""


class Standing(Enum):
    """How something said is meant."""

    said = "said"
    denied = "denied"
    aside = "aside"
    """Past, asked, supposed, of somebody else, or a warning: not of the patient now."""


Role = str
NO_BEFORE, NO_AFTER, NOT_A_NO = "no_before", "no_after", "not_a_no"
PAST, LASTING, NOW, AGAIN = "past", "lasting", "now", "again"
ASKING, SUPPOSED, WARNED = "asking", "supposed", "warned"
OTHERS, NOT_OTHERS = "others", "not_others"
BUT, ANEW, SUBJECT, AND, OR = "but", "anew", "subject", "and", "or"
LASTING_ROLES = frozenset({PAST, LASTING, AGAIN, OTHERS, NOT_OTHERS})
"""Weeks and persons: they stand, whatever idiom holds them too."""
ROLES = (
    *(NO_BEFORE, NO_AFTER, NOT_A_NO, PAST, LASTING, NOW, AGAIN, ASKING, SUPPOSED, WARNED),
    *(OTHERS, NOT_OTHERS, BUT, ANEW, SUBJECT, AND, OR),
)
"""What a lexicon lists under [scope], each with the phrases that do it."""
_OPENING = (BUT, NOW, ANEW)
"""What begins a new statement wherever it stands."""
_OPENING_AFTER_COMMA = (SUBJECT, PAST, ASKING, SUPPOSED, WARNED, OTHERS)


_PLACE = Phrase("place", "", ())


class Scope:
    """The marks of one message, and how far each reaches."""

    def __init__(
        self, words: tuple[Word, ...], marks: Iterable[Match], content: Iterable[Match]
    ) -> None:
        self._words = words
        self._marks: Mapping[Role, list[Match]] = defaultdict(list)
        for mark in marks:
            self._marks[mark.phrase.role].append(mark)
        self._content = tuple(content)
        self._taken = {place for match in self._content for place in match.places}

    def standing(self, match: Match) -> Standing:
        """How a thing that stands in the message is meant."""
        if self._denied(match):
            return Standing.denied
        return Standing.aside if self._aside(match) else Standing.said

    def spoken_of(self, marks: Iterable[Match], place: int) -> bool:
        """Whether one of the marks stands in the same sentence as a word."""
        here = Match(_PLACE, (place,))
        stops = sorted(self._stops)
        return any(not self._crossed(stops, mark, here) for mark in marks)

    # --- statements ------------------------------------------------------------------------------

    @cached_property
    def _borders(self) -> Sequence[int]:
        """The words at which a new statement begins, rising."""
        return sorted(self._begun)

    @cached_property
    def _turns(self) -> Sequence[int]:
        """The same without those that go on from the statement before: "and he"."""
        return sorted(self._begun - ({mark.first for mark in self._marks[ANEW]} - self._stops))

    @cached_property
    def _begun(self) -> frozenset[int]:
        opening = {mark.first for role in _OPENING for mark in self._marks[role]}
        paused = {p for p, word in enumerate(self._words) if word.pause is Pause.comma}
        after = {m.first for role in _OPENING_AFTER_COMMA for m in self._marks[role]}
        return frozenset(opening | (paused & after) | self._stops)

    @cached_property
    def _stops(self) -> frozenset[int]:
        return frozenset(p for p, word in enumerate(self._words) if word.pause is Pause.stop)

    def _together(self, one: Match, other: Match) -> bool:
        """Whether two stand in the same statement."""
        return not self._crossed(self._borders, one, other)

    def _crossed(self, borders: Sequence[int], one: Match, other: Match) -> bool:
        low, high = sorted((one.first, other.first))
        return bisect_right(borders, low) < bisect_right(borders, high)

    def _beside(self, match: Match, role: Role) -> bool:
        return any(self._together(mark, match) for mark in self._marks[role])

    def _reaches(self, mark: Match, match: Match) -> bool:
        """Whether a past and a match stand in one statement; a past that has its statement to
        itself belongs to the one behind its comma: "when he was two, he had fits"."""
        if self._together(mark, match):
            return True
        between = self._borders[
            bisect_right(self._borders, mark.first) : bisect_right(self._borders, match.first)
        ]
        alone = not any(self._together(mark, said) for said in self._content)
        return (
            mark.first < match.first and len(between) == 1 and alone and self._goes_on(between[0])
        )

    def _goes_on(self, border: int) -> bool:
        """Whether a statement is begun by a comma and its subject, and by nothing more."""
        opening = {mark.first for role in _OPENING for mark in self._marks[role]}
        return self._words[border].pause is Pause.comma and border not in opening

    # --- denied ----------------------------------------------------------------------------------

    def _denied(self, match: Match) -> bool:
        return any(self._denies_back(no, match) for no in self._nos_after) or any(
            self._denies(no, match) for no in self._nos_before
        )

    @cached_property
    def _nos_after(self) -> tuple[Match, ...]:
        return self._nos(NO_AFTER)

    @cached_property
    def _nos_before(self) -> tuple[Match, ...]:
        """A "no" that denies what stands before it is spent, and one alone is an answer."""
        spent = {
            no.first
            for no in self._nos_after
            for match in self._content
            if self._denies_back(no, match)
        }
        return tuple(no for no in self._nos(NO_BEFORE) if no.first not in spent)

    def _nos(self, role: Role) -> tuple[Match, ...]:
        """Each "no" that is none of a phrase of its own: not breathing, not only."""
        covered = {p for mark in self._marks[NOT_A_NO] for p in mark.places} | self._taken
        return tuple(mark for mark in self._marks[role] if covered.isdisjoint(mark.places))

    def _denies_back(self, no: Match, match: Match) -> bool:
        between = range(match.last + 1, no.first + 1)
        near = 0 < len(between) <= BACK_REACH + 1
        return near and not any(
            self._words[p].pause >= Pause.comma or p in self._begun - {no.first} for p in between
        )

    def _denies(self, no: Match, match: Match) -> bool:
        if match.first < no.first and no.last < match.last:
            return True
        between = range(no.last + 1, match.first + 1)
        if not 0 < len(between) <= LIST_REACH + 1 or not self._ends.isdisjoint(between):
            return False
        if any(self._words[place].pause is Pause.comma for place in between):
            return self._is_list(no)
        return len(between) <= REACH + 1 or self._or_within(between)

    @cached_property
    def _ends(self) -> frozenset[int]:
        """Where a "no" ends: at a pause, at a new subject, at an "and"."""
        paused = {p for p, word in enumerate(self._words) if word.pause is Pause.hesitation}
        marks = {mark.first for role in (SUBJECT, AND) for mark in self._marks[role]}
        return self._begun | paused | marks

    def _is_list(self, no: Match) -> bool:
        """Whether commas join what is denied: an "or" stands further on in the sentence."""
        after = range(no.last + 1, len(self._words))
        stop = next((p for p in after if p in self._begun), len(self._words))
        return self._or_within(range(no.last + 1, stop))

    def _or_within(self, places: range) -> bool:
        return any(mark.first in places for mark in self._marks[OR])

    # --- spoken of -------------------------------------------------------------------------------

    def _aside(self, match: Match) -> bool:
        return (
            self._past(match)
            or self._of_others(match)
            or any(self._asks(mark, match) for mark in self._marks[ASKING])
            or any(self._led(mark, match) for mark in self._marks[SUPPOSED])
            or any(self._led(mark, match) for mark in self._marks[WARNED])
        )

    def _of_others(self, match: Match) -> bool:
        named = any(
            self._together(mark, match) and not self._parted(mark, match)
            for mark in self._marks[OTHERS]
        )
        return named and not self._beside(match, NOT_OTHERS)

    def _asks(self, mark: Match, match: Match) -> bool:
        """A question asks about what follows it; what stands before was told first."""
        return mark.first <= match.first and self._together(mark, match)

    def _parted(self, mark: Match, match: Match) -> bool:
        """Whether an "and" ends what a mark says before any sign is named with it: "I am his
        mother and he is hot", "we came home last week and he is hot"."""
        signs = sorted(said.first for said in self._content if said.first > mark.last)
        ands = (a.first for role in (AND, ANEW) for a in self._marks[role])
        return any(
            mark.last < place <= match.first and not (signs and signs[0] < place) for place in ands
        )

    def _past(self, match: Match) -> bool:
        over = any(
            self._reaches(past, match) and not self._lasts(past) and not self._parted(past, match)
            for past in self._marks[PAST]
        )
        again = any(mark.first > match.first for mark in self._marks[AGAIN])
        return over and not again

    def _lasts(self, past: Match) -> bool:
        """Whether a past began then and goes on: since last week, for the last two days."""
        return any(
            lasting.first <= past.last and lasting.last >= past.first - 2
            for lasting in self._marks[LASTING]
        )

    def _led(self, mark: Match, match: Match) -> bool:
        """Whether a mark stands before, with no statement begun since but "and he"."""
        if mark.first > match.first:
            return False
        return not self._crossed(self._turns, mark, match)
