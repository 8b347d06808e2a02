"""The plan's file: library, saving, notices."""
