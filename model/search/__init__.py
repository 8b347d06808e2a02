"""Which plan is best: best plan, worth of one more, frontier, targets, robust plan, remedies."""
