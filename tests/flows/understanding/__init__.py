"""What frightened people type, by language, each message with what it means."""
