"""``main.py docs``: what is generated, written again, or checked to be fresh."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.command.diagram import drawings
from bot.settings import NAMES, Settings
from bot.texts import ROOT, stale
from data.folder import CONTENT, PROTOCOL
from data.protocol import read_protocol
from data.store.migration import SCHEMA, schema

MACHINES = ROOT / "docs" / "machines.md"
SETTINGS = ROOT / "docs" / "settings.md"
WRITTEN = "<!-- Written by `make docs`. -->"


def docs(*, check: bool) -> int:
    """Write what is not fresh; with ``check``, only name it, and fail."""
    if check:
        return _check()
    for path, content in _stale().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        print(path.relative_to(ROOT))
    return 0


def _check() -> int:
    lines = [f"{path.relative_to(ROOT)} is not fresh: make docs" for path in _stale()]
    lines += [f"{path.relative_to(ROOT)} is not fresh: make texts" for path in stale()]
    for line in lines:
        print(line, file=sys.stderr)
    return int(bool(lines))


def _stale() -> dict[Path, str]:
    return {path: content for path, content in generated().items() if _read(path) != content}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def generated() -> dict[Path, str]:
    """Path -> content, of every file that is drawn from code or content."""
    return {MACHINES: _machines(), SETTINGS: _settings(), SCHEMA: schema()}


def _machines() -> str:
    drawn = drawings(read_protocol(CONTENT / PROTOCOL)).items()
    parts = [f"## The {name}\n\n```mermaid\n{source}```\n" for name, source in drawn]
    return "\n".join([f"{WRITTEN}\n# The state machines\n", *parts])


def _settings() -> str:
    rows = [
        f"| `{name}` | {field.description} |"
        for name, field in zip(NAMES, Settings.model_fields.values(), strict=True)
    ]
    table = "\n".join(["| variable | means |", "|---|---|", *rows])
    about = "Environment variables, or lines of `.env`. An empty one is one that is not set."
    return f"{WRITTEN}\n# Settings\n\n{about}\n\n{table}\n"
