"""One year of the force: the base year closed, time spent, files decided, months and measures."""
