"""A family that writes in another language of ours is offered it."""

from __future__ import annotations

from tests.flows.place import at, at_home


def test_another_language_is_offered_in_its_own_words() -> None:
    """Hebrew to an English conversation: one tap goes on in Hebrew."""
    family = at_home()
    family.says("אפשר לשאול משהו על התור מחר")
    assert family.said[-1].language == "he"
    assert "language.offer" in family.heard()
    family.taps("lang:he")
    assert family.scene.person.language == "he"


def test_danger_comes_before_the_offer() -> None:
    """The advice and its numbers stand above the offer of a language."""
    family = at_home()
    family.says("הבן שלי לא נושם")
    said = [one.body[0].id for one in family.said if one.body]
    assert said[0] == "advice.emergency.first"
    assert said[-1] == "language.offer"


def test_a_language_is_offered_once() -> None:
    """Who goes on in it without choosing it is not asked again."""
    family = at("urine")
    family.says("אפשר לשאול משהו על התור מחר")
    family.says("מתי פותחים את המרפאה מחר בבוקר")
    assert "language.offer" not in family.heard()


def test_the_same_language_is_not_offered() -> None:
    """Nor is one for a number, or for a word that several languages share."""
    family = at_home()
    for words in ("what about the appointment tomorrow", "38.4", "ok"):
        family.says(words)
        assert "language.offer" not in family.heard()


def test_a_forgotten_person_is_offered_nothing() -> None:
    """After being erased nothing is owed but the word that it is done."""
    family = at_home()
    family.says("erase")
    family.taps("erase_yes")
    assert "language.offer" not in family.heard()
