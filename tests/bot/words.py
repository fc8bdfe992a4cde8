"""Small catalogues for tests, compiled as the real ones are."""

from collections.abc import Mapping

from babel.messages.catalog import Catalog

from data.catalogue import Catalogues, compiled, joined

Wordings = Mapping[str | tuple[str, str], str | tuple[str, ...]]
"""An id, or a context and an id -> its wording, or one for each plural form."""

SCREEN: Wordings = {
    "screen.pair": "{name}: {value}",
    "screen.patient": "the patient",
    "screen.rehearsal": "Rehearsal x{scale}",
    "screen.reply_letter": "Reply with the letter.",
    "screen.reply_number": "Reply with the number.",
    "screen.reply_numbers": "Reply with the numbers, e.g. 1 4",
    "screen.type_phone": "Type your number.",
}


def catalogues(**languages: Wordings) -> Catalogues:
    """Catalogues of these languages; English gets what every screen needs as well."""
    given: dict[str, Wordings] = {"en": {}, **languages}
    given["en"] = {**SCREEN, **given["en"]}
    catalogs = {code: joined(code, [_catalog(code, texts)], None) for code, texts in given.items()}
    return Catalogues(catalogs, {code: compiled(catalog) for code, catalog in catalogs.items()})


def _catalog(language: str, wordings: Wordings) -> Catalog:
    catalog = Catalog(locale=language)
    for key, words in wordings.items():
        context, id = key if isinstance(key, tuple) else (None, key)
        catalog.add((id, id) if isinstance(words, tuple) else id, words, context=context)
    return catalog
