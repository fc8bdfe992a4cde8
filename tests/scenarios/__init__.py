"""Conversations as transcripts, played through the whole house."""
