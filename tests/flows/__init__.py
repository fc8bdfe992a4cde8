"""Unit tests of the pure domain; they alone cover every branch of it."""
