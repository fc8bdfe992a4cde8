"""Tests of the channels: one contract for all, and what each has of its own."""
