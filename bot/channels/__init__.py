"""The channels: one file for each transport, none knowing another."""
