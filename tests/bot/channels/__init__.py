"""Tests of the channels, each over real loopback traffic."""
