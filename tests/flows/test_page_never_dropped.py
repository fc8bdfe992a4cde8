"""A page is never dropped: whatever happens in whatever order, a timer is pending until its end."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from flows import page_timer
from flows.page import PageState, Reason
from flows.team import Team
from tests.flows.desk_driver import (
    FAMILY,
    GROUP,
    HOUSE,
    PAGER,
    Clinic,
    E,
    I,
    S,
    blank_scene,
    nobody,
    whole_team,
)

KNOWN = replace(HOUSE, escalation=replace(HOUSE.escalation, known_to_the_team=True))
TEAMS = (
    whole_team(),
    whole_team(on_call=()),
    whole_team(second=(), group=(), supervisor=()),
    whole_team(on_call=(PAGER,), supervisor=(PAGER,)),
    nobody(),
)
VERBS = ("acknowledge", "calling", "ask_number", "accept", "show", "open", "text", "start")
HAS_IT = frozenset({"page.acknowledged", "page.handed_on"})
NOBODY = frozenset({"page.unanswered", "page.taken_back", "page.nobody", "page.resolved"})


def thinned(team: Team, gone: int) -> Team:
    """The team without one of its members."""
    return replace(team, members={id: m for id, m in team.members.items() if id != gone})


class NeverDropped(RuleBasedStateMachine):
    """Acts, rises and timers in any order; the driver itself checks the timers at every turn."""

    def __init__(self) -> None:
        super().__init__()
        self.house = Clinic(scene=blank_scene(), house=KNOWN).answers("chills")

    @rule(
        level=st.sampled_from((S, I, E)),
        reason=st.sampled_from((Reason.findings, Reason.unfinished, Reason.not_reached)),
    )
    def family_raises(self, level: object, reason: Reason) -> None:
        """The family's case is raised, at any level, for any reason."""
        self.house.raises(level, reason)  # type: ignore[arg-type]

    @rule(finding=st.sampled_from(("jaundice", "bruising", "chills")))
    def family_finds(self, finding: str) -> None:
        """The family answers something more."""
        self.house.answers(finding)

    @rule(what=st.sampled_from(("called", "said", "blocked")))
    def family_reports(self, what: str) -> None:
        """The family says something beside the questions."""
        self.house.reports(what, "words")

    @rule(
        name=st.sampled_from(("Dana", "Ben", "Sam", "Mallory")),
        verb=st.sampled_from(VERBS),
        chat=st.sampled_from((None, GROUP)),
    )
    def coordinator_acts(self, name: str, verb: str, chat: object) -> None:
        """Anybody taps or types anything, anywhere."""
        self.house.acts(name, verb, "words", chat=chat)  # type: ignore[arg-type]

    @rule(
        name=st.sampled_from(("Dana", "Ben")), what=st.sampled_from(("", "come_now", "ambulance"))
    )
    def coordinator_replies(self, name: str, what: str) -> None:
        """A ready sentence, or the beginning of own words."""
        self.house.acts(name, "reply", what)

    @rule(name=st.sampled_from(("Dana", "Ben")), to=st.sampled_from(("", "11", "12", "13")))
    def coordinator_hands_on(self, name: str, to: str) -> None:
        """An offer to anybody, oneself included."""
        self.house.acts(name, "hand_on", to)

    @rule(
        name=st.sampled_from(("Dana", "Sam")),
        outcome=st.sampled_from(("", "reached", "known_to_the_team", "nonsense")),
    )
    def coordinator_resolves(self, name: str, outcome: str) -> None:
        """An end, by who may and by who may not."""
        self.house.acts(name, "resolve", outcome)

    @rule(name=st.sampled_from(("Dana", "Ben")), verb=st.sampled_from(("blocked", "returned")))
    def address_changes(self, name: str, verb: str) -> None:
        """A coordinator blocks the bot, or comes back."""
        self.house.acts(name, verb, page=None)

    @rule(team=st.sampled_from(TEAMS), gone=st.sampled_from((0, 11, 12)))
    def settings_change(self, team: Team, gone: int) -> None:
        """The house is started again with other coordinators."""
        scene = self.house.scene
        self.house.scene = replace(scene, team=thinned(team, gone))

    @rule(minutes=st.sampled_from((0.5, 2, 5, 15, 31, 600)))
    def time_passes(self, minutes: float) -> None:
        """Every timer that falls due is put through in order."""
        self.house.forward(minutes=minutes)

    @rule(minutes=st.sampled_from((3, 40, 2000)))
    def outage(self, minutes: float) -> None:
        """Nothing runs for a while; then everything overdue at once."""
        self.house.outage(minutes=minutes)

    @precondition(lambda self: self.house.scene.page is not None)
    @rule(place=st.integers(0, 30))
    def old_timer_comes_again(self, place: int) -> None:
        """A timer that was moved, or dropped, is put through all the same."""
        timers = [timer for turn in self.house.turns for timer in turn.timers]
        if timers:
            timer = timers[-1 - place % len(timers)]
            if timer != self.house.timers.get(timer.key):
                self.house.falls_due(timer)

    @precondition(lambda self: self.house.scene.page is not None)
    @rule()
    def start_checks(self) -> None:
        """A start checks the open page."""
        timer = page_timer.timer(self.house.page, "step", self.house.now)
        self.house.falls_due(replace(timer, kind="page_check"))

    @invariant()
    def timers_fit_the_state(self) -> None:
        """The pending timer is one that will do something: never a stale one alone."""
        page = self.house.scene.page
        if page is not None and page.open:
            pending = [t for t in self.house.timers.values() if t.page_id == page.id]
            assert any(page_timer.current(page, timer) for timer in pending)

    @invariant()
    def family_believes_what_is_true(self) -> None:
        """Once the family heard that somebody has it, it is so, or it heard otherwise since."""
        page = self.house.scene.page
        heard = [p.id for s in self.house.sent if s.to == FAMILY for p in s.body]
        last = next((id for id in reversed(heard) if id in HAS_IT | NOBODY), "")
        if page is not None and last in HAS_IT:
            assert page.state is PageState.acknowledged
        if page is not None and page.state is PageState.acknowledged:
            assert last in HAS_IT


NeverDropped.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestNeverDropped = NeverDropped.TestCase
