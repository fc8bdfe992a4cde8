"""Free text to findings: the seam behind which deeper understanding will grow."""

from flows.understanding.read import Understood, understand

__all__ = ["Understood", "understand"]
