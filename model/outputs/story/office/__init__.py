"""The story as a file of slides: its template, its native charts and tables, its text."""
