"""What a plan is judged by: an objective, targets and limits, and the draws in which it is judged."""
