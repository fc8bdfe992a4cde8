"""A message in words: forms, plurals, values, direction, and what each channel can show."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.channels.base import Button, Card, Limits, Rendered
from bot.render import render, render_retired
from bot.speech import Speech
from bot.voice import Voice, match
from data.catalogue import Catalogues
from flows.message import Choice, Contact, Mark, Marks, Outbound, Text, Urn, Value, text
from flows.person import Form
from tests.bot.words import Wordings, catalogues

NOW = datetime(2026, 11, 22, 0, 14, tzinfo=UTC)
HOME = ZoneInfo("Asia/Jerusalem")
NARROW = Limits(buttons=3, label=20, edits=False, contacts=False, copies=False, links=False)
DIGITS = Limits(marks=Marks.digits, buttons=3, label=20)


def said(words: Catalogues, voice: Voice, id: str, /, **values: Value) -> str:
    """One text in words."""
    return Speech(voice, words, NOW).say(Text(id, values))


def owed(*body: Text, **parts: object) -> Outbound:
    """A message to somebody."""
    return Outbound(Urn("test", "1"), "key", body, **parts)  # type: ignore[arg-type]


def choices(count: int, **parts: object) -> tuple[tuple[Choice, ...], ...]:
    """A screen of so many choices, a row each."""
    return tuple(
        (Choice(text("pick", n=place), token=f"t{place}", **parts),)  # type: ignore[arg-type]
        for place in range(1, count + 1)
    )


# --- wordings ------------------------------------------------------------------------------------

FORMS: Wordings = {
    "call": "neutral",
    ("he", "call"): "he",
    ("she", "call"): "she",
    ("you", "call"): "you",
    ("you-she", "call"): "you-she",
}


@pytest.mark.parametrize(
    ("form", "to_patient", "heard"),
    [
        (Form.neutral, False, "neutral"),
        (Form.he, False, "he"),
        (Form.she, False, "she"),
        (Form.neutral, True, "you"),
        (Form.he, True, "you"),
        (Form.she, True, "you-she"),
    ],
)
def test_the_closest_form_is_said(form: Form, to_patient: bool, heard: str) -> None:
    """The patient hears "you", others hear he or she, and whatever is missing is said neutrally."""
    words = catalogues(en=FORMS)
    assert said(words, Voice("en", form=form, to_patient=to_patient), "call") == heard


def test_a_form_that_is_missing_falls_back_to_he_or_she_before_neutral() -> None:
    """The patient without a "you" wording hears the one for his form."""
    words = catalogues(en={"call": "neutral", ("he", "call"): "he"})
    assert said(words, Voice("en", form=Form.he, to_patient=True), "call") == "he"


def test_numbers_choose_the_plural() -> None:
    """A text with a value n is said in the plural form that the language has for it."""
    words = catalogues(en={"wait": ("{n} minute", "{n} minutes")})
    assert said(words, Voice("en"), "wait", n=1) == "1 minute"
    assert said(words, Voice("en"), "wait", n=5) == "5 minutes"


def test_a_number_without_plural_forms_is_said_all_the_same() -> None:
    """A value n in a text that has one form only is filled in like any other."""
    assert said(catalogues(en={"page": "page {n}"}), Voice("en"), "page", n=3) == "page 3"


def test_what_a_language_lacks_is_said_in_english() -> None:
    """A text without a wording in the person's language is never left unsaid."""
    words = catalogues(en={"call": "Call {phone}"}, he={})
    assert said(words, Voice("he"), "call", phone="101") == "Call 101"


def test_a_wording_with_a_wrong_placeholder_is_said_in_english() -> None:
    """A translator's slip in a placeholder costs the translation, not the advice."""
    words = catalogues(en={"call": "Call {phone}"}, he={"call": "חייגו {fone}"})
    assert said(words, Voice("he"), "call", phone="101") == "Call 101"


def test_a_text_missing_in_english_is_a_fault() -> None:
    """A text that does not exist at all raises: check finds it before any family does."""
    with pytest.raises(KeyError, match="nowhere"):
        said(catalogues(he={"nowhere": "שם"}), Voice("en"), "nowhere")


def test_a_part_can_have_a_language_of_its_own() -> None:
    """A text that names its language is said in it, whatever the message's."""
    words = catalogues(en={"hi": "Hello"}, he={"hi": "שלום"})
    assert Speech(Voice("en"), words, NOW).say(text("hi").spoken("he")) == "שלום"


# --- values --------------------------------------------------------------------------------------


def test_values_are_isolated_in_hebrew() -> None:
    """A number, a name and a phone keep their own direction inside a right-to-left sentence."""
    words = catalogues(en={"call": "x"}, he={"call": "התקשרו {phone} ({n}, {who})"})
    heard = said(words, Voice("he"), "call", phone="+972733746844", n=3, who="Dana")
    assert heard == "התקשרו \u2068+972-73-374-6844\u2069 (\u20683\u2069, \u2068Dana\u2069)"


def test_values_are_plain_in_english() -> None:
    """No invisible letters where the language runs from left to right."""
    words = catalogues(en={"call": "Call {phone}"})
    assert said(words, Voice("en"), "call", phone="+972523373108") == "Call +972-52-337-3108"


def test_controls_in_a_persons_words_are_dropped() -> None:
    """Typed direction controls cannot end the isolation early."""
    words = catalogues(en={"said": "{words}"}, he={"said": "{words}"})
    assert said(words, Voice("he"), "said", words="a\u2069\u202eb") == "\u2068ab\u2069"


def test_braces_in_a_persons_words_stay_as_typed() -> None:
    """What a person typed is never read as a placeholder."""
    assert said(catalogues(en={"said": "{words}"}), Voice("en"), "said", words="{0}") == "{0}"


@pytest.mark.parametrize(
    ("at", "heard"),
    [
        (NOW - timedelta(minutes=4), "02:10"),
        (NOW - timedelta(hours=3), "Saturday 23:14"),
        (NOW + timedelta(days=9), "Tuesday 1 December, 02:14"),
    ],
)
def test_instants_are_shown_in_the_familys_zone(at: datetime, heard: str) -> None:
    """The hour alone today, with the weekday on another day, with the date further off."""
    words = catalogues(en={"at": "{at}"})
    assert said(words, Voice("en", zone=HOME), "at", at=at) == heard


def test_texts_within_texts_are_said_and_joined() -> None:
    """A text as a value is said in the same voice; several stand on lines of their own."""
    words = catalogues(en={"all": "Found: {what}\n{more}", "a": "fever", ("he", "b"): "him"})
    heard = said(
        words, Voice("en", form=Form.he), "all", what=Text("a"), more=(Text("a"), Text("b"))
    )
    assert heard == "Found: fever\nfever\nhim"


def test_the_patient_is_called_by_name_where_it_is_known() -> None:
    """Every text may say {patient}: the name, or a neutral word."""
    words = catalogues(en={"how": "How is {patient}?"})
    assert said(words, Voice("en", name="Noa"), "how") == "How is Noa?"
    assert said(words, Voice("en"), "how") == "How is the patient?"


# --- languages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("he-IL", "he"), ("iw", "he"), ("he_IL", "he"), ("xx", "en"), ("", "en"), ("zh-hans", "en")],
)
def test_a_clients_language_is_matched(wanted: str, spoken: str) -> None:
    """Tags of clients, old and new, lead to a language of the house; others to its first."""
    assert match(("en", "he"), wanted) == spoken


# --- the screen ----------------------------------------------------------------------------------

PICK = catalogues(
    en={"hi": "Hello", "long": "word " * 30, "pick": ("pick {n}", "pick {n}"), "line": "a line"},
)


def test_paragraphs_stand_apart() -> None:
    """The body's texts are paragraphs of one message."""
    (message,) = render(owed(text("hi"), text("hi")), Voice("en"), Limits(), PICK, NOW)
    assert message == Rendered(text="Hello\n\nHello")


def test_a_long_message_is_split_and_the_last_part_has_the_buttons() -> None:
    """Parts end between paragraphs; the buttons come below everything that was said."""
    outbound = owed(text("hi"), text("long"), text("hi"), choices=choices(1))
    parts = render(outbound, Voice("en"), Limits(text=160), PICK, NOW)
    assert [len(part.text) <= 160 for part in parts] == [True, True]
    assert [bool(part.rows) for part in parts] == [False, True]
    assert "".join(part.text for part in parts).count("word") == 30


def test_choices_are_buttons_where_the_channel_has_them() -> None:
    """A button carries its label and its token, a tick or a question mark before it."""
    row = (
        Choice(text("hi"), token="a", mark=Mark.yes),
        Choice(text("hi"), token="b", mark=Mark.unsure),
        Choice(text("hi"), url="https://example.org"),
        Choice(text("hi"), copy="+972523373108"),
    )
    (message,) = render(owed(text("hi"), choices=(row,)), Voice("en"), Limits(), PICK, NOW)
    assert message.text == "Hello"
    assert message.rows == (
        (
            Button("✓ Hello", token="a"),
            Button("? Hello", token="b"),
            Button("Hello", url="https://example.org"),
            Button("Hello", copy="+972523373108"),
        ),
    )


def test_a_choice_with_a_meaning_is_explained_under_its_number() -> None:
    """The message explains the choice in a line; the button is the number and the short label."""
    outbound = owed(text("hi"), choices=choices(2, means=text("line")))
    (message,) = render(outbound, Voice("en"), Limits(), PICK, NOW)
    assert message.text == "Hello\n\n1. a line\n2. a line"
    assert [row[0].label for row in message.rows] == ["1 pick 1", "2 pick 2"]


def test_a_channel_of_digits_writes_its_choices() -> None:
    """Choices are numbered lines with a hint, and buttons too where all of them fit."""
    (message,) = render(owed(text("hi"), choices=choices(2)), Voice("en"), DIGITS, PICK, NOW)
    assert message.text == "Hello\n\n1. pick 1\n2. pick 2\n\nReply with the number."
    assert len(message.rows) == 2


def test_too_many_choices_are_written_with_a_hint_for_several() -> None:
    """More choices than buttons: no buttons, and the hint shows how to name several."""
    (message,) = render(owed(text("hi"), choices=choices(4)), Voice("en"), DIGITS, PICK, NOW)
    assert message.rows == ()
    assert message.text.endswith("4. pick 4\n\nReply with the numbers, e.g. 1 4")


def test_a_label_too_long_for_a_button_is_never_cut() -> None:
    """A label over the limit takes its screen to lines, even on a channel of buttons."""
    limits = Limits(label=5)
    (message,) = render(owed(choices=choices(1)), Voice("en"), limits, PICK, NOW)
    assert message == Rendered(text="1. pick 1\n\nReply with the number.")


def test_marks_stand_in_the_lines_where_there_are_no_buttons() -> None:
    """A ticked choice is seen as ticked on a channel that writes its choices."""
    outbound = owed(choices=choices(4, mark=Mark.yes, means=text("line")))
    (message,) = render(outbound, Voice("en"), DIGITS, PICK, NOW)
    assert message.text.startswith("1. ✓ a line\n2. ✓ a line")


def test_a_channel_of_letters_names_choices_by_letters() -> None:
    """Letters, so that 38 is always a number; after z come two letters."""
    limits = Limits(marks=Marks.letters, buttons=0)
    (message,) = render(owed(choices=choices(27)), Voice("en"), limits, PICK, NOW)
    lines = message.text.splitlines()
    assert (lines[0], lines[25], lines[26]) == ("a) pick 1", "z) pick 26", "aa) pick 27")
    assert lines[-1] == "Reply with the letter."


def test_links_and_copies_are_written_where_they_cannot_be_buttons() -> None:
    """Nothing that the family needs is lost on a channel without links, copies and cards."""
    outbound = owed(
        text("hi"),
        choices=(
            (Choice(text("hi"), url="https://wa.me/1"), Choice(text("hi"), copy="+972523373108")),
        ),
        contact=Contact(text("line"), "+972733746844"),
        ask_contact=text("hi"),
    )
    (message,) = render(outbound, Voice("en"), NARROW, PICK, NOW)
    assert message.rows == ()
    assert message.card is None
    assert message.ask_contact == ""
    assert message.text.split("\n\n") == [
        "Hello",
        "Hello: https://wa.me/1\nHello: +972-52-337-3108",
        "a line: +972-73-374-6844\nType your number.",
    ]


def test_a_number_that_its_label_says_is_written_once() -> None:
    """A label that holds the number already is not followed by it again."""
    words = catalogues(en={"copy": "Copy {phone}"})
    choice = Choice(text("copy", phone="+972523373108"), copy="+972523373108")
    (message,) = render(owed(choices=((choice,),)), Voice("en"), NARROW, words, NOW)
    assert message.text == "Copy +972-52-337-3108"


def test_a_card_and_a_request_for_the_number_are_shown_where_they_can_be() -> None:
    """The card carries the number exactly as it is dialled."""
    outbound = owed(
        text("hi"), contact=Contact(text("line"), "+972733746844"), ask_contact=text("hi")
    )
    (message,) = render(outbound, Voice("en"), Limits(), PICK, NOW)
    assert message == Rendered(
        text="Hello", card=Card("a line", "+972733746844"), ask_contact="Hello"
    )


def test_a_rehearsal_says_so_in_every_message() -> None:
    """While time does not run as in earnest, each part of each message begins by saying it."""
    outbound = owed(text("long"), text("hi"))
    parts = render(outbound, Voice("en", scale=60), Limits(text=170), PICK, NOW)
    assert len(parts) == 2
    assert all(part.text.startswith("Rehearsal x60\n\n") for part in parts)
    assert all(len(part.text) <= 170 for part in parts)


def test_silence_is_kept_in_every_part() -> None:
    """A silent message does not ring, in none of its parts."""
    outbound = owed(text("long"), text("long"), silent=True)
    assert all(p.silent for p in render(outbound, Voice("en"), Limits(text=160), PICK, NOW))


def test_a_retired_message_becomes_its_line() -> None:
    """The slot's earlier message becomes the given line, or only loses its buttons."""
    retired = render_retired(owed(retired=text("line")), Voice("en"), PICK, NOW)
    assert retired == Rendered(text="a line")
    assert render_retired(owed(), Voice("en"), PICK, NOW) is None
