"""The order of the levels."""

from itertools import pairwise

from flows.urgency import Urgency, gravest


def test_levels_are_ordered_from_the_calmest_to_the_gravest() -> None:
    """Each level is below the next, by meaning and not by the alphabet."""
    for calmer, graver in pairwise(Urgency):
        assert calmer < graver
        assert calmer <= graver
        assert graver > calmer
        assert graver >= calmer
        assert calmer <= calmer
        assert not graver <= calmer
    assert Urgency.emergency > "routine"


def test_the_gravest_of_several_counts() -> None:
    """The highest level wins; of none, routine is left."""
    assert gravest([Urgency.same_day, Urgency.emergency]) is Urgency.emergency
    assert gravest([]) is Urgency.routine
