"""Who writes, and what they say of themselves first, hides nothing of the patient."""

from __future__ import annotations

import pytest

from flows.understanding import understand
from flows.understanding.flag import interrupts
from tests.flows.family import shipped
from tests.flows.understanding.score import messages

HOUSE = shipped()
AROUND = {
    "en": ("i am his mother and {}", "my husband is asleep and {}", "{} what does it mean"),
    "he": ("אני אמא שלו, {}", "בעלי ישן ו{}", "{} מה זה אומר"),
    "ar": ("انا امه و {}", "جوزي نايم و {}", "{} شو يعني"),
    "ru": ("я его мама и {}", "нас выписали два дня назад, {}", "{} что это значит"),
    "uk": ("я його мама і {}", "нас виписали два дні тому, {}", "{} що це значить"),
}
TYPED_OTHERWISE = ("layout", "translit")
FEW = 0.05
"""The share of dangerous messages that may be lost within others' words."""


def alarming(written: str) -> bool:
    """Whether a message interrupts by the words as they are shipped."""
    heard = understand(written, HOUSE.lexicon, HOUSE.protocol)
    return interrupts(heard, HOUSE.protocol)


@pytest.mark.parametrize(
    ("language", "around"), [(own, said) for own, ways in AROUND.items() for said in ways]
)
def test_who_writes_hides_no_danger(language: str, around: str) -> None:
    """A mother who says first who she is, or asks behind it what it means, is heard."""
    plain = [m["text"] for m in messages(language)[::2] if m["kind"] not in TYPED_OTHERWISE]
    dangerous = [text for text in plain if alarming(text)]
    lost = [text for text in dangerous if not alarming(around.format(text))]
    assert len(lost) <= FEW * len(dangerous), lost
