"""The ways to misread the table: each row, band, member and rule left out or weakened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.second_reader.masks import Masks, compile_masks
from tests.second_reader.read import Reader
from tests.second_reader.table import LEVELS, ReadingRow, Table

HAIR = Fraction(1, 100)  # degrees by which the edge of a band is moved


@dataclass(frozen=True)
class Fault:
    """One misreading: what is wrong in words, and a reader that reads so."""

    title: str
    reader: Reader


def faults(table: Table) -> Iterator[Fault]:
    """Every single misreading of the table."""
    for title, changed in _changed_tables(table):
        yield Fault(title, Reader(changed))
    for title, masks in _changed_pairs(compile_masks(table)):
        yield Fault(title, Reader(table, masks))


def _changed_tables(table: Table) -> Iterator[tuple[str, Table]]:
    yield from _lower_findings(table)
    yield from _lower_counts(table)
    yield from _spoil_readings(table)
    yield from _spoil_rules(table)


def _lower_findings(table: Table) -> Iterator[tuple[str, Table]]:
    for place, row in enumerate(table.findings):
        for id in row.ids:
            rest = replace(row, ids=tuple(other for other in row.ids if other != id))
            for level in range(row.level):
                alone = replace(row, ids=(id,), level=level)
                rows = (*table.findings[:place], rest, alone, *table.findings[place + 1 :])
                yield f"{id} at {LEVELS[level]}", replace(table, findings=rows)


def _lower_counts(table: Table) -> Iterator[tuple[str, Table]]:
    for place, row in enumerate(table.counts):
        for level in range(row.level):
            rows = list(table.counts)
            rows[place] = replace(row, level=level)
            title = f"{row.id} from {row.low} at {LEVELS[level]}"
            yield title, replace(table, counts=tuple(rows))


def _spoil_readings(table: Table) -> Iterator[tuple[str, Table]]:
    for place, row in enumerate(table.readings):
        for title, changed in _spoil_reading(row):
            rows = (*table.readings[:place], changed, *table.readings[place + 1 :])
            yield f"temperature row {place + 1}: {title}", replace(table, readings=rows)


def _spoil_reading(row: ReadingRow) -> Iterator[tuple[str, ReadingRow]]:
    for level in range(row.level):
        yield f"at {LEVELS[level]}", replace(row, level=level)
    for word in row.only_with:
        rest = tuple(other for other in row.only_with if other != word)
        yield f"without {word}", replace(row, only_with=rest) if rest else replace(row, level=0)
    for hair in (HAIR, -HAIR):
        if row.low is not None:
            yield f"from {float(row.low + hair)}", replace(row, low=row.low + hair)
        if row.high is not None:
            yield f"below {float(row.high + hair)}", replace(row, high=row.high + hair)


def _spoil_rules(table: Table) -> Iterator[tuple[str, Table]]:
    for rule, level in table.combining.items():
        yield (
            f"{rule}, one level lower",
            replace(table, combining={**table.combining, rule: level - 1}),
        )
    for id, value in table.not_sure.items():
        nothing = "0" if value.isdigit() else "nausea"
        yield f"{id} not sure is no", replace(table, not_sure={**table.not_sure, id: nothing})
    for id in table.implied:
        yield f"{id} implies nothing", replace(table, implied={**table.implied, id: ()})


def _changed_pairs(masks: Masks) -> Iterator[tuple[str, Masks]]:
    names = {bit: name for name, bit in masks.bit.items()}
    for place, (left, needs, right) in enumerate(masks.pairs):
        for bit, name in names.items():
            if left & bit:
                yield _pair(masks, place, f"left without {name}", (left & ~bit, needs, right))
            if right & bit:
                yield _pair(masks, place, f"right without {name}", (left, needs, right & ~bit))
        yield _pair(masks, place, "left out", (0, needs, 0))
        if needs:
            yield _pair(masks, place, "in any context", (left, 0, right))


def _pair(masks: Masks, place: int, title: str, changed: tuple[int, int, int]) -> tuple[str, Masks]:
    pairs = (*masks.pairs[:place], changed, *masks.pairs[place + 1 :])
    return f"together row {place + 1}: {title}", replace(masks, pairs=pairs)
