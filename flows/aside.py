"""What is reachable from any state: home, help, language, the card to call by, being forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from flows import advice, escalation, followup, setup
from flows.answering import assess
from flows.assessment import judge_scene, level_of, next_step, told
from flows.backing import back
from flows.event import PersonChanged
from flows.house import House
from flows.message import Choice, Text, text
from flows.page import Reason
from flows.person import ENGLISH, Person
from flows.presenting import present, put
from flows.record import Reported
from flows.rereading import DOSE, rereading
from flows.screen import ALWAYS, HELP, HOME, NOW, something_else
from flows.telling import nobody_alerted, record, say, tell_unfinished
from flows.turn import Turn
from flows.understanding import Understood
from flows.urgency import Urgency

COMMANDS = (
    "start",
    "help",
    "home",
    "now",
    "back",
    "again",
    "language",
    "setup",
    "about",
    "stop",
    "erase",
)
"""What may be typed with a slash, or chosen, in any state."""

_SETUP = Choice(text("choice.setup"), f"{ALWAYS}.setup")


# --- first contact -------------------------------------------------------------------------------


def greet(turn: Turn, house: House, now: datetime) -> Turn:
    """The first message: the numbers, the button, the languages; in English too."""
    own = turn.scene.person.speaks(house.languages)
    spoken = [own] if own == ENGLISH else [own, ENGLISH]
    body = [part.spoken(code) for code in spoken for part in _greeting(turn, house, now)]
    rows = ((NOW,), *setup.languages(house))
    return say(turn, *body, choices=rows)


def _greeting(turn: Turn, house: House, now: datetime) -> tuple[Text, ...]:
    numbers = advice.numbers(house, turn.scene, Urgency.emergency, now)
    demonstration = (text("first.demonstration"),) if house.demonstration else ()
    return (text("first.greeting", ways=numbers), *demonstration)


def offer_language(turn: Turn, house: House, said: Understood) -> Turn:
    """Somebody writes in another language of ours: going on in it is one tap away, offered below
    all else, and not again until they write in a third."""
    conversation, language = turn.scene.conversation, said.language
    known = said.switched and language in house.languages
    if not known or conversation.offered_language == language or turn.erase:
        return turn
    turn = turn.become(conversation=replace(conversation, offered_language=language))
    return say(turn, text("language.offer"), choices=((setup.speak(language),),), language=language)


# --- choices that are good at any time -----------------------------------------------------------


def choose(turn: Turn, house: House, choice: str, now: datetime) -> Turn:
    """A choice that never grows stale, or a command; an unknown one shows the present screen."""
    verb, _, argument = choice.partition(":")
    if verb == "lang":
        return _language(turn, house, argument, now)
    done = _ANY.get(verb)
    return done(turn, house, now) if done else turn


def _place(turn: Turn, place: str) -> Turn:
    return turn.become(conversation=replace(turn.scene.conversation, aside=place, expecting=""))


def _home(turn: Turn, house: House, now: datetime) -> Turn:
    return _place(turn, "home")


def _help(turn: Turn, house: House, now: datetime) -> Turn:
    level = told(turn.scene.assessment) or Urgency.emergency
    return say(turn, text("help.text", ways=advice.numbers(house, turn.scene, level, now)))


def _about(turn: Turn, house: House, now: datetime) -> Turn:
    demonstration = (text("first.demonstration"),) if house.demonstration else ()
    return say(turn, text("about.text"), text("about.disclaimer"), *demonstration)


def _languages(turn: Turn, house: House, now: datetime) -> Turn:
    return setup.at(turn, setup.LANGUAGE)


def _language(turn: Turn, house: House, code: str, now: datetime) -> Turn:
    if code not in house.languages:
        return turn
    person = replace(turn.scene.person, language=code)
    turn = _person(turn, person).happened(PersonChanged(("language",)))
    turn = say(turn, text("language.chosen"), language=code)
    busy = turn.scene.assessment is not None or person.noticed_at is not None
    return _place(turn, "") if busy else setup.at(turn, "notice")


def _person(turn: Turn, person: Person) -> Turn:
    carers = tuple(person if c.id == person.id else c for c in turn.scene.carers)
    return turn.become(person=person, carers=carers)


def _set_up(turn: Turn, house: House, now: datetime) -> Turn:
    return setup.at(turn, "notice" if turn.scene.person.noticed_at is None else "reporter")


def _later(turn: Turn, house: House, now: datetime) -> Turn:
    return _place(say(turn, text("setup.any_time")), "home")


def _again(turn: Turn, house: House, now: datetime) -> Turn:
    """Begin anew; what danger stands is told first, and the page stays."""
    turn = tell_unfinished(followup.count_waiting(turn, now), house, now)
    return _place(followup.close(turn, house, "start again", now), "home")


def _stop(turn: Turn, house: House, now: datetime) -> Turn:
    """Be quiet; what danger stands is told first, and stays open: its buttons and checks go on."""
    turn = tell_unfinished(followup.count_waiting(turn, now), house, now)
    if (told(turn.scene.assessment) or Urgency.routine) < Urgency.same_day:
        turn = followup.close(turn, house, "stop", now)
    return _place(say(turn, text("stop.text"), choices=((NOW,), (HELP,))), "home")


def _erase(turn: Turn, house: House, now: datetime) -> Turn:
    sure = (
        (Choice(text("erase.yes"), f"{ALWAYS}.erase_yes"),),
        (Choice(text("erase.no"), f"{ALWAYS}.home"),),
    )
    return say(turn, text("erase.ask"), choices=sure)


def _erase_yes(turn: Turn, house: House, now: datetime) -> Turn:
    """Forget the person, unless a coordinator still has the case."""
    if turn.scene.page is not None:
        return say(turn, text("erase.open_page"))
    turn = followup.close(turn, house, "erased", now)
    turn = say(turn, text("erase.done"))
    return replace(_place(turn, "erased"), erase=True)


def _back(turn: Turn, house: House, now: datetime) -> Turn:
    """One step back; from a place beside the assessment, back to it."""
    step = next_step(house, turn.scene, now)
    if step is None or (step.state == "outcome" and turn.scene.conversation.aside):
        return _home(turn, house, now)
    return _place(turn, "") if turn.scene.conversation.aside else back(turn, house, now)


_ANY: Mapping[str, Callable[[Turn, House, datetime], Turn]] = {
    "start": lambda turn, house, now: greet(turn, house, now),
    "help": _help,
    "home": _home,
    "now": _home,
    "back": _back,
    "again": _again,
    "language": _languages,
    "setup": _set_up,
    "later": _later,
    "about": _about,
    "stop": _stop,
    "erase": _erase,
    "erase_yes": _erase_yes,
}


# --- menus ---------------------------------------------------------------------------------------


def show(turn: Turn, house: House, menu: str, now: datetime) -> Turn:
    """A menu beside home."""
    if menu == "more":
        return put(turn, something_else(house))
    ways = (advice.clinic_line(house.clinic), advice.whatsapp(house.clinic))
    lines = text("way.list", lines=tuple(way.line for way in ways))
    link = Choice(text("choice.whatsapp"), url=advice.whatsapp_link(house.clinic, ""))
    about = Choice(text("choice.about"), f"{ALWAYS}.about")
    languages = Choice(text("choice.language"), f"{ALWAYS}.language")
    rows = ((link,), (_SETUP, languages), (about, HOME))
    return say(turn, text("questions.text", ways=lines), choices=rows)


# --- under an advice -----------------------------------------------------------------------------


def after(turn: Turn, house: House, choice: str, now: datetime) -> Turn:
    """A button under an advice."""
    verb, _, argument = choice.partition(":")
    if verb == "dose":
        return _dose(turn, house, argument, now)
    done = _AFTER.get(verb)
    return done(turn, house, now) if done else turn


def _report(turn: Turn, house: House, what: str, now: datetime) -> Turn:
    if turn.scene.assessment is not None:
        turn = record(turn, Reported(now, what))
    return escalation.family_said(turn, house, what, now)


def _called(turn: Turn, house: House, now: datetime) -> Turn:
    """They called: now there is a hand free for what could still make it graver."""
    turn = say(_report(turn, house, "called", now), text("after.called"))
    return offer_setup(followup.resume(turn), now)


def _reached(turn: Turn, house: House, now: datetime) -> Turn:
    turn = say(_report(turn, house, "reached", now), text("after.reached"))
    return offer_setup(turn, now)


def offer_setup(turn: Turn, now: datetime) -> Turn:
    """Language, consent and set-up come after the outcome, once."""
    conversation = turn.scene.conversation
    if turn.scene.person.noticed_at is not None or conversation.offered_at is not None:
        return turn
    turn = turn.become(conversation=replace(conversation, offered_at=now))
    later = Choice(text("setup.later"), f"{ALWAYS}.later")
    return say(turn, text("setup.offer"), choices=((_SETUP,), (later,)))


def _no_answer(turn: Turn, house: House, now: datetime) -> Turn:
    """Nobody answered the phone: the page is raised again, and the next number offered."""
    level = _standing_level(turn, house, now)
    turn = _report(turn, house, "no_answer", now)
    turn = escalation.raise_page(turn, house, level, Reason.not_reached, now)
    alone = nobody_alerted(turn)
    told = text("after.no_answer_alone") if alone else text("after.no_answer")
    return say(turn, told.given(ways=_next_ways(turn, house, level, now)))


def _standing_level(turn: Turn, house: House, now: datetime) -> Urgency:
    """The level by which to turn: of the assessment, or of the page that outlived it."""
    page = turn.scene.page
    paged = page.level if page is not None and page.open else Urgency.immediate
    return level_of(house, turn.scene, now) if turn.scene.assessment is not None else paged


def _next_ways(turn: Turn, house: House, level: Urgency, now: datetime) -> Text:
    """The ways again, the emergency department or ambulance among them at every level."""
    listed = advice.ways(house, turn.scene, level, now)
    last = advice.department(house.clinic, turn.scene.patient)
    known = {way.kind for way in listed}
    both = listed if last.kind in known else (*listed, last)
    return text("way.list", lines=tuple(text("list.item", what=way.line) for way in both))


def _number(turn: Turn, house: House, now: datetime) -> Turn:
    conversation = replace(turn.scene.conversation, expecting="phone")
    turn = turn.become(conversation=conversation)
    return say(turn, text("phone.ask"), ask_contact=text("phone.button"))


def keep_phone(turn: Turn, house: House, written: str, now: datetime) -> Turn:
    """The family's own number, shared or typed; a wrong one is asked for again."""
    country = turn.scene.patient.country or house.clinic.country
    phone = house.read_phone(written, country)
    if phone is None:
        return say(turn, text("phone.wrong"))
    conversation = replace(turn.scene.conversation, expecting="")
    turn = _person(turn, replace(turn.scene.person, phone=phone))
    turn = turn.become(conversation=conversation).happened(PersonChanged(("phone",)))
    return escalation.phone_given(say(turn, text("phone.kept", phone=phone)), house, now)


def _more(turn: Turn, house: House, now: datetime) -> Turn:
    conversation = replace(turn.scene.conversation, expecting="words", aside="home")
    return say(turn.become(conversation=conversation), text("after.tell_more"))


def keep_words(turn: Turn, house: House, words: str, now: datetime) -> Turn:
    """The family's own words, for the coordinators' card; with a page open, always passed on."""
    page = turn.scene.page
    if turn.scene.assessment is None and page is not None:
        turn = escalation.raise_page(assess(turn, house, now), house, page.level, page.reason, now)
    turn = _place(record(turn, Reported(now, "said", words)), "")
    turn = escalation.family_said(turn, house, "said", now)
    answer = text("after.words_passed") if page else text("other.not_understood")
    # Below an advice no screen follows: the signs stay one tap away, and bury no number.
    signs = ((HOME,),) if present(turn, house, now) is None else ()
    return say(turn, answer, choices=signs)


def _say(turn: Turn, house: House, now: datetime) -> Turn:
    return say(turn, advice.what_to_say(house, turn.scene, now))


def _say_clinic(turn: Turn, house: House, now: datetime) -> Turn:
    card = advice.what_to_say(house, turn.scene, now)
    return say(turn, card, language=house.clinic.language)


def _until(turn: Turn, house: House, now: datetime) -> Turn:
    return say(turn, *advice.until_help(house, turn.scene, now))


def _wrong(turn: Turn, house: House, now: datetime) -> Turn:
    """A mistake, says the family: nothing falls, and nobody is made to feel punished."""
    turn = _report(turn, house, "mistake", now)
    return say(turn, text("after.mistake"))


def _looking(turn: Turn, house: House, now: datetime) -> Turn:
    """Just looking: closes what nothing was answered in."""
    turn = _report(turn, house, "looking", now)
    if judge_scene(house, turn.scene, now).urgency > Urgency.routine:
        return turn
    return _place(say(followup.close(turn, house, "looking", now), text("after.looking")), "home")


def _dose(turn: Turn, house: House, hours: str, now: datetime) -> Turn:
    """When the medicine was given: the temperature is asked for when it has worn off."""
    turn = record(turn, Reported(now, f"{DOSE}{hours}"))
    plan = rereading(house, turn.scene, now)
    again = plan.again_at if plan else None
    return say(turn, text("reading.planned", at=again) if again else text("after.noted"))


_AFTER: Mapping[str, Callable[[Turn, House, datetime], Turn]] = {
    "called": _called,
    "reached": _reached,
    "no_answer": _no_answer,
    "not_reached": _no_answer,
    "number": _number,
    "more": _more,
    "say": _say,
    "say_clinic": _say_clinic,
    "until": _until,
    "wrong": _wrong,
    "looking": _looking,
}
ANY_TIME = frozenset({"called", "reached", "no_answer", "not_reached", "number"})
"""What may be said of an advice also when its assessment is over."""
