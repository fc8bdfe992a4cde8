"""The decision table as data: the rows of `table.txt`, parsed and nothing more."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

LEVELS = "RSIE"  # in rising order, so that a level's place is its rank
TABLE_FILE = Path(__file__).with_name("table.txt")

Cells = list[str]


@dataclass(frozen=True)
class FindingRow:
    """Findings of yes or no that share a sign, a level and a source."""

    sign: str
    level: int
    ids: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ReadingRow:
    """A band of temperature in Celsius, from `low` to below `high`, open where None."""

    low: Fraction | None
    high: Fraction | None
    only_with: tuple[str, ...]
    level: int
    source: str


@dataclass(frozen=True)
class CountRow:
    """A band of a count, from `low` to `high` inclusive, open above where None."""

    id: str
    low: int
    high: int | None
    level: int
    source: str


@dataclass(frozen=True)
class TogetherRow:
    """Two sets of findings, groups or contexts, of which one each gives an emergency."""

    left: tuple[str, ...]
    while_context: tuple[str, ...]
    right: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Table:
    """The whole decision table; levels are ranks in `LEVELS`."""

    findings: tuple[FindingRow, ...]
    readings: tuple[ReadingRow, ...]
    counts: tuple[CountRow, ...]
    together: tuple[TogetherRow, ...]
    implied: dict[str, tuple[str, ...]]
    not_sure: dict[str, str]
    combining: dict[str, int]
    context: dict[str, str]

    def ids(self) -> frozenset[str]:
        """Every id the table uses, the two units of temperature and the context included."""
        named = {id for row in self.findings for id in row.ids} | {row.id for row in self.counts}
        return frozenset(named | set(self.context) | {"temperature_c", "temperature_f"})


def parse(text: str) -> Table:
    """Read the table from its text form; ValueError or KeyError where it is malformed."""
    sections = dict(_sections(text))
    return Table(
        tuple(FindingRow(s, _level(n), _words(i), src) for s, n, i, src in sections["findings"]),
        tuple(_reading(cells) for cells in sections["temperature"]),
        tuple(_count(cells) for cells in sections["counts"]),
        tuple(
            TogetherRow(_words(a), _words(c), _words(b), src)
            for a, c, b, src in sections["together"]
        ),
        {id: _words(others) for id, others in sections["implied"]},
        dict(_two(cells) for cells in sections["not sure"]),
        {rule: _level(name) for rule, name in sections["combining"]},
        dict(_two(cells) for cells in sections["context"]),
    )


def load() -> Table:
    """The table as it stands beside this module."""
    return parse(TABLE_FILE.read_text(encoding="utf-8"))


def _sections(text: str) -> Iterator[tuple[str, list[Cells]]]:
    for block in text.split("\n== ")[1:]:
        head, *lines = block.splitlines()
        rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.strip()]
        yield head.split(":")[0], rows


def _level(name: str) -> int:
    return LEVELS.index(name)


def _words(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(word.strip() for word in cell.split(","))


def _two(cells: Cells) -> tuple[str, str]:
    id, value = cells
    return id, value


def _reading(cells: Cells) -> ReadingRow:
    low, high, only_with, level, source = cells
    return ReadingRow(_degrees(low), _degrees(high), _words(only_with), _level(level), source)


def _degrees(cell: str) -> Fraction | None:
    return None if cell == "-" else Fraction(cell)


def _count(cells: Cells) -> CountRow:
    id, low, high, level, source = cells
    return CountRow(id, int(low), None if high == "-" else int(high), _level(level), source)
