"""The folders that ship with the program: content for clinicians, catalogues for translators."""

from pathlib import Path

CONTENT = Path(__file__).resolve().parent / "content"
LOCALES = Path(__file__).resolve().parent.parent / "locales"
PROTOCOL = Path("protocols", "clofarabine.toml")
"""The protocol's file within the content."""
