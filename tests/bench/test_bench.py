"""How long the house takes: a judgement, a whole turn, and turns that share a commit.

Ratios are taken within one run, since machines are noisy. `make bench` prints the lines.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest

from bot.channels.base import Limits
from bot.composer import Composer
from bot.outbox import rows_of
from data.load import load_content
from data.store import Ledger, Store, open_store
from flows.conversation import advance
from flows.facts import Facts
from flows.judgement import judge
from flows.message import Inbound, InboundKind, Urn
from flows.record import Answer

pytestmark = pytest.mark.bench

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CONTENT = load_content()
HOUSE = CONTENT.house
COMPOSER = Composer(HOUSE, CONTENT.catalogues, {"telegram": Limits()})
QUEUED = 64


def _median(work: Callable[[], object], times: int = 300) -> float:
    """Seconds of one run, the middle of many."""
    taken = []
    for _ in range(times):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return statistics.median(taken)


def test_judgement() -> None:
    """One judgement of three findings and a reading."""
    facts = Facts(
        answers={"light_headed": Answer.yes, "chills": Answer.unknown, "jaundice": Answer.no},
        readings=(Decimal("38.4"),),
    )
    seconds = _median(lambda: judge(HOUSE.protocol, facts))
    print(f"\njudgement: {seconds * 1e6:.0f} us (median)")


def _turn(ledger: Ledger, number: int, said: str = "38.4") -> None:
    """What the intake does with one message: load, advance, render, record."""
    urn = Urn("telegram", str(number))
    inbound = Inbound(f"telegram:{number}", urn, InboundKind.text, said, language_code="he")
    ledger.record_update(inbound.update, urn, "text", NOW)
    scene = ledger.scene_of(urn, NOW, language_code="he")
    turn = advance(HOUSE, scene, inbound, NOW)
    family = [said for said in turn.says if said.to == urn]
    rows = [row for one in family for row in rows_of(one, COMPOSER.pieces(turn.scene, one, NOW))]
    ledger.save(scene, turn, NOW, rows, actor="bench")


def _queued(store: Store, first: int) -> tuple[float, int]:
    """Seconds and commits for turns that waited behind a held writer."""
    before = store.commits
    with store.held():
        futures = [
            store.submit(lambda ledger, number=number: _turn(ledger, number))  # type: ignore[misc]
            for number in range(first, first + QUEUED)
        ]
        begun = perf_counter()
    for future in futures:
        future.result()
    return perf_counter() - begun, store.commits - before


def test_turn_and_group_commit(tmp_path: Path) -> None:
    """A first message of 38.4, alone with its commit, and 64 of them that waited together."""
    with open_store(tmp_path / "bench.db") as store:
        numbers = iter(range(1, 10_000))
        alone = _median(
            lambda: store.submit(lambda ledger: _turn(ledger, next(numbers))).result(), 100
        )
        together, commits = _queued(store, 50_000)
    each = together / QUEUED
    print(f"\nturn with its own commit: {alone * 1e3:.2f} ms (median)")
    print(f"{QUEUED} queued turns: {each * 1e3:.2f} ms each, {commits} commits")
    print(f"a shared commit takes {each / alone:.2f} of the time a turn takes alone")
