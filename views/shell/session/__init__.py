"""The session of one browser tab, its look, and the framework around it."""
