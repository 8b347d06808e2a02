"""A comparison of scenarios in words, charts and tables."""
