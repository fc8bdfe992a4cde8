"""Ways out at every hour: the matrix of conversation.md 7, in each language."""

from dataclasses import replace

from bot.wayout import cases, wayout_issues
from data.load import load_content
from flows.person import Form
from tests.bot.words import Wordings, catalogues

CONTENT = load_content()


def test_every_family_has_a_way_out_at_night() -> None:
    """Ward known or not x country known or not x on the ward or not x open or shut x level."""
    assert list(wayout_issues(CONTENT.house, CONTENT.catalogues)) == []
    countries = len(CONTENT.house.clinic.countries) + 1
    assert len(list(cases(CONTENT.house))) == 2 * countries * 4 * 4 * 2


def test_a_bubble_that_is_too_long_is_seen() -> None:
    """More than 400 characters with the numbers in: the language and the text are named."""
    long: Wordings = {"advice.emergency.first": "x" * 401}
    house = replace(CONTENT.house, languages=("en",))
    texts: Wordings = {
        wording.id: wording.forms[0] if len(wording.forms) == 1 else wording.forms
        for wording in CONTENT.catalogues.wordings("en")
        if not wording.context
    }
    found = list(wayout_issues(house, catalogues(en={**texts, **long})))
    assert found
    assert all("en: advice.emergency.first: 401 characters, not 400" in line for line in found)
    assert len(found) % (len(Form) * 2) == 0
