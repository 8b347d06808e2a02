"""What is not known: whether figures fit together, what own ones narrow, which to ask for first."""
