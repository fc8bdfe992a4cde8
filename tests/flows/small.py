"""A protocol small enough to be read at a glance, for tests of what a protocol may say."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

from flows.protocol import Protocol
from flows.protocol_reading import from_dict

_CONTENT: dict[str, Any] = {
    "id": "small",
    "version": "1",
    "source": "seed",
    "alarm": "alarm",
    "readable": {"lowest": 30, "highest": 43},
    "grey": {"from": Decimal("37.5"), "below": Decimal("38.0")},
    "sources": {"seed": "the clinic's page", "inference": "our own reading"},
    "finding": [
        {"id": "temperature", "sign": "fever", "kind": "temperature", "unsure_means": "hot"},
        {"id": "hot", "sign": "fever"},
        {"id": "alarm", "sign": "change"},
        {"id": "dry_12h", "sign": "urine", "implies": ["dry_8h"]},
        {"id": "dry_8h", "sign": "urine", "implies": ["little"]},
        {"id": "little", "sign": "urine"},
        {"id": "faint", "sign": "faint"},
        {"id": "cough", "sign": "beside"},
        {"id": "ear", "sign": "beside"},
        {"id": "vomited", "sign": "beside", "kind": "count", "unsure_as": 2, "bands": [1, 2, 6]},
    ],
    "sign": [
        {"id": "fever", "menu": "home", "findings": ["temperature", "hot"]},
        {"id": "change", "menu": "home", "findings": ["faint"]},
        {"id": "urine", "menu": "home", "findings": ["dry_12h", "dry_8h", "little"]},
        {"id": "faint", "menu": "home", "findings": ["faint"]},
        {"id": "rest", "menu": "something_else", "findings": ["cough", "ear", "vomited"]},
    ],
    "context": [
        {"id": "infusion", "asked": "when_it_matters"},
        {"id": "medicine", "asked": "when_it_matters"},
        {"id": "worried", "asked": "at_the_end"},
        {"id": "writer", "asked": "in_set_up", "kind": "choice", "choices": ["parent"]},
        {"id": "contacts_24h", "asked": "never", "kind": "count", "unsure_as": 2},
    ],
    "criterion": [
        {
            "id": "fever",
            "urgency": "immediate",
            "when": {"finding": "temperature", "at_least": Decimal("38.0")},
        },
        {
            "id": "grey_other",
            "urgency": "immediate",
            "when": {
                "all": [
                    {"finding": "temperature", "at_least": Decimal("37.5"), "below": 38},
                    {"other": "same_day", "than": "temperature"},
                ]
            },
        },
        {
            "id": "grey",
            "urgency": "same_day",
            "when": {"finding": "temperature", "at_least": Decimal("37.5"), "below": 38},
            "recheck": "60m",
        },
        {
            "id": "masked",
            "urgency": "same_day",
            "when": {
                "all": [
                    {"finding": "temperature", "below": Decimal("37.5")},
                    {"context": "medicine"},
                ]
            },
            "recheck": "4h",
        },
        {"id": "late", "urgency": "immediate", "when": {"reading": "overdue"}},
        {"id": "hot", "urgency": "immediate", "when": {"finding": "hot"}},
        {"id": "alarm", "urgency": "emergency", "when": {"finding": "alarm"}},
        {"id": "dry_12h", "urgency": "immediate", "when": {"finding": "dry_12h"}},
        {"id": "dry_8h", "urgency": "same_day", "when": {"finding": "dry_8h"}},
        {"id": "little", "urgency": "same_day", "when": {"finding": "little"}},
        {"id": "faint", "urgency": "immediate", "when": {"finding": "faint"}},
        {"id": "cough", "urgency": "same_day", "when": {"finding": "cough"}},
        {"id": "ear", "urgency": "routine", "when": {"finding": "ear"}},
        {
            "id": "vomited_6",
            "urgency": "immediate",
            "when": {"finding": "vomited", "at_least": 6},
        },
        {
            "id": "vomited_2",
            "urgency": "same_day",
            "when": {"finding": "vomited", "at_least": 2, "below": 6},
        },
        {"id": "vomited_1", "urgency": "routine", "when": {"finding": "vomited", "below": 2}},
        {
            "id": "fever_faint",
            "urgency": "emergency",
            "when": {"all": [{"sign": "fever", "at": "immediate"}, {"finding": "faint"}]},
        },
        {
            "id": "dry_other",
            "urgency": "emergency",
            "when": {
                "all": [
                    {"finding": "dry_12h"},
                    {"other": "same_day", "than": "dry_12h"},
                ]
            },
        },
        {
            "id": "reaction",
            "urgency": "emergency",
            "when": {
                "all": [
                    {"context": "infusion"},
                    {"any": [{"sign": "urine"}, {"finding": "cough"}, {"finding": "faint"}]},
                ]
            },
        },
        {"id": "worried", "urgency": "same_day", "when": {"context": "worried"}},
        {
            "id": "again",
            "urgency": "same_day",
            "when": {"context": "contacts_24h", "at_least": 2},
        },
        {"id": "two", "urgency": "immediate", "when": {"count": 2, "at": "same_day"}},
        {"id": "lasting", "urgency": "immediate", "when": {"persisting": "same_day"}},
    ],
    "sweep": [
        {"id": "now", "screen": 1, "opens": "faint", "findings": ["faint"]},
        {"id": "hot", "screen": 2, "opens": "fever", "findings": ["temperature", "hot"]},
        {
            "id": "water",
            "screen": 2,
            "opens": "urine",
            "findings": ["dry_12h", "dry_8h", "little"],
        },
        {"id": "rest", "screen": 2, "opens": "rest", "findings": ["cough", "ear", "vomited"]},
    ],
    "advice": [
        {"id": "ready", "everything": True},
        {"id": "cool", "signs": ["fever"], "findings": ["cough"]},
    ],
}


def content() -> dict[str, Any]:
    """The protocol as its file would hold it, for a test to change."""
    whole = deepcopy(_CONTENT)
    for kind in ("finding", "sign", "sweep"):
        for entry in whole[kind]:
            entry |= {"label": entry["id"], "means": f"Is there {entry['id']}?"}
    for entry in whole["context"]:
        entry["question"] = f"Is it {entry['id']}?"
    for entry in whole["advice"]:
        entry["means"] = f"Do {entry['id']}."
    for kind in ("finding", "context", "criterion", "advice"):
        for entry in whole[kind]:
            entry["source"] = "inference"
    return whole


def entry(whole: dict[str, Any], kind: str, id: str) -> dict[str, Any]:
    """One table of the content, by its id."""
    found: dict[str, Any] = next(e for e in whole[kind] if e["id"] == id)
    return found


def small() -> Protocol:
    """The protocol, read."""
    return from_dict(content(), digest="0123456789abcdef")
