"""The space that is proved over, and that the reader stands apart from what it judges."""

import ast
import re
import sys
from pathlib import Path

from tests.second_reader import cases
from tests.second_reader.read import URGENCIES, floor, urgency, urgency_of_ids
from tests.second_reader.table import load

HERE = Path(__file__).parent
CLINICAL_PAGE = HERE.parents[2] / "shared" / "clinical.md"


def test_the_fast_path_says_what_the_input_form_says() -> None:
    """Names and dictionaries lead to the same urgency for every pair in every context."""
    for case in cases.combinations(2):
        slow = urgency(case.context, case.findings, case.unsure)
        assert urgency_of_ids(case.names, case.context_names) == slow


def test_one_more_yes_never_lowers_and_each_row_is_a_floor() -> None:
    """Over every pair and triple: at least each part of it, and at least each row's own level."""
    rank = {name: place for place, name in enumerate(URGENCIES)}
    known = {
        (case.names, case.context_names): rank[urgency_of_ids(case.names, case.context_names)]
        for n in (1, 2, 3)
        for case in cases.combinations(n)
    }
    for (names, context), level in known.items():
        assert level >= known.get((names, frozenset()), 0)
        assert level >= rank[floor(names)]
        for name in names:
            assert level >= known.get((names - {name}, context), 0)


def test_the_space_holds_every_finding_and_every_context() -> None:
    """Nothing of the table is left out of what is proved."""
    held = {atom.id for atom in cases.atoms()}
    named = {id for context in cases.contexts(True) for id in context}
    assert load().ids() - held - named == {"temperature_f", "reporter"}
    assert len({atom.name for atom in cases.atoms()}) == len(cases.atoms())


def test_the_ids_are_those_of_the_clinical_page() -> None:
    """The transcription has the ids of the list, and of the page where it is at hand."""
    listed = set((HERE / "ids.txt").read_text(encoding="utf-8").split())
    assert load().ids() == listed
    if CLINICAL_PAGE.exists():
        assert ids_of_page(CLINICAL_PAGE.read_text(encoding="utf-8")) == listed


def ids_of_page(text: str) -> set[str]:
    """The ids in backticks of the page's section 4; `null` is a value, not an id."""
    section = text.partition("\n## 4. ")[2].partition("\n## 5. ")[0]
    return set(re.findall(r"`([a-z][a-z0-9_]*)`", section)) - {"null"}


def test_it_shares_nothing_with_what_it_judges() -> None:
    """Its modules import the standard library and each other, its tests pytest besides."""
    for path in HERE.glob("*.py"):
        allowed = set(sys.stdlib_module_names) - {"importlib"}
        allowed |= {"pytest"} if path.name.startswith("test_") else set()
        for name in imports_of(path):
            assert name.startswith("tests.second_reader") or name.partition(".")[0] in allowed


def imports_of(path: Path) -> list[str]:
    """The modules that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
