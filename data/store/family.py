"""The tables of those who write and whom they write about: people, patients, carers."""

from __future__ import annotations

from datetime import datetime

from data.store.instant import written
from data.store.shape import CONVERSATION, PATIENT, PERSON
from data.store.table import Table
from flows.message import Urn
from flows.person import Patient, Person
from flows.scene import Conversation


class Families(Table):
    """People with their conversations, patients, and who cares for whom."""

    def person_by_urn(self, urn: Urn) -> Person | None:
        """Whoever has this address."""
        rows = self.conn.execute("SELECT sealed FROM people WHERE urn = ?", (str(urn),))
        return self.one(PERSON, rows)

    def person(self, id: int) -> Person | None:
        """The person of this id; one who was erased has an address that nobody can write from."""
        return self.one(PERSON, self.conn.execute("SELECT sealed FROM people WHERE id = ?", (id,)))

    def patient(self, id: int) -> Patient:
        """The patient of this id; LookupError when there is none."""
        rows = self.conn.execute("SELECT sealed FROM patients WHERE id = ?", (id,))
        patient = self.one(PATIENT, rows)
        if patient is None:
            raise LookupError(f"no patient {id}")
        return patient

    def carers(self, patient_id: int) -> tuple[Person, ...]:
        """Everybody who shares the patient, in the order in which they came."""
        rows = self.conn.execute(
            "SELECT p.sealed FROM carers c JOIN people p ON p.id = c.person_id"
            " WHERE c.patient_id = ? ORDER BY c.since, c.person_id",
            (patient_id,),
        )
        return self.opened(PERSON, rows)

    def conversation(self, person_id: int) -> Conversation:
        """The person's conversation; LookupError when there is none."""
        rows = self.conn.execute(
            "SELECT sealed FROM conversations WHERE person_id = ?", (person_id,)
        )
        conversation = self.one(CONVERSATION, rows)
        if conversation is None:
            raise LookupError(f"no conversation with person {person_id}")
        return conversation

    def welcome(self, urn: Urn, now: datetime, language_code: str, name: str) -> Person:
        """A person never seen before, with a blank patient and a conversation."""
        at = written(now)
        patient = Patient(self._insert("patients (created_at, sealed) VALUES (?, x'')", (at,)))
        self.put_patient(patient)
        id = self._insert(
            "people (urn, patient_id, created_at, sealed) VALUES (?, ?, ?, x'')",
            (str(urn), patient.id, at),
        )
        person = Person(id, urn, patient.id, language_code=language_code, name=name)
        self.put_person(person)
        self._insert("carers (patient_id, person_id, since) VALUES (?, ?, ?)", (patient.id, id, at))
        self._begin_conversation(id)
        return person

    def put_person(self, person: Person) -> None:
        """Write a person as changed."""
        self.conn.execute(
            "UPDATE people SET urn = ?, patient_id = ?, sealed = ? WHERE id = ?",
            (str(person.urn), person.patient_id, self.sealed(PERSON, person), person.id),
        )

    def put_patient(self, patient: Patient) -> None:
        """Write a patient as changed."""
        self.conn.execute(
            "UPDATE patients SET sealed = ? WHERE id = ?",
            (self.sealed(PATIENT, patient), patient.id),
        )

    def put_conversation(self, conversation: Conversation) -> None:
        """Write a conversation as changed."""
        self.conn.execute(
            "UPDATE conversations SET state = ?, sealed = ? WHERE id = ?",
            (conversation.state, self.sealed(CONVERSATION, conversation), conversation.id),
        )

    def everybody(self) -> tuple[Person, ...]:
        """All people who were not erased."""
        rows = self.conn.execute("SELECT sealed FROM people WHERE erased_at IS NULL ORDER BY id")
        return self.opened(PERSON, rows)

    def _begin_conversation(self, person_id: int) -> None:
        id = self._insert(
            "conversations (person_id, state, sealed) VALUES (?, '', x'')", (person_id,)
        )
        self.put_conversation(Conversation(id, person_id))

    def _insert(self, into: str, values: tuple[object, ...]) -> int:
        id = self.conn.execute(f"INSERT INTO {into}", values).lastrowid
        assert id is not None
        return id
