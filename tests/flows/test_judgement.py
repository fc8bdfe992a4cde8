"""How the facts become an urgency: doubt, numbers, levels, evidence, and what is still to ask."""

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.facts import Facts
from flows.judgement import Judgement, judge, undecided
from flows.protocol_reading import from_dict
from flows.record import Answer
from flows.urgency import Urgency
from tests.flows.small import content, entry, small

PROTOCOL = small()
YES, NO, UNKNOWN = Answer.yes, Answer.no, Answer.unknown


def held(judgement: Judgement) -> dict[str, tuple[str, ...]]:
    """The criteria that held and what made them, in the order of the judgement."""
    return {h.criterion.id: h.evidence for h in judgement.held}


def read(*degrees: str) -> tuple[Decimal, ...]:
    """Readings in degrees Celsius."""
    return tuple(map(Decimal, degrees))


def test_nothing_is_routine() -> None:
    """With everything denied no criterion holds, and the urgency is routine."""
    judgement = judge(PROTOCOL, Facts(answers={"hot": NO}, contexts={"infusion": NO}))
    assert judgement == Judgement(Urgency.routine, (), {})


@pytest.mark.parametrize("answer", [YES, UNKNOWN])
def test_not_sure_counts_as_yes(answer: Answer) -> None:
    """A finding or a context that is not sure counts as one that is."""
    judgement = judge(PROTOCOL, Facts(answers={"faint": answer}, contexts={"infusion": answer}))
    assert held(judgement) == {"reaction": ("faint", "infusion"), "faint": ("faint",)}
    assert judgement.urgency is Urgency.emergency


def test_an_information_criterion_does_not_lower_routine() -> None:
    """An assessment is never less than routine, whatever little is found."""
    whole = content()
    entry(whole, "criterion", "ear")["urgency"] = "information"
    judgement = judge(from_dict(whole), Facts(answers={"ear": YES}))
    assert judgement.urgency is Urgency.routine
    assert held(judgement) == {"ear": ("ear",)}


def test_criteria_are_named_gravest_first() -> None:
    """The held criteria stand by urgency, and within one as the content lists them."""
    facts = Facts(answers={"cough": YES, "faint": YES, "hot": YES, "ear": YES})
    assert list(held(judge(PROTOCOL, facts))) == [
        *("fever_faint", "hot", "faint", "two", "cough", "ear")
    ]


@pytest.mark.parametrize(
    ("answer", "count", "criterion"),
    [
        (None, 1, "vomited_1"),
        (None, 6, "vomited_6"),
        (YES, 7, "vomited_6"),
        (YES, None, "vomited_2"),
        (UNKNOWN, None, "vomited_2"),
        (UNKNOWN, 1, "vomited_2"),
        (UNKNOWN, 9, "vomited_6"),
    ],
)
def test_a_doubtful_count_is_its_same_day_band(
    answer: Answer | None, count: int | None, criterion: str
) -> None:
    """A count that is not sure stands for the number that the protocol says, never for less."""
    facts = Facts(
        answers={} if answer is None else {"vomited": answer},
        counts={} if count is None else {"vomited": count},
    )
    assert held(judge(PROTOCOL, facts)) == {criterion: ("vomited",)}


def test_no_times_is_no() -> None:
    """A count of nought is no finding."""
    assert not judge(PROTOCOL, Facts(counts={"vomited": 0}, answers={"vomited": NO})).held


def test_a_doubtful_temperature_is_heat_without_a_reading() -> None:
    """Not sure of the temperature, or a reading that no thermometer shows, counts as hot."""
    for facts in (
        Facts(answers={"temperature": UNKNOWN}),
        Facts(answers={"temperature": YES}, readings=read("29.9")),
        Facts(readings=read("36.8", "43.1")),
    ):
        assert held(judge(PROTOCOL, facts)) == {"hot": ("hot",)}


def test_the_ends_of_the_range_are_readings() -> None:
    """30 and 43 degrees are believed."""
    assert held(judge(PROTOCOL, Facts(readings=read("43")))) == {"fever": ("temperature",)}
    assert not judge(PROTOCOL, Facts(readings=read("30"))).held


def test_of_two_readings_the_more_urgent_counts() -> None:
    """Every reading of the last day is looked at."""
    judgement = judge(PROTOCOL, Facts(readings=read("36.8", "38.0", "37.6")))
    assert judgement.urgency is Urgency.immediate
    assert judgement.levels == {"temperature": Urgency.immediate}


def test_a_finding_raises_the_grey_reading_and_the_reading_then_weighs() -> None:
    """A reading raised by another finding is a fever finding for the combinations."""
    judgement = judge(PROTOCOL, Facts(readings=read("37.6"), answers={"faint": YES}))
    assert held(judgement)["grey_other"] == ("temperature", "faint")
    assert held(judgement)["fever_faint"] == ("temperature", "faint")
    assert judgement.levels["temperature"] is Urgency.immediate


def test_worry_and_repeat_contact_count_as_a_finding_each() -> None:
    """Each is same_day alone; the two together, or one beside a finding, are immediate."""
    worried = Facts(contexts={"worried": YES})
    again = Facts(contacts_24h=2)
    assert judge(PROTOCOL, worried).urgency is Urgency.same_day
    assert judge(PROTOCOL, again).urgency is Urgency.same_day
    assert judge(PROTOCOL, replace(worried, contacts_24h=2)).urgency is Urgency.immediate
    assert judge(PROTOCOL, replace(again, contacts_24h=1)).urgency is Urgency.routine
    assert judge(PROTOCOL, replace(worried, answers={"cough": YES})).urgency is Urgency.immediate


def test_levels_are_of_findings_only() -> None:
    """A context that counts as a finding is not listed as one."""
    judgement = judge(PROTOCOL, Facts(contexts={"worried": YES}, answers={"cough": YES}))
    assert judgement.levels == {"cough": Urgency.same_day}


def test_an_implied_finding_is_not_another() -> None:
    """What a finding implies neither counts beside it nor weighs against it."""
    both = Facts(answers={"dry_8h": YES, "little": YES})
    assert judge(PROTOCOL, both).urgency is Urgency.same_day
    all_three = replace(both, answers={**both.answers, "dry_12h": YES})
    assert judge(PROTOCOL, all_three).urgency is Urgency.immediate
    cough = replace(all_three, answers={**all_three.answers, "cough": YES})
    assert held(judge(PROTOCOL, cough))["dry_other"] == ("dry_12h", "cough")


def test_a_finding_that_persists_is_raised() -> None:
    """A same_day finding of 48 hours is immediate; one that went, or weighs less, is not."""
    lasting = Facts(answers={"cough": YES}, persisting=frozenset({"cough"}))
    judgement = judge(PROTOCOL, lasting)
    assert held(judgement)["lasting"] == ("cough",)
    assert judgement.levels["cough"] is Urgency.immediate
    assert not judge(PROTOCOL, replace(lasting, answers={})).held
    ear = Facts(answers={"ear": YES}, persisting=frozenset({"ear"}))
    assert judge(PROTOCOL, ear).urgency is Urgency.routine


def test_an_overdue_reading_counts_by_itself() -> None:
    """A row on the reading alone is tested although no id announces it."""
    judgement = judge(PROTOCOL, Facts(reading_overdue=True))
    assert held(judgement) == {"late": ("temperature",)}
    assert not judge(PROTOCOL, Facts(second_grey=True)).held


def ask(facts: Facts, *asked: str) -> tuple[str, ...]:
    """What is still to be asked, above what the facts come to now."""
    return undecided(PROTOCOL, facts, frozenset(asked), judge(PROTOCOL, facts).urgency)


def test_a_context_is_asked_when_it_could_raise_the_urgency() -> None:
    """Only what a finding depends on is asked, and only once."""
    assert ask(Facts(answers={"faint": YES})) == ("infusion",)
    assert ask(Facts(answers={"faint": YES}), "infusion") == ()
    assert ask(Facts(answers={"hot": YES})) == ()
    assert ask(Facts()) == ()


def test_a_context_that_only_lifts_a_level_is_asked_too() -> None:
    """The medicine makes the reading same_day, which beside a cough makes two: it matters."""
    facts = Facts(readings=read("36.8"))
    assert ask(facts) == ("medicine",)
    assert ask(replace(facts, answers={"cough": YES}), "infusion") == ("medicine",)


def test_nothing_is_asked_above_an_emergency() -> None:
    """When nothing can rise, nothing is asked."""
    facts = Facts(answers={"alarm": YES, "faint": YES})
    assert ask(facts) == ()


def test_what_was_told_may_be_above_what_is_judged() -> None:
    """A context is asked only if it could rise above the level that was told."""
    facts = Facts(readings=read("36.8"))
    assert undecided(PROTOCOL, facts, frozenset(), Urgency.same_day) == ()
