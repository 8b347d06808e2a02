"""The session of one browser tab, and work that takes long in it."""
