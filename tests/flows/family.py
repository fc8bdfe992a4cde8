"""A family talking with the flows alone: no store, no channel, a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from data.load import load
from flows.assessment import answers, judge_scene, told
from flows.conversation import Input, advance
from flows.house import House
from flows.message import Choice, Inbound, InboundKind, Marks, Outbound, Text, Urn
from flows.person import Patient, Person
from flows.record import Record
from flows.scene import Conversation, Scene
from flows.team import EMPTY_TEAM, Team
from flows.timer import Due, Timer
from flows.turn import Turn
from flows.urgency import Urgency

NIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""Two in the morning of a Tuesday in Jerusalem."""
URN = Urn("telegram", "7")


@lru_cache(maxsize=1)
def shipped() -> House:
    """The house with the content as it is shipped."""
    return load()


def blank_scene(team: Team = EMPTY_TEAM) -> Scene:
    """A person whom nobody has met."""
    person = Person(1, URN, 1, language_code="en")
    return Scene(
        person=person,
        patient=Patient(1),
        conversation=Conversation(1, 1),
        assessment=None,
        past=(),
        page=None,
        resolved=(),
        carers=(person,),
        team=team,
    )


def ids(texts: Iterable[object]) -> set[str]:
    """The ids of texts, those within texts included."""
    found: set[str] = set()
    for part in texts:
        if isinstance(part, Text):
            found |= {part.id} | ids(part.values.values())
        if isinstance(part, tuple):
            found |= ids(part)
    return found


@dataclass
class Family:
    """One person, what was said to them, and the timers that run for them."""

    scene: Scene = field(default_factory=blank_scene)
    house: House = field(default_factory=shipped)
    now: datetime = NIGHT
    timers: dict[str, Timer] = field(default_factory=dict)
    said: list[Outbound] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    count: int = 0
    marks: Marks = Marks.buttons

    # --- what the person does ---

    def says(self, text: str, kind: InboundKind = InboundKind.text) -> Turn:
        """Type something."""
        return self._sends(text=text, kind=kind)

    def taps(self, token: str) -> Turn:
        """Tap the newest button whose token ends so; AssertionError when there is none."""
        return self._sends(kind=InboundKind.tap, token=self.button(token).token)

    def taps_old(self, token: str) -> Turn:
        """Tap a button by its whole token, however old."""
        return self._sends(kind=InboundKind.tap, token=token)

    def shares(self, phone: str) -> Turn:
        """Share the own contact."""
        return self._sends(kind=InboundKind.contact, phone=phone)

    def sends(self, kind: InboundKind) -> Turn:
        """Send something without words."""
        return self._sends(kind=kind)

    def _sends(self, kind: InboundKind, text: str = "", token: str = "", phone: str = "") -> Turn:
        self.count += 1
        update = f"telegram:{self.count}"
        inbound = Inbound(
            update,
            URN,
            kind,
            text,
            token,
            phone,
            self.scene.person.language_code,
            marks=self.marks,
        )
        return self._advance(inbound)

    def does(self, input: Input) -> Turn:
        """Put any input through."""
        return self._advance(input)

    def _advance(self, input: Input) -> Turn:
        turn = advance(self.house, self.scene, input, self.now)
        self.turns.append(turn)
        self.said = [said for said in turn.says if said.to == URN]
        for key in turn.dropped:
            self.timers.pop(key, None)
        self.timers.update({timer.key: timer for timer in turn.timers})
        opened = turn.scene.assessment
        next_id = max(self.scene.next_assessment_id, opened.id + 1 if opened else 1)
        self.scene = replace(turn.scene, next_assessment_id=next_id)
        return turn

    def forward(self, **span: float) -> list[Outbound]:
        """Let time pass; each timer that falls due meanwhile is put through, in order."""
        end = self.now + timedelta(**span)
        heard: list[Outbound] = []
        while ripe := sorted(
            (t for t in self.timers.values() if t.due_at <= end), key=lambda t: t.due_at
        ):
            self.now = max(self.now, ripe[0].due_at)
            del self.timers[ripe[0].key]
            self._advance(Due(ripe[0]))
            heard += self.said
        self.now = end
        self.said = heard
        return heard

    def hears(self, **span: float) -> set[str]:
        """Let time pass; the ids of every text that was heard meanwhile."""
        return ids(said.body for said in self.forward(**span))

    def outage(self, **span: float) -> set[str]:
        """Let time pass while the house is down: what fell due meanwhile comes late, at once."""
        self.now += timedelta(**span)
        return self.hears(seconds=0)

    def fires(self, timer: Timer) -> Turn:
        """Put one timer through, due or not."""
        return self._advance(Due(timer))

    # --- what stands before the person ---

    def button(self, token: str) -> Choice:
        """The newest choice whose token ends so."""
        for turn in reversed(self.turns):
            for said in reversed([s for s in turn.says if s.to == URN]):
                for row in said.choices:
                    for choice in row:
                        if choice.token.split(".", 1)[-1] == token:
                            return choice
        raise AssertionError(f"no button {token!r}")

    def offers(self, token: str) -> Choice:
        """The choice of the last turn whose token ends so; AssertionError when there is none."""
        shown = [c for said in self.said for row in said.choices for c in row]
        found = [c for c in shown if c.token.split(".", 1)[-1] == token]
        assert found, f"no button {token!r}"
        return found[-1]

    @property
    def all_heard(self) -> set[str]:
        """The ids of every text ever said to the person."""
        return ids(said.body for turn in self.turns for said in turn.says if said.to == URN)

    def heard(self) -> set[str]:
        """The ids of every text of the last turn."""
        return ids(said.body for said in self.said)

    def offered(self) -> list[str]:
        """The tokens of the last message's choices, without their serial."""
        return [t.split(".", 1)[-1] for t in self.said[-1].tokens] if self.said else []

    def offer(self, tokens: Iterable[str]) -> None:
        """Let these be the choices that the person sees."""
        conversation = self.scene.conversation
        screen = replace(conversation.screen, tokens=tuple(tokens))
        self.scene = replace(self.scene, conversation=replace(conversation, screen=screen))

    # --- what became of it ---

    @property
    def told(self) -> Urgency | None:
        """The level that was told."""
        return told(self.scene.assessment)

    @property
    def level(self) -> Urgency:
        """The level that is judged now."""
        return judge_scene(self.house, self.scene, self.now).urgency

    @property
    def state(self) -> str:
        """The stored state of the conversation."""
        return self.scene.conversation.state

    def answer(self, id: str) -> str:
        """What the records say of a finding or a context; empty when nothing."""
        run = self.scene.assessment
        known = answers(run.records).get(id) if run else None
        return known.answer.value if known else ""

    def by(self, id: str) -> str:
        """How that answer came to be; empty when there is none."""
        run = self.scene.assessment
        known = answers(run.records).get(id) if run else None
        return known.by.value if known else ""

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of the open assessment."""
        return self.scene.assessment.records if self.scene.assessment else ()

    @property
    def waits(self) -> set[str]:
        """The kinds of the timers that run."""
        return {timer.kind for timer in self.timers.values()}
