"""The answers to a planner's questions: for each one sentence, one table, one document."""
