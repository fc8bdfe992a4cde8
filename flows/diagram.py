"""A state machine as a drawing: Mermaid source made from its states and transitions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from transitions import Machine, Transition

INDENT = "    "


def diagram(machine: Machine) -> str:
    """The machine as a Mermaid state diagram; arrows between the same two states are one."""
    edges = _edges(machine)
    lines = ["stateDiagram-v2", f"{INDENT}[*] --> {machine.initial}"]
    for (source, target), triggers in edges.items():
        lines.append(f"{INDENT}{source} --> {target}: {', '.join(triggers)}")
    left = {source for source, target in edges if source != target}
    lines += [f"{INDENT}{state} --> [*]" for state in machine.states if state not in left]
    return "\n".join(lines) + "\n"


def _edges(machine: Machine) -> dict[tuple[str, str], list[str]]:
    """The triggers from each state to each other, in the order in which they were declared."""
    edges: dict[tuple[str, str], list[str]] = defaultdict(list)
    for trigger, transition in _arrows(machine):
        edges[transition.source, transition.dest or transition.source].append(trigger)
    return dict(edges)


def _arrows(machine: Machine) -> Iterator[tuple[str, Transition]]:
    for event in machine.events.values():
        for transitions in event.transitions.values():
            for transition in transitions:
                yield event.name, transition
