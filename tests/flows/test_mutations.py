"""Whatever is taken out of the protocol, or weakened, a named vignette turns red."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from flows.criteria import Criterion
from flows.protocol import Protocol
from flows.urgency import Urgency
from tests.flows.vignette import Vignette, protocol, vignettes

LOWER = dict(zip(list(Urgency)[1:], Urgency, strict=False))
HAIR = {"temperature": Decimal("0.01")}
"""By how much the limit of a temperature is moved; a count's by one."""

KEPT_TWICE = {
    "fever_with_danger without low_pressure": "low_pressure_with_another",
    "liver_with_danger without low_pressure": "low_pressure_with_another",
    "fever_after_infusion without fast_heartbeat": "fever_with_danger",
}
"""Members of the table that another row of it catches in every case, and that row: taking out one
of the two changes nothing for anybody, taking out both must be noticed."""


@dataclass(frozen=True)
class Mutation:
    """One criterion changed for the worse."""

    title: str
    criterion: str
    becomes: Criterion | None

    def apply(self, whole: Protocol) -> Protocol:
        """The protocol with this change."""
        changed = (self.becomes if c.id == self.criterion else c for c in whole.criteria)
        return replace(whole, criteria=tuple(c for c in changed if c is not None))


def mutations() -> Iterator[Mutation]:
    """Each criterion removed, lowered one level, and without each member of its lists."""
    for criterion in protocol().criteria:
        id = criterion.id
        yield Mutation(f"{id} removed", id, None)
        yield Mutation(f"{id} lowered", id, replace(criterion, urgency=LOWER[criterion.urgency]))
        for what, when in weaker(criterion.when):
            yield Mutation(f"{id} {what}", id, replace(criterion, when=when))


def weaker(when: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The condition with one alternative less, or with a limit moved so that less is caught."""
    for form in ("all", "any"):
        for place, part in enumerate(when.get(form, ())):
            others = [*when[form][:place], *when[form][place + 1 :]]
            if form == "any":
                yield f"without {written(part)}", {form: others}
            for what, changed in weaker(part):
                yield what, {form: [*when[form][:place], changed, *when[form][place + 1 :]]}
    for limit, sign in (("at_least", 1), ("below", -1)):
        if limit in when:
            moved = when[limit] + sign * HAIR.get(when.get("finding", ""), 1)
            if not empty(changed := {**when, limit: moved}):
                yield f"{limit} {moved}", changed


def empty(when: Mapping[str, Any]) -> bool:
    """Whether nothing is left between the limits: the same as the criterion removed."""
    return "below" in when and when.get("at_least", -1) >= when["below"]


def written(part: Mapping[str, Any]) -> str:
    """A member of a list in a word or two."""
    return " ".join(str(value) for value in part.values())


@cache
def touched() -> Mapping[str, list[Vignette]]:
    """Criterion -> the vignettes in which it holds: no other can notice a change for the worse."""
    found: dict[str, list[Vignette]] = defaultdict(list)
    for vignette in vignettes():
        for held in vignette.judged(protocol()).held:
            found[held.criterion.id].append(vignette)
    return found


def red(criterion: str, whole: Protocol) -> list[str]:
    """The titles of the vignettes of a criterion that fail under a protocol."""
    return [v.title for v in touched()[criterion] if v.wrong(whole)]


@pytest.mark.parametrize(
    "mutation",
    [mutation for mutation in mutations() if mutation.title not in KEPT_TWICE],
    ids=lambda mutation: mutation.title,
)
def test_mutation_turns_a_vignette_red(mutation: Mutation) -> None:
    """A named vignette fails under the changed protocol."""
    titles = red(mutation.criterion, mutation.apply(protocol()))
    assert titles
    print(f"{mutation.title}: {titles[0]}")


@pytest.mark.parametrize("title", KEPT_TWICE)
def test_what_two_rows_keep_is_noticed_when_both_are_gone(title: str) -> None:
    """A member that another row catches too cannot be lost together with that row."""
    mutation = next(mutation for mutation in mutations() if mutation.title == title)
    without = Mutation("", KEPT_TWICE[title], None).apply(protocol())
    assert not red(mutation.criterion, mutation.apply(protocol()))
    assert set(red(mutation.criterion, mutation.apply(without))) > set(
        red(mutation.criterion, without)
    )


def test_every_criterion_is_tried() -> None:
    """Each criterion of the content is removed once and lowered once."""
    titles = {mutation.title for mutation in mutations()}
    for criterion in protocol().criteria:
        assert {f"{criterion.id} removed", f"{criterion.id} lowered"} <= titles
