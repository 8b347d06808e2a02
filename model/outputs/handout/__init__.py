"""The files that a plan is handed out as, and the passport that each of them carries."""
