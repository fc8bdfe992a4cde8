"""The static urgent text: ready before anything can fail."""

from bot.static import static_texts
from bot.voice import FIRST, LAST
from data.clinic import read_clinic
from data.folder import CONTENT
from tests.bot.words import Wordings, catalogues

EN: Wordings = {
    "static.urgent": "{ambulance} in {country}, else {elsewhere}; then {clinic}",
    "static.urgent_ward": "{ambulance}; ward {ward}; {clinic}",
}
READY = static_texts(
    read_clinic(CONTENT), catalogues(en=EN, he={"static.urgent_ward": "מחלקה {ward}"})
)


def test_the_static_text_holds_every_number() -> None:
    """The ambulance at home and elsewhere, and the clinic."""
    assert READY.words("en") == "101 in Israel, else 112 / 911 / 103; then +972-73-374-6844"


def test_the_wards_number_is_put_in_at_the_last_moment() -> None:
    """Where the ward is known its number stands in the text, isolated in Hebrew."""
    assert "ward +972-3-530-2222;" in READY.words("en", "+97235302222")
    assert READY.words("he-IL", "+97235302222") == f"מחלקה {FIRST}+972-3-530-2222{LAST}"


def test_a_language_without_the_text_says_it_in_english() -> None:
    """A translation that is missing, or a unknown language, costs nothing but the language."""
    assert READY.words("he") == READY.words("fr") == READY.words()


def test_it_is_ready_for_any_channel() -> None:
    """No buttons and no card: nothing that could be refused."""
    assert READY.rendered("en").text == READY.words("en")
