"""Colours and the charts of a plan: specifications, the rows they are fed, and their tables."""
