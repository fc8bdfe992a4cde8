"""Tests of intake, rendering, sending and the channels."""
