"""Published figures that no range was drawn from, set against the base year."""
