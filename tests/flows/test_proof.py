"""The proof by trying: what it tries, and that it sees what is broken.

The shipped protocol is proved by `main.py check`, and held against the second reader by
tests/proof.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flows.condition import Condition, View
from flows.criteria import Rule
from flows.proof import ENOUGH, Atom, atoms, circumstances, prove
from flows.protocol import Protocol
from tests.flows.small import small
from tests.flows.vignette import protocol


def test_sound_content_is_proved() -> None:
    """In the small protocol nothing is judged below a part of it."""
    assert not prove(small())


def test_every_value_that_the_criteria_tell_apart_is_tried() -> None:
    """Readings, counts and plain findings of the content are all among the atoms."""
    tried = {str(atom) for atom in atoms(small())}
    assert {"temperature 30", "temperature 37.5", "temperature 38.0"} <= tried
    assert {"vomited 1", "vomited 2", "vomited 6", "hot", "dry_12h"} <= tried
    assert {atom.id for atom in atoms(protocol())} == protocol().findings.keys()


def test_every_circumstance_is_tried() -> None:
    """Nothing, everything, and each thing alone."""
    assert [c.name for c in circumstances(small())] == [
        *("nothing", "everything", "infusion", "medicine", "worried", "contacts_24h"),
        *("second", "overdue", "persisting"),
    ]


def with_rows(whole: Protocol, rows: Mapping[str, tuple[Rule, ...]]) -> Protocol:
    """The protocol with an engine whose rows were tampered with."""
    whole.__dict__["rulebook"] = replace(whole.rulebook, rows={**whole.rulebook.rows, **rows})
    return whole


def test_a_row_that_is_forgotten_is_seen() -> None:
    """When the engine forgets a row, the proof says which finding falls below it."""
    issues = prove(with_rows(small(), {"hot": ()}))
    assert issues[0] == (
        "proof: hot with nothing known is judged routine, below the immediate of a part of it"
    )
    assert len(issues) <= ENOUGH


@dataclass(frozen=True, slots=True)
class Unless(Condition):
    """What no content can say: a finding that counts only while another is absent."""

    id: str
    absent: str

    def held(self, view: View) -> tuple[str, ...]:
        return (self.id,) if self.id in view.present and self.absent not in view.present else ()


def test_one_more_yes_that_lowers_is_seen() -> None:
    """A finding that takes another's weight away, which no content can say, is found out."""
    whole = small()
    rule = replace(whole.rulebook.rows["alarm"][0], condition=Unless("alarm", "ear"))
    issues = prove(with_rows(whole, {"alarm": (rule,)}))
    assert (
        "proof: alarm + ear with nothing known is judged routine, below the emergency of a part"
        " of it"
    ) in issues


def test_an_atom_is_called_by_its_value() -> None:
    """A finding without a number is called by its id alone."""
    assert str(Atom("hot")) == "hot"
    assert str(Atom("vomited", count=3)) == "vomited 3"
