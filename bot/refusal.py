"""A refusal to work: one line for the person at the keyboard, and exit status 2."""

from __future__ import annotations


class Refusal(Exception):
    """What was asked cannot be done as asked; the message is the whole line, without secrets."""
