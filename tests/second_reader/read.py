"""The second reading: from the input form of `main.py assess` to an urgency, by `table.txt`."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from tests.second_reader.masks import REPEAT, Masks, band_name, compile_masks, count_name
from tests.second_reader.table import Table, load

Value = bool | int | float | Decimal | None
ContextValue = Value | str

URGENCIES = ("routine", "same_day", "immediate", "emergency")
COLDEST_C, HOTTEST_C = Fraction(30), Fraction(43)  # a reading outside counts as no reading
REPEAT_CONTACTS = 2
UNITS = ("temperature_c", "temperature_f")


class Reader:
    """One table, ready to judge; a changed table gives a reader that misses what was changed."""

    def __init__(self, table: Table, masks: Masks | None = None) -> None:
        """Compile the table once, or take masks that were changed on purpose."""
        self.table = table
        self.masks = masks or compile_masks(table)
        self._yes_or_no = {id for row in table.findings for id in row.ids}
        self._counted = {row.id for row in table.counts}
        self._of_finding = lru_cache(maxsize=4096, typed=True)(self._read_finding)
        self._of_name = cache(self._read_name)

    def urgency(
        self,
        context: Mapping[str, ContextValue],
        findings: Mapping[str, Value],
        unsure: Sequence[str] = (),
    ) -> str:
        """The urgency of one case; ValueError for an unknown id or a value that cannot be."""
        mask = 0
        for id, value in findings.items():
            mask |= self._of_finding(id, value)
        for id in unsure:
            mask |= self._of_unsure(id)
        for id, told in context.items():
            mask |= self._of_context(id, told)
        return URGENCIES[self.masks.level(mask)]

    def urgency_of_ids(self, ids: Iterable[str], context: Iterable[str] = ()) -> str:
        """The same for names as `chills`, `temperature_c=37.7`, `contacts_24h=2`, all yes."""
        return URGENCIES[self.masks.level(self.mask_of_ids(ids) | self.mask_of_ids(context))]

    def mask_of_ids(self, ids: Iterable[str]) -> int:
        """The bits of such names, for callers that join masks themselves."""
        mask = 0
        for name in ids:
            mask |= self._of_name(name)
        return mask

    def floor(self, ids: Iterable[str]) -> str:
        """The highest level that one of these names has alone: no urgency may lie below it."""
        ranks = (self.masks.level(self._of_name(name)) for name in ids)
        return URGENCIES[max(ranks, default=0)]

    def _read_name(self, name: str) -> int:
        id, _, number = name.partition("=")
        value: Value = Decimal(number) if number else True
        if id in self.table.context:
            return self._of_context(id, value)
        return self._of_finding(id, value)

    def _read_finding(self, id: str, value: Value) -> int:
        if value is None:
            return self._of_unsure(id)
        if id in UNITS:
            return self._of_temperature(_exact(id, value), id)
        if id in self._counted:
            return self._of_count(id, value)
        if id not in self._yes_or_no or not isinstance(value, bool):
            raise ValueError(f"{id}: {value!r} cannot be read")
        return self.masks.bit[id] if value else 0

    def _of_temperature(self, degrees: Fraction, unit: str) -> int:
        celsius = degrees if unit == "temperature_c" else (degrees - 32) * 5 / 9
        if not COLDEST_C <= celsius <= HOTTEST_C:
            return self._of_unsure("temperature")
        place = sum(celsius >= edge for edge in self.masks.edges)
        return self.masks.bit[band_name(place)]

    def _of_count(self, id: str, value: Value) -> int:
        number = Fraction(0) if value is False else _exact(id, value)
        if number < 0 or number.denominator != 1:
            raise ValueError(f"{id}: {value!r} is not a count")
        bands = (row for row in self.table.counts if row.id == id and row.low <= number)
        last = max(bands, key=lambda row: row.low, default=None)
        return self.masks.bit[count_name(last)] if last else 0

    def _of_unsure(self, id: str) -> int:
        if id in ("temperature", *UNITS):
            return self.masks.bit[self.table.not_sure["temperature"]]
        if id in self._counted:
            return self._of_count(id, int(self.table.not_sure[id]))
        if id in self.table.context:
            return self._of_context(id, None)
        if id not in self._yes_or_no:
            raise ValueError(f"{id}: unknown id")
        return self.masks.bit[id]

    def _of_context(self, id: str, value: ContextValue) -> int:
        if id not in self.table.context:
            raise ValueError(f"{id}: unknown context id")
        if id == "reporter":
            return 0
        if id == "contacts_24h":
            return self._of_contacts(value)
        if not isinstance(value, bool | None):
            raise ValueError(f"{id}: {value!r} is neither yes, no nor unknown")
        return 0 if value is False else self.masks.bit[id]

    def _of_contacts(self, value: ContextValue) -> int:
        told = self.table.not_sure["contacts_24h"] if value is None else value
        number = Fraction(told) if isinstance(told, str) else _exact("contacts_24h", told)
        return self.masks.bit[REPEAT] if number >= REPEAT_CONTACTS else 0


def _exact(id: str, value: Value) -> Fraction:
    """The number as it was written: 37.99 is never a hair more or less than 37.99."""
    if isinstance(value, bool) or value is None:
        raise ValueError(f"{id}: {value!r} is not a number")
    return Fraction(str(value))


@cache
def prepare() -> Reader:
    """The reader of the table as it stands, compiled once."""
    return Reader(load())


def urgency(
    context: Mapping[str, ContextValue],
    findings: Mapping[str, Value],
    unsure: Sequence[str] = (),
) -> str:
    """The urgency of one case by the table as it stands."""
    return prepare().urgency(context, findings, unsure)


def urgency_of_ids(ids: frozenset[str], context: frozenset[str] = frozenset()) -> str:
    """The urgency of names that are all yes, numbers as `temperature_c=37.7`."""
    return prepare().urgency_of_ids(ids, context)


def floor(ids: frozenset[str]) -> str:
    """The highest level that one of these names has alone."""
    return prepare().floor(ids)
