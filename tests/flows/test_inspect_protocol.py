"""What is found in content that can be read, but would fail a family."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.inspect import protocol_issues
from flows.protocol_reading import from_dict
from tests.flows.small import content, entry, small
from tests.flows.vignette import protocol

Change = Callable[[dict[str, Any]], object]


def put(kind: str, id: str, /, **values: object) -> Change:
    """A change of one table."""
    return lambda whole: entry(whole, kind, id).update(values)


def without(kind: str, id: str) -> Change:
    """A table left out."""
    return lambda whole: whole[kind].remove(entry(whole, kind, id))


def test_sound_content_has_no_issue() -> None:
    """The small protocol, and the one that is shipped, have nothing wrong with them."""
    assert not protocol_issues(small())
    assert not protocol_issues(protocol())


ISSUES: list[tuple[Change, str]] = [
    (
        put("finding", "hot", label="Hot to the touch, all over"),
        "finding hot: the label has 26 letters, a button shows 24",
    ),
    (
        put("criterion", "hot", source="seed; hearsay: aunt"),
        "criterion hot: the source 'hearsay: aunt' begins with no known tag",
    ),
    (without("criterion", "ear"), "finding ear: no criterion gives it a level"),
    (
        put("finding", "vomited", bands=[1, 2]),
        "finding vomited: its bands are not those of its criteria",
    ),
    (put("sign", "rest", findings=["cough", "vomited"]), "finding ear: it is on no screen"),
    (
        put("sign", "fever", menu="something_else"),
        "finding hot: urgent and of the seven signs, yet on no screen of home",
    ),
    (put("sign", "change", id="other"), "sign change: it has no screen"),
    (
        put("sweep", "rest", findings=["cough", "vomited"]),
        "finding ear: it is in 0 lines of the sweep, not in one",
    ),
    (
        put("sweep", "rest", findings=["cough", "ear", "vomited", "hot"]),
        "finding hot: it is in 2 lines of the sweep, not in one",
    ),
    (put("sweep", "rest", opens="fever"), "sweep rest: cough is not on the screen fever"),
    (
        put("criterion", "hot", urgency="emergency"),
        "sweep hot: hot is an emergency, and belongs on the first screen",
    ),
    (
        lambda whole: whole["context"].append(
            {"id": "moon", "asked": "when_it_matters", "question": "?", "source": "inference"}
        ),
        "context moon: asked when it matters, and no criterion names it",
    ),
    (
        put("criterion", "vomited_1", when={"finding": "vomited", "at_least": 9, "below": 3}),
        "criterion vomited_1: nobody can meet it",
    ),
    (
        put("criterion", "two", when={"count": 99, "at": "same_day"}),
        "criterion two: nobody can meet it",
    ),
    (put("advice", "cool", signs=[], findings=[]), "advice cool: it is for no finding"),
]


@pytest.mark.parametrize(("change", "issue"), ISSUES, ids=[issue for _, issue in ISSUES])
def test_an_issue_is_found_and_named(change: Change, issue: str) -> None:
    """Each fault is one line that names the place."""
    whole = content()
    change(whole)
    assert any(issue in line for line in protocol_issues(from_dict(whole)))
