"""The Plan page (推演)."""
