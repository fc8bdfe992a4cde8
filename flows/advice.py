"""Whom to turn to now, in which order, and what is said with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from flows.assessment import answers, level_of, readings
from flows.clinic import Clinic
from flows.degree import degrees
from flows.house import House
from flows.message import Choice, Contact, Text, text
from flows.person import Patient
from flows.protocol import Kind
from flows.record import Answer, Answered, By
from flows.scene import Assessment, Scene
from flows.screen import band_label
from flows.urgency import Urgency

OPENS_SOON = timedelta(hours=2)
"""At same day: a clinic that opens within this is worth waiting for (clinical.md 4)."""


class Turning(StrEnum):
    """A way out of a danger."""

    nurse = "nurse"
    ambulance = "ambulance"
    ward = "ward"
    clinic = "clinic"
    hospital = "hospital"
    """The hospital that treats the patient, where its number is not known to us."""
    department = "department"
    whatsapp = "whatsapp"


AT_NIGHT = frozenset(set(Turning) - {Turning.clinic, Turning.whatsapp})
"""The ways that are open at every hour."""


@dataclass(frozen=True)
class Way:
    """One way to turn, as a line of advice, with its number where there is one."""

    kind: Turning
    line: Text
    phone: str = ""


# --- the single ways -----------------------------------------------------------------------------


def nurse(level: Urgency) -> Way:
    """The call button, on the ward."""
    urgent = level >= Urgency.immediate
    return Way(Turning.nurse, text("way.nurse_now") if urgent else text("way.nurse"))


def ambulance(clinic: Clinic, patient: Patient) -> Way:
    """The country's ambulance; where the country is unknown, every number we know of."""
    country = clinic.countries.get(patient.country)
    if country is not None:
        line = text("way.ambulance", phone=country.ambulance)
        return Way(Turning.ambulance, line, country.ambulance)
    home = clinic.countries[clinic.country].ambulance
    line = text("way.ambulance_unknown", phone=home, others=_others(clinic))
    return Way(Turning.ambulance, line, home)


def ward(patient: Patient) -> Way:
    """The treating ward; where its number is unknown, how to find it."""
    if not patient.ward_phone:
        return Way(Turning.hospital, text("way.hospital"))
    return Way(Turning.ward, text("way.ward", phone=patient.ward_phone), patient.ward_phone)


def clinic_line(clinic: Clinic) -> Way:
    """The clinic's phone: always given, never the only way out of a danger."""
    return Way(Turning.clinic, text("way.clinic", phone=clinic.phone), clinic.phone)


def whatsapp(clinic: Clinic) -> Way:
    """The clinic's WhatsApp line."""
    return Way(Turning.whatsapp, text("way.whatsapp", phone=clinic.whatsapp), clinic.whatsapp)


def department(clinic: Clinic, patient: Patient) -> Way:
    """The emergency department, or the ambulance, if neither ward nor clinic answers."""
    minutes = int(clinic.waits.no_answer / timedelta(minutes=1))
    phone = ambulance(clinic, patient).phone
    if patient.country in clinic.countries:
        return Way(Turning.department, text("way.department", n=minutes, phone=phone), phone)
    line = text("way.department_unknown", n=minutes, phone=phone, others=_others(clinic))
    return Way(Turning.department, line, phone)


def worse(clinic: Clinic, patient: Patient) -> Way:
    """The ambulance, if it gets worse."""
    phone = ambulance(clinic, patient).phone
    if patient.country in clinic.countries:
        return Way(Turning.ambulance, text("way.worse", phone=phone), phone)
    line = text("way.worse_unknown", phone=phone, others=_others(clinic))
    return Way(Turning.ambulance, line, phone)


def _others(clinic: Clinic) -> str:
    return " / ".join(clinic.elsewhere[1:])


def not_in_hospital(clinic: Clinic, patient: Patient) -> Way:
    """The ambulance, should "on the ward" be no longer so: it was answered when setting up."""
    phone = ambulance(clinic, patient).phone
    return Way(Turning.ambulance, text("way.not_in_hospital", phone=phone), phone)


# --- their order by level ------------------------------------------------------------------------


def on_ward(scene: Scene) -> Answer | None:
    """Whether the patient is in hospital now, as answered last or saved."""
    run = scene.assessment
    known = answers(run.records).get("on_ward") if run else None
    return known.answer if known else scene.patient.on_ward


def ways(house: House, scene: Scene, level: Urgency, now: datetime) -> tuple[Way, ...]:
    """The ways out in the order to try them (conversation.md 7)."""
    if level is Urgency.emergency:
        return _emergency(house.clinic, scene)
    if level is Urgency.immediate:
        return _immediate(house.clinic, scene)
    if level is Urgency.same_day:
        return _same_day(house.clinic, scene, now)
    return (whatsapp(house.clinic), worse(house.clinic, scene.patient))


def _emergency(clinic: Clinic, scene: Scene) -> tuple[Way, ...]:
    rest = (ward(scene.patient), clinic_line(clinic))
    place = on_ward(scene)
    if place is Answer.yes:
        return (nurse(Urgency.emergency), *rest, not_in_hospital(clinic, scene.patient))
    # Unknown never means "on the ward": the ambulance stands first, the call button after it.
    bell = () if place is Answer.no else (Way(Turning.nurse, text("way.in_hospital")),)
    return (ambulance(clinic, scene.patient), *bell, *rest)


def _immediate(clinic: Clinic, scene: Scene) -> tuple[Way, ...]:
    rest = (ward(scene.patient), clinic_line(clinic), department(clinic, scene.patient))
    return (nurse(Urgency.immediate), *rest) if on_ward(scene) is Answer.yes else rest


def _same_day(clinic: Clinic, scene: Scene, now: datetime) -> tuple[Way, ...]:
    lines = (clinic_line(clinic), whatsapp(clinic))
    own = ward(scene.patient)
    rest = (own, *lines) if ward_first(clinic, now) else (*lines, own)
    bell = (nurse(Urgency.same_day),) if on_ward(scene) is Answer.yes else ()
    return (*bell, *rest, worse(clinic, scene.patient))


def ward_first(clinic: Clinic, now: datetime) -> bool:
    """Whether, at same day, the ward is called before the clinic."""
    opens = clinic.hours.opens_after(now)
    far = not clinic.hours.open_at(now) and (opens is None or opens - now > OPENS_SOON)
    return clinic.hours.assumed or far


def numbers(house: House, scene: Scene, level: Urgency, now: datetime) -> Text:
    """The family's phone numbers in order, as numbered lines of one text."""
    listed = ways(house, scene, level, now)
    return text("way.list", lines=tuple(_line(n, way) for n, way in enumerate(listed, 1)))


def _line(place: int, way: Way) -> Text:
    return text("way.line", place=str(place), line=way.line)


# --- what is said --------------------------------------------------------------------------------

_FIRST = {
    Urgency.emergency: text("advice.emergency.first"),
    Urgency.immediate: text("advice.immediate.first"),
    Urgency.same_day: text("advice.same_day.first"),
    Urgency.routine: text("advice.routine.first"),
}
_ON_WARD = {
    Urgency.emergency: text("advice.emergency.ward_first"),
    Urgency.immediate: text("advice.immediate.ward_first"),
}


def first_bubble(house: House, scene: Scene, level: Urgency, now: datetime) -> Text:
    """What leaves at once: at most 400 characters, verb first, the numbers inside."""
    bell = on_ward(scene) is Answer.yes
    lead = _ON_WARD.get(level, _FIRST[level]) if bell else _FIRST[level]
    return lead.given(ways=numbers(house, scene, level, now))


def card(house: House, scene: Scene, level: Urgency, now: datetime) -> Contact | None:
    """The contact card of the first way that has a number."""
    way = next((w for w in ways(house, scene, level, now) if w.phone), None)
    return Contact(_CARDS[way.kind], way.phone) if way else None


_CARDS = {
    Turning.ambulance: text("card_name.ambulance"),
    Turning.ward: text("card_name.ward"),
    Turning.clinic: text("card_name.clinic"),
    Turning.department: text("card_name.ambulance"),
    Turning.whatsapp: text("card_name.whatsapp"),
}


def links(house: House, scene: Scene, level: Urgency, now: datetime) -> tuple[Choice, ...]:
    """A number to copy, and the clinic's WhatsApp with the case code and nothing else."""
    way = next((w for w in ways(house, scene, level, now) if w.phone), None)
    copy = (Choice(text("choice.copy_number", phone=way.phone), copy=way.phone),) if way else ()
    code = scene.page.code if scene.page else ""
    return (*copy, Choice(text("choice.whatsapp"), url=whatsapp_link(house.clinic, code)))


def whatsapp_link(clinic: Clinic, code: str) -> str:
    """The wa.me address; nothing about health may stand in it."""
    digits = clinic.whatsapp.lstrip("+")
    greeting = clinic.greeting.format(code=code).strip().encode()
    return f"https://wa.me/{digits}?text=" + "".join(f"%{byte:02X}" for byte in greeting)


# --- behind the buttons --------------------------------------------------------------------------


def what_to_say(house: House, scene: Scene, now: datetime) -> Text:
    """The call card: who, drug and day, what is found and since when, medicines, what we ask."""
    run = scene.assessment
    assert run is not None
    return text(
        "say.card",
        who=_who(scene.patient),
        day=_day(scene.patient, now.astimezone(house.clinic.hours.zone)),
        found=_found(house, scene, run, now),
        since=run.opened_at,
        medicines=_medicines(run),
    )


def _who(patient: Patient) -> Text:
    return text("say.named", name=patient.name) if patient.name else text("say.unnamed")


def _day(patient: Patient, now: datetime) -> Text:
    day = course_day(patient, now)
    return text("say.day", day=str(day)) if day else text("say.day_unknown")


def course_day(patient: Patient, now: datetime) -> int | None:
    """The day of the course, day 1 being the first infusion; None when unknown or to come.

    ``now`` in the zone whose date counts.
    """
    if patient.day_1 is None:
        return None
    day = (now.date() - patient.day_1).days + 1
    return day if day >= 1 else None


def _found(house: House, scene: Scene, run: Assessment, now: datetime) -> tuple[Text, ...]:
    known = answers(run.records)
    found = [a for id, a in known.items() if id in house.protocol.findings and a.answer.holds]
    named = [described(house, a) for a in found if not _is_reading(house, a)]
    taken = [_reading(at, celsius) for at, celsius in sorted(readings(house, scene, now))]
    lines = tuple(text("list.item", what=what) for what in (*taken, *named))
    return lines or (text("say.nothing_named"),)


def _is_reading(house: House, answer: Answered) -> bool:
    """Whether it is a temperature: all of those are listed, each with its time."""
    kind = house.protocol.findings[answer.finding].kind
    return kind is Kind.temperature and answer.number is not None


def _reading(at: datetime, celsius: Decimal) -> Text:
    return text("reading.value_at", celsius=degrees(celsius), at=at)


def described(house: House, answer: Answered) -> Text:
    """One answer in words: its label, with the number or "not sure" where there is one."""
    label = Text(f"finding.{answer.finding}.label")
    if answer.number is not None:
        if _is_reading(house, answer):
            return text("reading.value", celsius=degrees(answer.number))
        if answer.by is By.tap:
            return band_label(house.protocol.findings[answer.finding], int(answer.number))
        return text("reading.count", label=label, count=str(answer.number))
    return label if answer.answer is Answer.yes else text("reading.not_sure", label=label)


def _medicines(run: Assessment) -> Text:
    known = answers(run.records)
    given = [known[id] for id in ("medicine_for_heat", "fever_medicine_6h") if id in known]
    if any(a.answer.holds for a in given):
        return text("say.medicine_given")
    return text("say.medicine_none") if given else text("say.medicine_unknown")


_UNTIL = {
    Urgency.emergency: text("until.emergency"),
    Urgency.immediate: text("until.immediate"),
}


def until_help(house: House, scene: Scene, now: datetime) -> tuple[Text, ...]:
    """What to do until help comes: by finding where the clinic's page has it, and the level's."""
    run = scene.assessment
    known = answers(run.records) if run else {}
    held = {id for id, a in known.items() if a.answer.holds}
    by_finding = tuple(
        text("list.item", what=Text(f"advice.{advice.id}.means"))
        for advice in house.protocol.advice
        if held.intersection(advice.findings)
    )
    level = level_of(house, scene, now)
    return (_UNTIL.get(level, text("until.same_day")), *by_finding)
