"""Sign-off: who reviewed the protocol and each language's urgent texts, and at which hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from data.catalogue import Catalogues
from data.refusal import Table, read_table

FILE = "review.toml"
URGENT = ("advice.", "finding.", "sign.", "static.", "sweep.")
"""First words of the texts that a family reads in danger: an edit of any voids the signature."""


def unsigned(folder: Path, catalogues: Catalogues) -> tuple[str, ...]:
    """What no clinician or translator has signed as it stands, a line each; empty: all is signed.

    Each line ends in the hash to be written into review.toml by whoever signs.
    """
    reviews = read_reviews(folder)
    hashes = {**protocol_hashes(folder), **language_hashes(catalogues)}
    lines = (_line(reviews.get(name), name, hash) for name, hash in hashes.items())
    return tuple(line for line in lines if line)


def protocol_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each protocol file, by its name within the content."""
    files = sorted((folder / "protocols").glob("*.toml"))
    return {f"protocols/{path.name}": _sha256(path.read_bytes()) for path in files}


def language_hashes(catalogues: Catalogues) -> dict[str, str]:
    """SHA-256 of each language's urgent texts, by ``language/he``."""
    return {f"language/{code}": _urgent_hash(catalogues, code) for code in catalogues.languages}


def _urgent_hash(catalogues: Catalogues, language: str) -> str:
    urgent = sorted(
        (wording.id, wording.context, wording.forms)
        for wording in catalogues.wordings(language)
        if wording.id.startswith(URGENT)
    )
    return _sha256(json.dumps(urgent, ensure_ascii=False).encode())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_reviews(folder: Path) -> Mapping[str, Table]:
    """The signatures of review.toml, by what was signed; none when there is no such file."""
    path = folder / FILE
    if not path.exists():
        return {}
    return dict(_reviews(read_table(path)))


def _reviews(table: Table) -> Iterator[tuple[str, Table]]:
    for name in table.values:
        review = table.table(name)
        review.only("reviewed_by", "reviewed_at", "hash")
        yield name, review


def _line(review: Table | None, name: str, hash: str) -> str:
    """Why it is unsigned; empty when it is signed."""
    if review is None or not review.text("reviewed_by", ""):
        return f"unsigned: {name} (hash {hash})"
    signer, at = review.text("reviewed_by"), review.get("reviewed_at", date)
    if review.text("hash") == hash:
        return ""
    return f"unsigned: {name}: edited since {signer} signed it on {at} (hash {hash})"
