"""The table as bit masks: every finding, band and context is one bit, so that judging is fast."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from tests.second_reader.table import LEVELS, CountRow, ReadingRow, Table

ROUTINE, SAME_DAY, IMMEDIATE, EMERGENCY = range(len(LEVELS))
RAISED = "a reading at I"  # what the bands of temperature come to, given the rest
NOTED = "a reading at S"
REPEAT = "contacts_24h>=2"


@dataclass(frozen=True)
class Masks:
    """What judging needs: the bits by name, and the rows as masks."""

    bit: dict[str, int]
    edges: tuple[Fraction, ...]
    bands: int
    readings: tuple[tuple[int, int, int], ...]  # bands, needs any of (0: none), result
    pairs: tuple[tuple[int, int, int], ...]  # left, needs all of, right
    emergency: int
    immediate: int
    same_day: int
    two_same_day: int

    def level(self, mask: int) -> int:
        """The rank of the urgency of all that is set in `mask`."""
        if mask & self.bands:
            mask = self._with_reading(mask)
        if mask & self.emergency or self._together(mask):
            return EMERGENCY
        if mask & self.immediate:
            return IMMEDIATE
        ambers = mask & self.same_day
        if ambers & (ambers - 1):  # at least two bits
            return self.two_same_day
        return SAME_DAY if ambers else ROUTINE

    def _with_reading(self, mask: int) -> int:
        result = mask
        for bands, needs, outcome in self.readings:
            if mask & bands and (not needs or mask & needs):
                result |= outcome
        return result

    def _together(self, mask: int) -> bool:
        for left, needs, right in self.pairs:
            if mask & left and mask & right and mask & needs == needs:
                return True
        return False


def compile_masks(table: Table) -> Masks:
    """Give every name a bit and turn each row into masks."""
    edges = _edges(table.readings)
    bit = {name: 1 << place for place, name in enumerate(_names(table, len(edges) + 1))}
    levels = _levels(table)
    at = [_union(bit, (name for name in levels if levels[name] == n)) for n in range(len(LEVELS))]
    return Masks(
        bit=bit,
        edges=edges,
        bands=_union(bit, (band_name(n) for n in range(len(edges) + 1))),
        readings=tuple(_reading(row, edges, bit, levels) for row in table.readings),
        pairs=_pairs(table, bit, levels),
        emergency=at[EMERGENCY],
        immediate=at[IMMEDIATE],
        same_day=at[SAME_DAY],
        two_same_day=table.combining["two different findings at S"],
    )


def band_name(place: int) -> str:
    """The name of the temperature band at this place, counted from the coldest."""
    return f"temperature band {place}"


def count_name(row: CountRow) -> str:
    """The name of a band of a count, by where it begins."""
    return f"{row.id} from {row.low}"


def _edges(rows: Iterable[ReadingRow]) -> tuple[Fraction, ...]:
    return tuple(sorted({e for row in rows for e in (row.low, row.high) if e is not None}))


def _names(table: Table, bands: int) -> Iterable[str]:
    yield from (id for row in table.findings for id in row.ids)
    yield from (count_name(row) for row in table.counts)
    yield from (id for id, kind in table.context.items() if kind == "yes or no")
    yield from (REPEAT, RAISED, NOTED)
    yield from (band_name(place) for place in range(bands))


def _levels(table: Table) -> dict[str, int]:
    """The own level of everything that counts as a finding, by name."""
    found = {id: row.level for row in table.findings for id in row.ids}
    found |= {count_name(row): row.level for row in table.counts}
    found |= {name: table.combining[name] for name in (REPEAT, "very_worried")}
    return found | {RAISED: IMMEDIATE, NOTED: SAME_DAY}


def _union(bit: dict[str, int], names: Iterable[str]) -> int:
    mask = 0
    for name in names:
        mask |= bit[name]
    return mask


def _reading(
    row: ReadingRow, edges: tuple[Fraction, ...], bit: dict[str, int], levels: dict[str, int]
) -> tuple[int, int, int]:
    limits = [None, *edges, None]
    bands = (
        band_name(place)
        for place, (low, high) in enumerate(pairwise(limits))
        if _inside(row, low, high)
    )
    outcome = {IMMEDIATE: bit[RAISED], SAME_DAY: bit[NOTED]}.get(row.level, 0)
    needs = _union(bit, (name for word in row.only_with for name in _others(word, levels)))
    return _union(bit, bands), needs, outcome


def _inside(row: ReadingRow, low: Fraction | None, high: Fraction | None) -> bool:
    above = row.low is None or (low is not None and low >= row.low)
    below = row.high is None or (high is not None and high <= row.high)
    return above and below


def _others(word: str, levels: dict[str, int]) -> list[str]:
    """What `only with any of` names; "other" is any finding but the temperature itself."""
    if word != "other:at_S":
        return [word]
    return [n for n in levels if levels[n] >= SAME_DAY and n not in (RAISED, NOTED)]


def _pairs(
    table: Table, bit: dict[str, int], levels: dict[str, int]
) -> tuple[tuple[int, int, int], ...]:
    return tuple(
        (
            _union(bit, (n for word in row.left for n in _group(word, table, levels, ()))),
            _union(bit, row.while_context),
            _union(bit, (n for word in row.right for n in _group(word, table, levels, row.left))),
        )
        for row in table.together
    )


def _group(word: str, table: Table, levels: dict[str, int], left: tuple[str, ...]) -> Iterable[str]:
    """The names that a word of a combination stands for."""
    if ">=" in word:
        id, least = word.split(">=")
        return [count_name(row) for row in table.counts if row.id == id and row.low >= int(least)]
    if word == "other:at_I":
        own = {name for id in left for name in (id, *table.implied.get(id, ()))}
        return [name for name in levels if levels[name] >= IMMEDIATE and name not in own]
    if ":" in word:
        sign, which = word.split(":")
        return _of_sign(sign, table, IMMEDIATE if which == "at_I" else ROUTINE)
    return [word]


def _of_sign(sign: str, table: Table, least: int) -> list[str]:
    rows = [row for row in table.findings if row.sign == sign and row.level >= least]
    readings = [RAISED] if sign == "fever" else []
    return [id for row in rows for id in row.ids] + readings
