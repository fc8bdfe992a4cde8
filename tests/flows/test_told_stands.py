"""Whatever a family does, in any order: it is answered, and what it was told stands."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from flows.assessment import told
from flows.lifecycle import derive
from flows.message import InboundKind, Marks
from flows.turn import Turn
from flows.urgency import Urgency
from tests.flows.family import URN, Family, blank_scene

WORDS = (
    "38.4",
    "36,6",
    "37.7",
    "٣٨٫٥",
    "101.3 F",
    "44",
    "3-4 times",
    "7",
    "1 4",
    "new bruises",
    "hives",
    "he collapsed at home",
    "vomited 7 times and 38.9 in the shade",
    "dizzy and pale since the morning, and a little tired after the walk to school",
    "fever",
    "no urine",
    "Иван",
    "",
    "   ",
    "\ud800\x00",
    "+972 52 123 4567",
    "5.11",
    "/start",
    "/home",
    "/back",
    "/again",
    "/stop",
    "/help",
    "/language",
    "/setup",
    "/about",
    "/erase",
    "/nothing",
)
SILENT = (
    InboundKind.voice,
    InboundKind.photo,
    InboundKind.sticker,
    InboundKind.location,
    InboundKind.other,
)


class Conversations(RuleBasedStateMachine):
    """One family, doing anything."""

    def __init__(self) -> None:
        super().__init__()
        self.family = Family()
        self.told: dict[int, Urgency] = {}
        self.keys: set[str] = set()

    def _answered(self, turn: Turn) -> None:
        """Every input is answered; a key names one message for ever."""
        assert [said for said in turn.says if said.to == URN], "silence"
        self._kept(turn)
        if turn.erase:
            self.family.scene = replace(
                blank_scene(),
                next_assessment_id=self.family.scene.next_assessment_id,
                next_page_id=self.family.scene.next_page_id,
            )
            self.family.timers.clear()

    def _kept(self, turn: Turn) -> None:
        for said in turn.says:
            assert said.key not in self.keys, f"{said.key} names two messages"
            self.keys.add(said.key)

    @rule(words=st.sampled_from(WORDS) | st.text(max_size=12), edited=st.booleans())
    def says(self, words: str, edited: bool) -> None:
        self._answered(self.family.says(words, InboundKind.edited if edited else InboundKind.text))

    @rule(kind=st.sampled_from(SILENT))
    def sends(self, kind: InboundKind) -> None:
        self._answered(self.family.sends(kind))

    @rule(phone=st.sampled_from(("+972521234567", "12", "")))
    def shares(self, phone: str) -> None:
        self._answered(self.family.shares(phone))

    @rule(marks=st.sampled_from(Marks))
    def changes_channel(self, marks: Marks) -> None:
        self.family.marks = marks

    @rule(place=st.integers(0, 30))
    def taps(self, place: int) -> None:
        tokens = self.family.scene.conversation.screen.tokens
        if tokens:
            self._answered(self.family.taps_old(tokens[place % len(tokens)]))

    @rule(place=st.integers(0, 400))
    def taps_an_old_button(self, place: int) -> None:
        shown = [t for turn in self.family.turns for said in turn.says for t in said.tokens]
        if shown:
            self._answered(self.family.taps_old(shown[place % len(shown)]))

    @rule(
        token=st.sampled_from(
            ("", ".", "1.", "9.c:x", "a1.dose:x", "a1.gone", "0.lang:xx", "1.s", "x.t:y")
        )
    )
    def taps_nonsense(self, token: str) -> None:
        self._answered(self.family.taps_old(token))

    @rule(minutes=st.sampled_from((1, 3, 8, 16, 61, 130, 800)))
    def waits(self, minutes: int) -> None:
        before = len(self.family.turns)
        self.family.forward(minutes=minutes)
        for turn in self.family.turns[before:]:
            self._kept(turn)

    @invariant()
    def what_was_told_stands(self) -> None:
        run = self.family.scene.assessment
        level = told(run)
        if run is None or level is None:
            return
        assert level >= self.told.get(run.id, level), "a level fell"
        self.told[run.id] = level
        page = self.family.scene.page
        assert level < Urgency.immediate or (page is not None and page.open), "nobody was paged"

    @invariant()
    def what_is_judged_urgent_was_told(self) -> None:
        family = self.family
        urgent = family.scene.assessment is not None and family.level >= Urgency.immediate
        assert not urgent or family.level <= (family.told or Urgency.information), "not told"

    @invariant()
    def the_stored_state_is_the_derived_one(self) -> None:
        family = self.family
        assert family.state == derive(family.house, family.scene, family.now)


TestConversations = Conversations.TestCase
TestConversations.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
