"""``main.py diagram``: the state machines, drawn as Mermaid."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from bot.settings import Settings
from data.folder import PROTOCOL
from data.protocol import read_protocol
from flows import diagram as drawing
from flows.lifecycle import machine
from flows.page_machine import page_machine
from flows.protocol import Protocol


def diagram() -> int:
    """Print each machine under a comment that names it."""
    protocol = read_protocol(Settings.read().content / PROTOCOL)
    drawn = drawings(protocol).items()
    sys.stdout.write("\n".join(f"%% The {name}.\n{source}" for name, source in drawn))
    return 0


def drawings(protocol: Protocol) -> Mapping[str, str]:
    """Name -> Mermaid source."""
    return {
        "conversation": drawing.diagram(machine(protocol)),
        "page": drawing.diagram(page_machine()),
    }
