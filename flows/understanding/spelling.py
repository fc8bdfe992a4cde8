"""The nearest known word to one that is misspelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

SHORTEST = 5
"""Letters below which a word is too short to guess at, unless its script says otherwise."""
LONG = 8
"""Letters from which two slips are forgiven instead of one."""


class Speller:
    """Known words by their first letter, whole ones and beginnings."""

    def __init__(
        self,
        words: Iterable[str],
        stems: Iterable[str],
        shortest: Mapping[str, int] | None = None,
    ) -> None:
        self._shortest = shortest or {}
        self._words: dict[str, list[str]] = defaultdict(list)
        self._stems: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for word in sorted(words):
            if len(word) >= SHORTEST:
                self._words[word[0]].append(word)
        for stem in sorted(stems):
            if len(stem) >= SHORTEST:
                self._stems[stem[0]][len(stem)].append(stem)

    def nearest(self, word: str) -> str:
        """The known word, or beginning, within reach of a misspelled one; empty for none."""
        if not word.isalpha() or len(word) < self._shortest.get(word[:1], SHORTEST):
            return ""
        slips = 2 if len(word) >= LONG else 1
        found = extractOne(
            word, self._words.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips
        )
        return found[0] if found else self._beginning(word)

    def _beginning(self, word: str) -> str:
        for size, stems in sorted(self._stems.get(word[0], {}).items(), reverse=True):
            slips = 2 if size >= LONG else 1
            for cut in (size, size + 1, size - 1):
                if cut > len(word):
                    continue
                found = extractOne(word[:cut], stems, scorer=OSA.distance, score_cutoff=slips)
                if found:
                    return str(found[0])
        return ""
