"""The store: one writer thread on SQLite, and a file for each family of tables."""
