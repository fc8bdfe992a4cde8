"""The harness: a movable clock, fake phones and a fake Bot API server."""
