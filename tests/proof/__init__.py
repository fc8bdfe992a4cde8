"""The proof of the shipped protocol against the second reader of the table; for `make check`."""
