"""The walker: finds every finding, and every pair that is grave together, as a family would."""
