"""The command line: `python -m model` and `frontline`."""
