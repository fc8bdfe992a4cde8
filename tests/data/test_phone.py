"""A phone number, read and written."""

import pytest

from data.phone import grouped, read_phone


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("03-530 2222", "IL", "+97235302222"),
        ("the ward is +972 3 530 2222, thanks", "", "+97235302222"),
        ("٠٣-٥٣٠٢٢٢٢", "IL", "+97235302222"),
        ("03-530 2222", "", None),
        ("052-123-4567", "IL", "+972521234567"),  # possible, though in no range known here
        ("+972 52 123 4567", "", "+972521234567"),
        ("0544", "IL", None),
        ("38.4 38.9 39.1", "IL", None),
        ("38.4", "IL", None),
        ("no idea", "IL", None),
    ],
)
def test_numbers_are_read_from_any_notation(written: str, country: str, number: str | None) -> None:
    """Spaces, words around it, other digits; without a country no guess is made."""
    assert read_phone(written, country) == number


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("+972733746844", "+972-73-374-6844"),
        ("+99912345678", "+99912345678"),
        ("101", "101"),
        ("+5 more", "+5 more"),
    ],
)
def test_numbers_are_shown_in_groups(written: str, shown: str) -> None:
    """Groups with hyphens; whatever is no number in full stays as it is."""
    assert grouped(written) == shown
