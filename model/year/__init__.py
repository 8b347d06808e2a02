"""One year closed and walked: closure, time budget, investigation, review, decision, quarters, months, measures."""
