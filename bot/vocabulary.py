"""Whether every language has words for all that a family can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from data.folder import LOCALES
from data.lexicon import WORDS, Tongue, read_tongue
from flows.protocol import Kind, Protocol
from flows.understanding.read import FINDING
from flows.understanding.scope import ROLES


def vocabulary_issues(
    protocol: Protocol, languages: Iterable[str], locales: Path = LOCALES
) -> Iterator[str]:
    """A line for each finding, and each mark of meaning, that a language has no words for; and
    for each language spoken that has no words at all."""
    tongues = [read_tongue(path, protocol) for path in sorted(locales.glob(f"*/{WORDS}"))]
    known = {tongue.language for tongue in tongues}
    for language in languages:
        if language not in known:
            yield f"{language}: {WORDS} is missing: what families type would not be understood"
    for tongue in tongues:
        yield from _missing(tongue, protocol)


def _missing(tongue: Tongue, protocol: Protocol) -> Iterator[str]:
    said = {phrase.what for phrase in tongue.phrases if phrase.role == FINDING}
    marks = {phrase.role for phrase in tongue.phrases}
    for finding in protocol.findings.values():
        if finding.kind is not Kind.temperature and finding.id not in said:
            yield f"{tongue.language}/{WORDS}: finding.{finding.id}: has no words"
    for role in ROLES:
        if role not in marks:
            yield f"{tongue.language}/{WORDS}: scope.{role}: has no words"
