"""The escalation policies are read as the file says, or refused by file, key and reason."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from data.escalation import read_escalation
from data.refusal import ContentRefused
from flows.page import Step
from flows.urgency import Urgency

CONTENT = Path(__file__).resolve().parents[2] / "data" / "content"
SHIPPED = (CONTENT / "escalation.toml").read_text(encoding="utf-8")


def minutes(policy: tuple[Step, ...]) -> list[tuple[str, float]]:
    """Each step's role and its minute."""
    return [(step.role, step.after / timedelta(minutes=1)) for step in policy]


def test_shipped_policies_are_those_of_the_specification() -> None:
    """E alerts at 0, 2, 4, 6 minutes, with the group at once too; I at 0, 4, 8, 12."""
    policies = read_escalation(CONTENT).policies
    assert minutes(policies[Urgency.emergency].steps) == [
        ("on_call", 0),
        ("group", 0),
        ("second", 2),
        ("group", 4),
        ("supervisor", 6),
    ]
    assert minutes(policies[Urgency.immediate].steps) == [
        ("on_call", 0),
        ("second", 4),
        ("group", 8),
        ("supervisor", 12),
    ]


def test_shipped_waits_are_those_of_the_specification() -> None:
    """The family hears after 5 or 10 minutes; the other delays are as written."""
    escalation = read_escalation(CONTENT)
    told = {level: policy.tell_family for level, policy in escalation.policies.items()}
    assert told[Urgency.emergency] == timedelta(minutes=5)
    assert told[Urgency.immediate] == timedelta(minutes=10)
    assert escalation.policies[Urgency.same_day].repeat == timedelta(minutes=30)
    assert escalation.waits.progress == timedelta(minutes=15)
    assert escalation.waits.hand_on == timedelta(minutes=5)
    assert escalation.waits.everyone == timedelta(minutes=2)
    assert escalation.waits.night_from == time(22)
    assert escalation.waits.night_until == time(7)


def test_known_to_the_team_is_off_as_shipped() -> None:
    """Until a clinician has signed it, no finding is paged to one person only."""
    assert not read_escalation(CONTENT).known_to_the_team


@pytest.mark.parametrize(
    ("written", "instead", "refusal"),
    [
        ("[night]", "[nights]", "nights: unknown key"),
        ("assumed = true", 'assumed = "yes"', "assumed: must be true or false"),
        ("[policy.same_day]", "[policy.routine]", "policy.routine: unknown key"),
        ('role = "second"', 'role = "third"', r"policy.emergency.steps\[3\].role: must be one of"),
        ('after = "2m"', 'after = "soon"', r"emergency.steps\[3\].after: must be a length of time"),
        ('after = "now"', 'after = "1m"', "policy.emergency.steps: the first step must be"),
        ('after = "4m"', 'after = "1m"', "policy.emergency.steps: each step comes"),
        ('{ role = "second", after = "2m" }', '"second"', r"emergency.steps\[3\]: must be a table"),
        ('progress = "15m"', "", "waits.progress: is missing"),
        ('from = "22:00"', 'from = "24:00"', "night.from: must be a time of day"),
    ],
)
def test_a_slip_is_refused_by_its_place(
    tmp_path: Path, written: str, instead: str, refusal: str
) -> None:
    """Each slip names the file, the key and what would be right."""
    assert written in SHIPPED
    (tmp_path / "escalation.toml").write_text(SHIPPED.replace(written, instead, 1))
    with pytest.raises(ContentRefused, match=f"^escalation.toml: .*{refusal}"):
        read_escalation(tmp_path)


def test_a_policy_without_steps_is_refused(tmp_path: Path) -> None:
    """A level whose list of steps is empty would alert nobody."""
    start = SHIPPED.index("steps = [", SHIPPED.index("[policy.immediate]"))
    end = SHIPPED.index("]", start)
    (tmp_path / "escalation.toml").write_text(f"{SHIPPED[:start]}steps = [{SHIPPED[end:]}")
    with pytest.raises(ContentRefused, match=r"policy\.immediate\.steps: the first step must be"):
        read_escalation(tmp_path)
