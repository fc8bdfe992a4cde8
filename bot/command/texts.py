"""``main.py texts``: the catalogues brought up to the texts in code and content."""

from __future__ import annotations

from bot.refusal import Refusal
from bot.texts import ROOT, refresh
from data.catalogue import UnreadableCatalogue


def texts() -> int:
    """Write what is not fresh; print each file."""
    try:
        written = refresh()
    except UnreadableCatalogue as error:
        raise Refusal(str(error)) from None
    for path in written:
        print(path.relative_to(ROOT))
    return 0
