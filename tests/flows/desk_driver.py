"""A clinic at night with the flows alone: a page, its coordinators, and a clock by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from data.load import load_content
from flows import desk, drill, escalation
from flows.clinic import Hours
from flows.house import House
from flows.message import Outbound, Text, Urn
from flows.page import Page, Reason
from flows.person import Patient, Person
from flows.record import Answer, Answered, By, Record, Reported, Told
from flows.scene import Assessment, Conversation, Scene
from flows.team import Act, Coordinator, Team
from flows.timer import Due, Timer
from flows.turn import Turn
from flows.urgency import Urgency

NIGHT = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""Two in the morning of a Tuesday in Jerusalem."""
DAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""Eleven in the morning of the same day."""
CONTENT = load_content()
"""As it is shipped."""
HOUSE = CONTENT.house
FAMILY, FATHER = Urn("telegram", "7"), Urn("telegram", "8")
GROUP = Urn("coordinator", "-100")
PAGER = Urn("apprise", "pager")
NAMES = {11: "Dana", 12: "Ben", 13: "Sam"}
IDS = {name: id for id, name in NAMES.items()}

E, I, S = Urgency.emergency, Urgency.immediate, Urgency.same_day  # noqa: E741 - clinical.md


def urn_of(name: str) -> Urn:
    """A coordinator's address."""
    return Urn("coordinator", str(IDS[name]))


def whole_team(**steps: tuple[Urn, ...]) -> Team:
    """Dana on call, Ben second, the group, Sam supervising; ``steps`` say otherwise."""
    members = {id: Coordinator(id, Urn("coordinator", str(id)), name) for id, name in NAMES.items()}
    usual = {
        "on_call": (urn_of("Dana"),),
        "second": (urn_of("Ben"),),
        "group": (GROUP,),
        "supervisor": (urn_of("Sam"),),
    }
    return Team(members=members, steps={**usual, **steps}, group=GROUP)


def nobody() -> Team:
    """A team in which no step has an address."""
    return whole_team(on_call=(), second=(), group=(), supervisor=())


def blank_scene(team: Team | None = None) -> Scene:
    """A family of two carers in the middle of an assessment."""
    mother = Person(1, FAMILY, 1, language_code="en", phone="+972501234567")
    father = Person(2, FATHER, 1, language_code="he")
    return Scene(
        person=mother,
        patient=Patient(1, name="Noa", ward_phone="+972520000000"),
        conversation=Conversation(1, 1),
        assessment=Assessment(1, 1, 1, NIGHT, HOUSE.protocol.stamp),
        past=(),
        page=None,
        resolved=(),
        carers=(mother, father),
        team=whole_team() if team is None else team,
        next_assessment_id=2,
    )


def found(value: object, into: dict[str, object] | None = None) -> dict[str, object]:
    """Every text id within, with its values; ids within values included."""
    seen = {} if into is None else into
    if isinstance(value, Text):
        seen.setdefault(value.id, dict(value.values))
        found(tuple(value.values.values()), seen)
    if isinstance(value, tuple):
        for part in value:
            found(part, seen)
    return seen


@dataclass
class Clinic:
    """The scene as it stands, the timers that run, and every message since the last look."""

    scene: Scene = field(default_factory=blank_scene)
    house: House = HOUSE
    now: datetime = NIGHT
    timers: dict[str, Timer] = field(default_factory=dict)
    sent: list[Outbound] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    turns: list[Turn] = field(default_factory=list)
    count: int = 0

    # --- what the family does ---

    def answers(
        self,
        finding: str,
        answer: Answer = Answer.yes,
        by: By = By.tap,
        number: str | None = None,
        words: str = "",
    ) -> Clinic:
        """Add an answer to the assessment."""
        value = None if number is None else Decimal(number)
        return self.records(Answered(self.now, finding, answer, by, value, words))

    def told(self, level: Urgency) -> Clinic:
        """Note that the family was told this level."""
        texts = ("advice.emergency.first",)
        return self.records(Told(self.now, level, texts, "en", HOUSE.protocol.stamp, ("chills",)))

    def records(self, *records: Record) -> Clinic:
        """Add records to the assessment."""
        run = self.scene.assessment
        assert run is not None
        grown = replace(run, records=run.records + records)
        self.scene = replace(self.scene, assessment=grown)
        return self

    def closes(self) -> Clinic:
        """Close the assessment and open another."""
        run, next_id = self.scene.assessment, self.scene.next_assessment_id
        assert run is not None
        past = (*self.scene.past, replace(run, closed_at=self.now, closed_why="silent"))
        fresh = Assessment(next_id, 1, 1, self.now, HOUSE.protocol.stamp)
        scene = replace(self.scene, past=past, assessment=fresh, next_assessment_id=next_id + 1)
        self.scene = scene
        return self

    def raises(self, level: Urgency, reason: Reason = Reason.findings) -> Turn:
        """Raise the patient's page."""
        self._file_resolved()
        return self._take(
            lambda turn: escalation.raise_page(turn, self.house, level, reason, self.now)
        )

    def reports(self, what: str, words: str = "") -> Turn:
        """Say something beside the questions."""
        if self.scene.assessment is not None:
            self.records(Reported(self.now, what, words))
        return self._take(lambda turn: escalation.family_said(turn, self.house, what, self.now))

    def gives_number(self, phone: str) -> Turn:
        """Send the own number."""
        person = replace(self.scene.person, phone=phone)
        carers = tuple(person if c.id == person.id else c for c in self.scene.carers)
        self.scene = replace(self.scene, person=person, carers=carers)
        return self._take(lambda turn: escalation.phone_given(turn, self.house, self.now))

    # --- what coordinators do ---

    def acts(
        self,
        name: str,
        verb: str,
        detail: str = "",
        *,
        page: int | None = 0,
        chat: Urn | None = None,
        language: str = "en",
    ) -> Turn:
        """A coordinator, or a stranger, taps or types; the page is the present one, if not said."""
        self.count += 1
        id = IDS.get(name, 99)
        urn = Urn("coordinator", str(id))
        about = self.page.id if page == 0 and self.scene.page else page
        done = Act(
            f"coordinator:{self.count}",
            urn,
            chat or urn,
            verb,
            about or None,
            detail,
            name,
            language,
        )
        team = self.scene.team
        open_pages = (self.scene.page,) if self.scene.page and self.scene.page.open else ()
        self.scene = replace(self.scene, actor=team.members.get(id), open_pages=open_pages)
        return self._take(lambda turn: desk.act(turn, self.house, done, self.now))

    def taps(self, name: str, token: str, chat: Urn | None = None) -> Turn:
        """Tap a button of the newest message that has it; AssertionError when there is none."""
        where = chat or urn_of(name)
        every = [said for turn in self.turns for said in turn.says if said.to == where]
        tokens = [c.token for said in every for row in said.choices for c in row]
        assert token in tokens, f"no button {token!r} in {where}: {tokens}"
        verb, page, detail = desk.parse(token)
        return self.acts(name, verb, detail, page=page, chat=chat)

    # --- what the house does ---

    def drills(self) -> Turn:
        """Open a drill."""
        self._file_resolved()
        return self._take(lambda turn: drill.open_drill(turn, self.house, self.now))

    def faults(self, cause: str) -> Turn:
        """Page a fault."""
        return self._take(lambda turn: escalation.open_fault(turn, self.house, cause, self.now))

    def falls_due(self, timer: Timer) -> Turn:
        """Put one timer through, whatever the clock says."""
        return self._take(lambda turn: escalation.due(turn, self.house, Due(timer), self.now))

    def forward(self, **span: float) -> list[Outbound]:
        """Let time pass; each timer that falls due meanwhile is put through, in order."""
        end = self.now + timedelta(**span)
        before = len(self.sent)
        while ripe := sorted(
            (t for t in self.timers.values() if t.due_at <= end), key=lambda t: (t.due_at, t.key)
        ):
            self.now = max(self.now, ripe[0].due_at)
            self._fire(ripe[0])
        self.now = end
        return self.sent[before:]

    def outage(self, **span: float) -> list[Outbound]:
        """Let time pass while nothing runs; then put through what is overdue."""
        self.now += timedelta(**span)
        before = len(self.sent)
        for timer in sorted(self.timers.values(), key=lambda t: (t.due_at, t.key)):
            if timer.due_at <= self.now and self.timers.get(timer.key) == timer:
                self._fire(timer)
        return self.sent[before:]

    def _fire(self, timer: Timer) -> None:
        del self.timers[timer.key]
        self.falls_due(timer)

    def _file_resolved(self) -> None:
        """As the store does between two turns: an ended page is no longer the present one."""
        page = self.scene.page
        if page is not None and not page.open:
            resolved = (*self.scene.resolved, page)
            self.scene = replace(self.scene, page=None, resolved=resolved)

    def _take(self, flow: Callable[[Turn], Turn]) -> Turn:
        turn = flow(Turn(self.scene))
        self.turns.append(turn)
        for key in set(turn.dropped) - {timer.key for timer in turn.timers}:
            self.timers.pop(key, None)
        self.timers.update({timer.key: timer for timer in turn.timers})
        for said in turn.says:
            assert said.key not in self.keys, f"two messages of one key: {said.key}"
            self.keys.add(said.key)
        self.sent += turn.says
        self.scene = turn.scene
        self._keeps_its_promise()
        return turn

    def _keeps_its_promise(self) -> None:
        """While a page is open, a timer of it is pending; when it is over, none is."""
        page = self.scene.page
        if page is None:
            return
        pending = [t for t in self.timers.values() if t.page_id == page.id]
        assert bool(pending) == page.open, (page.state, pending)

    # --- what stands ---

    @property
    def page(self) -> Page:
        """The present page."""
        assert self.scene.page is not None
        return self.scene.page

    def take_sent(self) -> list[Outbound]:
        """Every message since the last look."""
        sent, self.sent = self.sent, []
        return sent

    def rung(self) -> list[Urn]:
        """Whose telephone rang with a card since the last look, in order."""
        sent = self.take_sent()
        return [s.to for s in sent if "family" not in s.key and not s.edit and not s.silent]

    def heard(self, urn: Urn = FAMILY) -> list[str]:
        """The ids of the texts that an address was sent since the last look, in order."""
        return [part.id for said in self.take_sent() if said.to == urn for part in said.body]


def texts(said: Outbound) -> Mapping[str, object]:
    """The ids of a message's texts, and their values."""
    return found(said.body)


def tokens(said: Outbound) -> list[str]:
    """What the message's buttons carry."""
    return [choice.token for row in said.choices for choice in row]


# --- where many tests begin ----------------------------------------------------------------------

DANA, BEN, SAM = (urn_of(name) for name in ("Dana", "Ben", "Sam"))


def texts_of(turn: Turn) -> set[str]:
    """The ids of all that a turn says."""
    return {id for said in turn.says for id in texts(said)}


def chilled(scene: Scene | None = None, house: House = HOUSE, now: datetime = NIGHT) -> Clinic:
    """A clinic whose family has told of shaking chills."""
    return Clinic(blank_scene() if scene is None else scene, house, now).answers("chills")


def paged(scene: Scene | None = None) -> Clinic:
    """The same with an emergency that everybody of the first step was just alerted to."""
    house = chilled(scene)
    house.raises(E)
    house.take_sent()
    return house


def taken(name: str = "Dana") -> Clinic:
    """The same once somebody has it."""
    house = paged()
    house.acts(name, "acknowledge")
    house.take_sent()
    return house


def known_house() -> House:
    """The house once a clinician has signed "known to the team"."""
    return replace(HOUSE, escalation=replace(HOUSE.escalation, known_to_the_team=True))


def shut() -> House:
    """The house with a clinic that never opens."""
    hours = Hours(HOUSE.clinic.hours.zone, {}, {}, assumed=True)
    return replace(HOUSE, clinic=replace(HOUSE.clinic, hours=hours))
