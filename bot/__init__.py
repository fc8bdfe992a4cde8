"""The outside: intake, rendering, sending, the clock and the channels."""
