"""Free text to findings: pure, explainable, and the same for the same words always."""

from flows.understanding.read import Evidence, Understood, understand

__all__ = ["Evidence", "Understood", "understand"]
