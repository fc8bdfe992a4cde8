"""The vignettes and the second reader: they agree, and no row of the table is left unheld."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from tests.second_reader.cases import combinations
from tests.second_reader.fault import Fault, faults
from tests.second_reader.masks import ROUTINE
from tests.second_reader.read import URGENCIES, ContextValue, Reader, Value, prepare
from tests.second_reader.table import load

FOLDER = Path(__file__).parents[1] / "flows" / "vignettes"
EDGES_C = tuple(Decimal(d) for d in ("35.99", "36", "36.99", "37", "37.49", "37.5", "37.99", "38"))
NEEDED_KEYS = {"title", "findings", "context", "unsure", "urgency", "source"}


class Vignette(TypedDict, total=False):
    """One case a nurse can read, as it stands in its file."""

    title: str
    findings: dict[str, Value]
    context: dict[str, ContextValue]
    unsure: list[str]
    urgency: str
    source: str
    names: list[str]


@cache
def vignettes() -> tuple[Vignette, ...]:
    """All vignettes, numbers as they were written."""
    read: list[Vignette] = []
    for path in sorted(FOLDER.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        read += tomllib.loads(text, parse_float=Decimal)["vignette"]
    return tuple(read)


def judged(reader: Reader, vignette: Vignette) -> str:
    """What this reader says of the vignette."""
    return reader.urgency(vignette["context"], vignette["findings"], vignette["unsure"])


def test_the_folder_holds_one_file_for_each_part_of_the_table() -> None:
    """Each of the seven signs, the effects beside them and the rules have a file of their own."""
    signs = {"fever", "faint", "breathing", "liver", "bleeding", "urine", "change"}
    expected = signs | {"beside", "together", "combining"}
    assert {path.stem for path in FOLDER.glob("*.toml")} == expected


@pytest.mark.parametrize("vignette", vignettes(), ids=lambda vignette: vignette["title"])
def test_reader_agrees_with_the_vignette(vignette: Vignette) -> None:
    """The urgency that a vignette states is the one that the table gives."""
    assert judged(prepare(), vignette) == vignette["urgency"]


def test_every_vignette_is_complete_and_has_a_title_of_its_own() -> None:
    """A vignette has all its keys, a known urgency, and a title that no other has."""
    for vignette in vignettes():
        assert set(vignette) - {"names"} == NEEDED_KEYS, vignette["title"]
        assert vignette["urgency"] in URGENCIES
    titles = [vignette["title"] for vignette in vignettes()]
    assert len(set(titles)) == len(titles)


def test_named_findings_are_part_of_their_vignette() -> None:
    """A vignette names only what it holds, or what a reading that cannot be stands for."""
    for vignette in vignettes():
        held = {*vignette["findings"], *vignette["unsure"], "hot_no_reading"}
        assert set(vignette.get("names", [])) <= held, vignette["title"]


def test_every_routine_row_is_named_by_a_routine_vignette() -> None:
    """A row that gives no more than routine is seen only by its name, so a vignette names it."""
    table = load()
    rows = {id for row in table.findings if row.level == ROUTINE for id in row.ids}
    rows |= {row.id for row in table.counts if row.level == ROUTINE}
    alone = {
        vignette["names"][0]
        for vignette in vignettes()
        if vignette["urgency"] == "routine" and len(vignette.get("names", [])) == 1
    }
    assert rows <= alone


def test_doubt_counts_in_some_vignette_for_each_kind_of_answer() -> None:
    """There are vignettes that fall if "not sure" is taken for no."""
    doubtful = [vignette for vignette in vignettes() if vignette["unsure"]]
    fallen = [
        vignette
        for vignette in doubtful
        if prepare().urgency(vignette["context"], vignette["findings"]) != vignette["urgency"]
    ]
    assert {id for vignette in fallen for id in vignette["unsure"]} >= {
        "temperature", "vomiting_24h", "contacts_24h", "chills", "infusion_within_24h",
        "transfusion_24h", "previous_transplant", "fever_medicine_6h", "steroid_6h",
        "very_worried",
    }  # fmt: skip


@pytest.mark.parametrize("fault", list(faults(load())), ids=lambda fault: fault.title)
def test_each_misreading_turns_a_vignette_red(fault: Fault) -> None:
    """Whatever is left out or weakened, a vignette notices, or nothing at all can tell."""
    noticed = any(judged(fault.reader, v) != v["urgency"] for v in vignettes())
    assert noticed or not differs_anywhere(fault.reader)


def differs_anywhere(reader: Reader) -> bool:
    """Whether some small case tells this reader from the true one."""
    same_bits = (reader.masks.bit, reader.masks.edges) == (
        prepare().masks.bit,
        prepare().masks.edges,
    )
    masks = true_masks() if same_bits else masks_of(reader)
    return any(map(int.__ne__, map(reader.masks.level, masks), true_levels()))


@cache
def true_masks() -> tuple[int, ...]:
    """The small cases as the true reader holds them."""
    return tuple(masks_of(prepare()))


@cache
def true_levels() -> tuple[int, ...]:
    """What the true reader says of each."""
    return tuple(map(prepare().masks.level, true_masks()))


def masks_of(reader: Reader) -> Iterator[int]:
    """All pairs in every context, and the edges of temperature with every other finding."""
    for case in small_cases():
        yield reader.mask_of_ids(case)


@cache
def small_cases() -> tuple[frozenset[str], ...]:
    """The names of all that is yes in each small case."""
    pairs = [case.names | case.context_names for case in combinations(2)]
    singles = [case.names | case.context_names for case in combinations(1)]
    edges = [case | {f"temperature_c={degrees}"} for case in singles for degrees in EDGES_C]
    return (*pairs, *edges)
