"""The import contract of `flows`, said the other way round: what it may use, name by name."""

import ast
from pathlib import Path

import pytest

import flows

ROOM = Path(flows.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))

# None of these reads a clock, draws a lot or touches the world. A new one is a decision.
ALLOWED = {
    "__future__",
    "abc",
    "bisect",
    "collections",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "flows",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "json",
    "math",
    "operator",
    "rapidfuzz",  # distances between words: no state, no I/O
    "re",
    "string",
    "textwrap",
    "transitions",
    "types",
    "typing",
    "unicodedata",
}


def imported(tree: ast.AST) -> set[str]:
    """The top-level names that a module imports, wherever in it the import stands."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def awaits(tree: ast.AST) -> bool:
    """Whether a module holds anything that waits."""
    return any(isinstance(node, ast.Await | ast.AsyncFunctionDef) for node in ast.walk(tree))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_flows_is_pure(path: Path) -> None:
    """A file of flows imports nothing beyond the pure list, and never awaits."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert imported(tree) <= ALLOWED
    assert not awaits(tree)


def test_impurity_is_seen() -> None:
    """The reader finds an import inside a function, one with a dot, and an await."""
    tree = ast.parse("async def f():\n    import os.path\n    from asyncio.events import loop")
    assert imported(tree) == {"os", "asyncio"}
    assert awaits(tree)
