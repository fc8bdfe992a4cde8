"""The stage: how a scene is loaded for an input, and how what a turn made of it is saved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from data.codec import Codec
from data.store.assessment import Assessments
from data.store.coordinator import Coordinators
from data.store.family import Families
from data.store.page import Pages
from flows.message import Urn
from flows.page import Page
from flows.person import Patient, Person
from flows.scene import Assessment, Conversation, Scene
from flows.team import Act, Coordinator, Team

PAST = timedelta(hours=72)
"""How far back closed assessments are loaded."""
RESOLVED = timedelta(hours=24)
"""How far back resolved pages are loaded."""

NOBODY = Person(0, Urn("nobody", "0"), 0)
"""The person of a page that concerns no patient; never saved."""
NO_PATIENT = Patient(0)
NO_CONVERSATION = Conversation(0, 0)


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


N = TypeVar("N", bound=_Numbered)


class Stage:
    """Loads scenes and saves what became of them; the tables below know nothing of each other."""

    def __init__(self, conn: sqlite3.Connection, codec: Codec, team: Team) -> None:
        self.families = Families(conn, codec)
        self.assessments = Assessments(conn, codec)
        self.pages = Pages(conn, codec)
        self.coordinators = Coordinators(conn, codec)
        self._team = team

    # --- loading --------------------------------------------------------------------------------

    def of_urn(self, urn: Urn, now: datetime, language_code: str, name: str) -> Scene:
        """The scene of an address; whoever writes for the first time is made known."""
        person = self.families.person_by_urn(urn)
        if person is None:
            person = self.families.welcome(urn, now, language_code, name)
        elif language_code and language_code != person.language_code:
            person = replace(person, language_code=language_code)
            self.families.put_person(person)
        return self._of(person, now)

    def of_person(self, id: int, now: datetime) -> Scene:
        """The scene of a person; LookupError when there is none."""
        person = self.families.person(id)
        if person is None:
            raise LookupError(f"no person {id}")
        return self._of(person, now)

    def of_page(self, id: int, now: datetime) -> Scene:
        """The scene of a page: of its patient's first carer, or of nobody.

        ``page`` is then the patient's open page, which may be another one than was asked for.
        """
        page = self.pages.page(id)
        if page is None:
            return self.empty()
        if page.patient_id is None:
            return replace(self.empty(), page=page)
        carers = self.families.carers(page.patient_id)
        if carers:
            return self._of(carers[0], now)
        return replace(self.empty(), page=self.pages.open_of(page.patient_id))

    def of_act(self, act: Act, now: datetime) -> Scene:
        """The scene of a coordinator's act; ``actor`` is None for somebody without rights."""
        team = self.coordinators.known(self._team)
        actor = next((one for one in team.members.values() if one.urn == act.urn), None)
        page_id = _expected_page(actor) if act.verb == "text" else act.page_id
        scene = self.empty() if actor is None or page_id is None else self.of_page(page_id, now)
        ours = actor is not None or act.chat == team.group or act.urn in team.addresses
        return replace(scene, actor=actor, open_pages=self.pages.open() if ours else ())

    def of_fault(self, cause: str) -> Scene:
        """The scene of a fault: nobody's, with the open page of its cause, if there is one."""
        return replace(self.empty(), page=self.pages.open_for(cause))

    def empty(self) -> Scene:
        """The scene of nobody in particular."""
        return Scene(
            person=NOBODY,
            patient=NO_PATIENT,
            conversation=NO_CONVERSATION,
            assessment=None,
            past=(),
            page=None,
            resolved=(),
            carers=(),
            team=self.coordinators.known(self._team),
            next_assessment_id=self.assessments.next_id(),
            next_page_id=self.pages.next_id(),
        )

    def _of(self, person: Person, now: datetime) -> Scene:
        patient = person.patient_id
        return replace(
            self.empty(),
            person=person,
            patient=self.families.patient(patient),
            conversation=self.families.conversation(person.id),
            assessment=self.assessments.open_of(patient),
            past=self.assessments.closed_since(patient, now - PAST),
            page=self.pages.open_of(patient),
            resolved=self.pages.resolved_since(patient, now - RESOLVED),
            carers=self.families.carers(patient),
        )

    # --- saving ---------------------------------------------------------------------------------

    def save(self, before: Scene, after: Scene) -> None:
        """Write what differs; placeholders, whose id is 0, are never written."""
        self._save_family(before, after)
        known = _by_id(_assessments(before))
        for assessment in _assessments(after):
            self.assessments.save(known.get(assessment.id), assessment)
        self._save_pages(before, after)
        self._save_coordinators(before, after)

    def _save_family(self, before: Scene, after: Scene) -> None:
        known = _by_id((*before.carers, before.person))
        for person in _by_id((*after.carers, after.person)).values():
            if person.id and known.get(person.id) != person:
                self.families.put_person(person)
        if after.patient.id and after.patient != before.patient:
            self.families.put_patient(after.patient)
        if after.conversation.id and after.conversation != before.conversation:
            self.families.put_conversation(after.conversation)

    def _save_pages(self, before: Scene, after: Scene) -> None:
        """What was resolved goes first: a patient's next page may open in the same turn."""
        known = _by_id(_pages(before))
        changed = (page for page in _by_id(_pages(after)).values() if page != known.get(page.id))
        for page in sorted(changed, key=lambda page: page.open):
            self.pages.save(known.get(page.id), page)

    def _save_coordinators(self, before: Scene, after: Scene) -> None:
        known = {**before.team.members, **_by_id(_actor(before))}
        for coordinator in {**after.team.members, **_by_id(_actor(after))}.values():
            if coordinator != known.get(coordinator.id):
                self.coordinators.save(coordinator)


def _by_id(nouns: Iterable[N]) -> dict[int, N]:
    """By id; where one stands twice the later counts."""
    return {noun.id: noun for noun in nouns}


def _assessments(scene: Scene) -> tuple[Assessment, ...]:
    return (*scene.past, *([scene.assessment] if scene.assessment is not None else []))


def _pages(scene: Scene) -> tuple[Page, ...]:
    """The scene's own page last: what a turn makes of it counts."""
    own = [scene.page] if scene.page is not None else []
    return (*scene.open_pages, *scene.resolved, *own)


def _actor(scene: Scene) -> tuple[Coordinator, ...]:
    return (scene.actor,) if scene.actor is not None else ()


def _expected_page(actor: Coordinator | None) -> int | None:
    """The page that a coordinator is in the middle of: 12 of ``reply:12``."""
    _, _, page = (actor.expecting if actor is not None else "").rpartition(":")
    return int(page) if page.isdecimal() else None
