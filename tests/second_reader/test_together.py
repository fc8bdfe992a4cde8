"""Rows that weigh together: each combination by its pairs, and the rules that combine findings."""

import itertools
from decimal import Decimal

import pytest

from tests.second_reader import cases
from tests.second_reader.read import Value, urgency, urgency_of_ids
from tests.second_reader.table import load

FEVERS = """
    temperature_c=38.0 temperature_c=35.5 hot_no_reading medicine_for_heat chills line_chills
""".split()
AMBERS = """
    mouth_sore_eats infection_sign pale_and_weak headache_new pox_contact missed_medicine
    missed_steroid aspirin_or_ibuprofen_given fall_no_head_knock vomiting_24h=3
    diarrhoea_over_usual=5
""".split()
# Combinations, as "any of x any of", with the context they need after a "+".
TOGETHER = """
    fever x low_pressure light_headed fast_heartbeat breathless_on_effort spots_do_not_fade
    fever x cannot_get_up sudden_change no_urine_12h no_urine_8h much_less_urine belly_pain
    fever x unwell fast_heartbeat + infusion_within_24h
    temperature_c=38.5 line_chills x chills + infusion_within_24h
    infusion_within_24h x light_headed low_pressure breathless_on_effort swelling hives_all_over
    transfusion_24h x hives_all_over breathless_on_effort light_headed
    low_pressure x chills jaundice bruising no_urine_8h unwell wrong_dose vomiting_24h=6
    low_pressure x diarrhoea_over_usual=7 no_urine_12h temperature_c=37.5
    previous_transplant x jaundice dark_urine belly_swollen weight_up
    jaundice dark_urine belly_swollen weight_up x light_headed low_pressure breathless_on_effort
    jaundice dark_urine belly_swollen weight_up x bruising nose_or_gum_bleed blood_in_urine
    jaundice dark_urine belly_swollen weight_up x heavy_period
    jaundice dark_urine x belly_swollen weight_up
    no_urine_12h no_urine_8h much_less_urine x belly_swollen weight_up breathless_on_effort swelling
    no_urine_12h x bruising jaundice unwell chills not_drinking vomiting_24h=6 temperature_c=35.5
    spots_do_not_fade x unwell
    swelling x breathless_on_effort low_pressure light_headed fast_heartbeat
    fast_heartbeat x light_headed
    belly_pain x belly_swollen
    headache_new x vomiting_24h=1 vomiting_24h=2 vomiting_24h=6 fall_no_head_knock
    pale_and_weak x breathless_on_effort fast_heartbeat
    line_broken x breathless_on_effort low_pressure light_headed fast_heartbeat bruising
    line_broken x nose_or_gum_bleed blood_in_urine heavy_period
    missed_steroid x vomiting_24h=1 vomiting_24h=2 vomiting_24h=6 cannot_keep_down unwell
"""
APART = [  # near a combination, yet not one
    "temperature_c=38.5 chills",
    "temperature_c=38.5 unwell",
    "temperature_c=38.5 bruising",
    "temperature_c=38.5 belly_swollen",
    "temperature_c=37.49 light_headed",
    "low_pressure infection_sign",
    "low_pressure vomiting_24h=5",
    "low_pressure diarrhoea_over_usual=6",
    "jaundice dark_urine",
    "belly_swollen weight_up",
    "jaundice fast_heartbeat",
    "no_urine_12h no_urine_8h",
    "no_urine_12h much_less_urine",
    "no_urine_12h no_urine_8h much_less_urine",
    "no_urine_8h much_less_urine",
    "no_urine_8h bruising",
    "no_urine_12h pox_contact",
    "spots_do_not_fade bruising",
    "swelling bruising",
    "belly_pain weight_up",
    "pale_and_weak light_headed",
    "line_red bruising",
    "missed_medicine unwell",
    "fast_heartbeat breathless_on_effort",
]


def pairs_together() -> list[tuple[frozenset[str], frozenset[str]]]:
    """Every pair of a combination that is written out above, with its context."""
    found = []
    for line in TOGETHER.strip().splitlines():
        both, _, context = line.partition(" + ")
        left, right = (
            side.split() for side in both.replace("fever x", f"{' '.join(FEVERS)} x").split(" x ")
        )
        found += [
            (frozenset(pair), frozenset(context.split())) for pair in itertools.product(left, right)
        ]
    return found


def split_context(names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Findings and context ids of these names, apart."""
    context = {name for name in names if name.partition("=")[0] in load().context}
    return names - context, frozenset(context)


def test_a_count_that_is_not_sure_counts_in_combinations() -> None:
    """Vomiting that nobody counted is one or more."""
    assert urgency({}, {"headache_new": True}, ["vomiting_24h"]) == "emergency"
    assert urgency({}, {"missed_steroid": True, "vomiting_24h": None}) == "emergency"


@pytest.mark.parametrize(
    ("names", "context"),
    pairs_together(),
    ids=[" + ".join(sorted(names | context)) for names, context in pairs_together()],
)
def test_together_they_are_an_emergency_and_alone_they_are_not(
    names: frozenset[str], context: frozenset[str]
) -> None:
    """Each pair of a combination gives E, by doubt too; without one of the two it does not."""
    ids, among = split_context(names)
    assert urgency_of_ids(ids, among | context) == "emergency"
    for name in names:
        rest, left = split_context(names - {name})
        assert urgency_of_ids(rest, left) != "emergency"
    ticks: dict[str, Value] = {
        id: None if not number else Decimal(number)
        for id, _, number in (name.partition("=") for name in ids)
    }
    assert urgency(dict.fromkeys(among | context), ticks) == "emergency"


@pytest.mark.parametrize("names", APART)
def test_near_a_combination_is_not_in_it(names: str) -> None:
    """Findings that no row ties together, or that imply each other, stay at I."""
    assert urgency_of_ids(frozenset(names.split())) == "immediate"


def test_a_grey_reading_raised_to_immediate_counts_as_a_fever() -> None:
    """37.7 with belly pain is raised by it, and then is a fever with belly pain."""
    assert urgency({}, {"temperature_c": 37.7, "belly_pain": True}) == "emergency"
    assert urgency({}, {"temperature_c": 37.7, "no_urine_8h": None}) == "emergency"
    assert (
        urgency({"infusion_within_24h": True}, {"temperature_c": 37.7, "unwell": True})
        == "emergency"
    )


def test_chills_within_a_day_of_the_infusion_stand_on_both_sides_of_their_row() -> None:
    """Chills are a fever finding at I and a partner of one: the safer reading is an emergency."""
    assert urgency({"infusion_within_24h": True}, {"chills": True}) == "emergency"
    assert urgency({"infusion_within_24h": True}, {"line_chills": True}) == "immediate"


def test_two_different_findings_at_same_day_are_immediate() -> None:
    """Any two of them, counts and a doubtful reading included; one twice is one."""
    for pair in itertools.combinations(AMBERS, 2):
        assert urgency_of_ids(frozenset(pair)) in ("immediate", "emergency")
    assert urgency({}, {"infection_sign": True, "pox_contact": True}) == "immediate"
    assert urgency({}, {"infection_sign": True}, ["infection_sign"]) == "same_day"
    assert urgency({}, {"vomiting_24h": 3}, ["vomiting_24h"]) == "same_day"


@pytest.mark.parametrize(
    ("context", "level"),
    [
        ({"very_worried": True}, "same_day"), ({"very_worried": None}, "same_day"),
        ({"contacts_24h": 2}, "same_day"), ({"contacts_24h": 5}, "same_day"),
        ({"contacts_24h": None}, "same_day"), ({"contacts_24h": 1}, "routine"),
        ({"contacts_24h": 0}, "routine"), ({"very_worried": True, "contacts_24h": 2}, "immediate"),
        ({"very_worried": False}, "routine"), ({}, "routine"),
    ],
)  # fmt: skip
def test_worry_and_repeated_contact_each_count_as_one_finding_at_same_day(
    context: dict[str, bool | int | None], level: str
) -> None:
    """They weigh alone, together, and with a finding at S."""
    assert urgency(context, {}) == level
    raised = "same_day" if level == "routine" else "immediate"
    assert urgency(context, {"infection_sign": True}) == raised


@pytest.mark.parametrize("id", sorted(load().context))
def test_context_that_is_not_sure_counts_as_yes(id: str) -> None:
    """Null and "not sure" are the same, and weigh as much as yes."""
    yes = 2 if id == "contacts_24h" else True
    for chosen in cases.combinations(1):
        sure = urgency({id: yes}, chosen.findings)
        assert urgency({id: None}, chosen.findings) == sure
        assert urgency({}, chosen.findings, [id]) == sure


def test_where_the_child_is_and_who_writes_never_change_a_level() -> None:
    """The ward, the age and the reporter say how to speak, not how urgent it is."""
    for chosen in cases.combinations(1):
        plain = urgency({}, chosen.findings)
        for about in ({"on_ward": True}, {"under_5": None}, {"reporter": "patient"}):
            assert urgency(about, chosen.findings) == plain
