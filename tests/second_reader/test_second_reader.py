"""The second reader, row by row: each finding, band and count by a case worked out by hand."""

from decimal import Decimal

import pytest

from tests.second_reader.read import Value, prepare, urgency, urgency_of_ids
from tests.second_reader.table import load

EMERGENCIES = """
    collapsed cannot_stand breathless_at_rest fast_or_hard_breathing blue_lips grunting oxygen_low
    chest_pain bleeding_wont_stop vomiting_blood bloody_stool diarrhoea_blood head_knock
    severe_headache vision_change hard_to_wake confused slurred_or_weak fit floppy_or_weak_cry
    inconsolable cold_mottled swollen_lips_or_tongue danger_now self_harm_talk
""".split()
IMMEDIATES = """
    hot_no_reading medicine_for_heat chills line_chills low_pressure light_headed fast_heartbeat
    breathless_on_effort jaundice dark_urine belly_swollen weight_up bruising nose_or_gum_bleed
    blood_in_urine heavy_period no_urine_12h no_urine_8h much_less_urine spots_do_not_fade
    sudden_severe_pain sudden_change unwell swelling hives_all_over will_not_walk cannot_keep_down
    belly_pain bottom_pain mouth_cannot_drink not_drinking line_red line_broken
    painful_urine_or_red_skin rash_blisters cannot_get_up tingling_or_cramps pox_rash wrong_dose
""".split()
SAME_DAYS = """
    mouth_sore_eats infection_sign pale_and_weak headache_new pox_contact missed_medicine
    missed_steroid aspirin_or_ibuprofen_given fall_no_head_knock
""".split()
ROUTINES = ["mouth_mild", "rash_hands_feet", "tired", "nausea"]
COUNTED = ["vomiting_24h", "diarrhoea_over_usual"]
OWN_LEVELS = {
    "emergency": EMERGENCIES,
    "immediate": IMMEDIATES,
    "same_day": SAME_DAYS,
    "routine": ROUTINES,
}


@pytest.mark.parametrize(
    ("level", "id"), [(level, id) for level, ids in OWN_LEVELS.items() for id in ids]
)
def test_finding_alone_has_its_own_level_whether_sure_or_not(level: str, id: str) -> None:
    """A finding gives its level by yes, by null and by "not sure", and nothing by no."""
    assert urgency({}, {id: True}) == level
    assert urgency({}, {id: None}) == level
    assert urgency({}, {}, [id]) == level
    assert urgency({}, {id: False}, [id]) == level
    assert urgency({}, {id: False}) == "routine"


def test_every_finding_of_the_transcription_was_worked_out_by_hand() -> None:
    """The levels above name each finding of yes or no once, and no other."""
    by_hand = [id for ids in OWN_LEVELS.values() for id in ids]
    assert sorted(by_hand) == sorted(id for row in load().findings for id in row.ids)


@pytest.mark.parametrize(
    ("degrees", "level"),
    [
        ("29.9", "immediate"), ("30.0", "immediate"), ("35.97", "immediate"),
        ("35.99999", "immediate"), ("36.0", "routine"), ("36.5", "routine"), ("37.0", "routine"),
        ("37.49999", "routine"), ("37.5", "same_day"), ("37.7", "same_day"), ("37.99", "same_day"),
        ("37.99999", "same_day"), ("38.0", "immediate"), ("38", "immediate"), ("43.0", "immediate"),
        ("43.1", "immediate"), ("385", "immediate"), ("-5", "immediate"), ("0", "immediate"),
    ],
)  # fmt: skip
def test_celsius_is_read_in_its_band_without_rounding(degrees: str, level: str) -> None:
    """Each band begins at its edge, to the last digit that was written."""
    assert urgency({}, {"temperature_c": Decimal(degrees)}) == level
    assert urgency({}, {"temperature_c": float(degrees)}) == level


@pytest.mark.parametrize(
    ("degrees", "level"),
    [
        ("85.9", "immediate"), ("96.79", "immediate"), ("96.8", "routine"), ("99.49", "routine"),
        ("99.5", "same_day"), ("100.39", "same_day"), ("100.3999", "same_day"),
        ("100.4", "immediate"), ("109.4", "immediate"), ("109.5", "immediate"),
        ("38.0", "immediate"),
    ],
)  # fmt: skip
def test_fahrenheit_is_converted_exactly(degrees: str, level: str) -> None:
    """100.4 is 38.0 and 100.39 is not, whatever floating point makes of them."""
    assert urgency({}, {"temperature_f": Decimal(degrees)}) == level
    assert urgency({}, {"temperature_f": float(degrees)}) == level


def test_a_reading_out_of_range_is_no_reading_rather_than_a_cold_one() -> None:
    """29.9 and 43.1 set the bit of heat without a reading, 30.0 and 43.0 do not."""
    hot = prepare().mask_of_ids(["hot_no_reading"])
    for degrees in ("29.9", "43.1"):
        assert prepare().mask_of_ids([f"temperature_c={degrees}"]) == hot
    for degrees in ("30.0", "43.0"):
        assert not prepare().mask_of_ids([f"temperature_c={degrees}"]) & hot


@pytest.mark.parametrize(
    ("celsius", "fahrenheit", "level"),
    [(36.5, 101.3, "immediate"), (38.5, 97.7, "immediate"), (36.5, 97.7, "routine"),
     (37.6, 97.7, "same_day"), (37.6, 99.7, "same_day"), (36.5, 36.5, "immediate")],
)  # fmt: skip
def test_of_two_units_the_more_urgent_counts(celsius: float, fahrenheit: float, level: str) -> None:
    """Two readings are one finding at the higher of their levels."""
    assert urgency({}, {"temperature_c": celsius, "temperature_f": fahrenheit}) == level


@pytest.mark.parametrize("id", ["temperature", "temperature_c", "temperature_f"])
def test_a_temperature_that_is_not_sure_is_heat_without_a_reading(id: str) -> None:
    """Doubt about the temperature is urgent, alone or beside a normal reading."""
    assert urgency({}, {}, [id]) == "immediate"
    assert urgency({}, {"temperature_c": 36.5}, [id]) == "immediate"
    assert urgency({}, {"temperature_c": 36.5, "light_headed": True}, [id]) == "emergency"


def test_a_temperature_of_null_is_heat_without_a_reading() -> None:
    """Null counts in either unit, also beside a normal reading in the other."""
    assert urgency({}, {"temperature_c": None}) == "immediate"
    assert urgency({}, {"temperature_c": 36.5, "temperature_f": None}) == "immediate"
    assert urgency({}, {"temperature_c": 36.5, "hot_no_reading": True}) == "immediate"


@pytest.mark.parametrize(
    ("degrees", "context", "level"),
    [
        ("35.97", "fever_medicine_6h", "immediate"), ("36.0", "fever_medicine_6h", "same_day"),
        ("37.49", "fever_medicine_6h", "same_day"), ("37.5", "fever_medicine_6h", "immediate"),
        ("37.99", "fever_medicine_6h", "immediate"), ("36.99", "steroid_6h", "routine"),
        ("37.0", "steroid_6h", "same_day"), ("37.49", "steroid_6h", "same_day"),
        ("37.5", "steroid_6h", "immediate"), ("37.99", "steroid_6h", "immediate"),
        ("36.5", "fever_medicine_6h steroid_6h", "same_day"),
        ("37.2", "fever_medicine_6h steroid_6h", "same_day"),
        ("37.7", "very_worried", "immediate"), ("37.7", "contacts_24h=2", "immediate"),
        ("37.7", "contacts_24h=1", "same_day"), ("37.7", "infusion_within_24h", "same_day"),
        ("36.5", "very_worried fever_medicine_6h", "immediate"),
    ],
)  # fmt: skip
def test_context_weighs_on_a_reading(degrees: str, context: str, level: str) -> None:
    """Medicines that hide a fever, worry and repeated contact weigh on a reading below 38.0."""
    ids = frozenset({f"temperature_c={degrees}"})
    assert urgency_of_ids(ids, frozenset(context.split())) == level


@pytest.mark.parametrize("id", ["fever_medicine_6h", "steroid_6h"])
def test_a_medicine_without_a_reading_is_no_finding(id: str) -> None:
    """What may hide a fever says nothing where nothing was measured."""
    assert urgency({id: True}, {}) == "routine"


@pytest.mark.parametrize("id", [*SAME_DAYS, "vomiting_24h=2", "diarrhoea_over_usual=4"])
def test_a_grey_reading_is_raised_by_any_finding_at_same_day(id: str) -> None:
    """37.7 beside a finding at S is a matter for now, not for today."""
    ids = frozenset({"temperature_c=37.7", id})
    assert urgency_of_ids(ids) == "immediate"


@pytest.mark.parametrize("id", [*ROUTINES, "vomiting_24h=1", "diarrhoea_over_usual=3"])
def test_a_grey_reading_is_not_raised_by_a_routine_finding(id: str) -> None:
    """37.7 beside a finding at R stays at S."""
    assert urgency_of_ids(frozenset({"temperature_c=37.7", id})) == "same_day"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("vomiting_24h=0", "routine"), ("vomiting_24h=1", "routine"),
        ("vomiting_24h=2", "same_day"), ("vomiting_24h=5", "same_day"),
        ("vomiting_24h=6", "immediate"), ("vomiting_24h=40", "immediate"),
        ("diarrhoea_over_usual=0", "routine"),
        ("diarrhoea_over_usual=1", "routine"), ("diarrhoea_over_usual=3", "routine"),
        ("diarrhoea_over_usual=4", "same_day"), ("diarrhoea_over_usual=6", "same_day"),
        ("diarrhoea_over_usual=7", "immediate"),
    ],
)  # fmt: skip
def test_counts_are_read_in_their_bands(name: str, level: str) -> None:
    """Vomiting and diarrhoea weigh by their number."""
    assert urgency_of_ids(frozenset({name})) == level


@pytest.mark.parametrize("id", COUNTED)
def test_a_count_that_is_not_sure_counts_as_its_same_day_band(id: str) -> None:
    """Doubt is S, beside a zero too, and never lowers a number at I."""
    assert urgency({}, {}, [id]) == "same_day"
    assert urgency({}, {id: None}) == "same_day"
    assert urgency({}, {id: 0}, [id]) == "same_day"
    assert urgency({}, {id: 7}, [id]) == "immediate"
    assert urgency({}, {id: False}) == "routine"


@pytest.mark.parametrize(
    ("context", "findings", "unsure"),
    [
        ({}, {"cough": True}, []), ({}, {}, ["cough"]), ({"ward": True}, {}, []),
        ({}, {"chills": 3}, []), ({}, {"vomiting_24h": 1.5}, []), ({}, {"vomiting_24h": -1}, []),
        ({}, {"vomiting_24h": True}, []), ({}, {"temperature_c": True}, []),
        ({"very_worried": "yes"}, {}, []), ({"contacts_24h": True}, {}, []),
        ({}, {"very_worried": True}, []),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(
    context: dict[str, bool | str], findings: dict[str, Value], unsure: list[str]
) -> None:
    """An unknown id or a value of the wrong kind is an error, never a guess."""
    with pytest.raises(ValueError):
        urgency(context, findings, unsure)
