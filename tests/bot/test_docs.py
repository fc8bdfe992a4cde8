"""Generated documentation: drawn from what runs, and found stale when it is not."""

from pathlib import Path

import pytest

from bot.command import docs
from bot.settings import NAMES


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where the documentation stands, other than ours."""
    for name in ("MACHINES", "SETTINGS", "SCHEMA"):
        monkeypatch.setattr(docs, name, tmp_path / f"{name.lower()}.md")
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs, "stale", dict)
    return tmp_path


def test_what_is_missing_is_written_and_then_fresh(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A check names each file that is not fresh; writing makes them so."""
    assert docs.docs(check=True) == 1
    assert capsys.readouterr().err.splitlines() == [
        "machines.md is not fresh: make docs",
        "settings.md is not fresh: make docs",
        "schema.md is not fresh: make docs",
    ]
    assert docs.docs(check=False) == 0
    assert docs.docs(check=True) == 0


def test_an_edit_by_hand_is_seen(tree: Path) -> None:
    """What is generated is edited where it comes from."""
    docs.docs(check=False)
    (tree / "machines.md").write_text("mine", encoding="utf-8")
    assert docs.docs(check=True) == 1


def test_a_stale_catalogue_is_named(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A catalogue that lacks a text of the code is not fresh."""
    docs.docs(check=False)
    monkeypatch.setattr(docs, "stale", lambda: {tree / "he.po": b""})
    assert docs.docs(check=True) == 1
    assert capsys.readouterr().err == "he.po is not fresh: make texts\n"


def test_every_setting_and_both_machines_are_there(tree: Path) -> None:
    """The table has a row for each variable, the drawing each machine."""
    docs.docs(check=False)
    settings = (tree / "settings.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in settings for name in NAMES)
    machines = (tree / "machines.md").read_text(encoding="utf-8")
    assert machines.count("```mermaid\nstateDiagram-v2\n") == 2
