"""Tests of the store and of reading the content."""
