"""How numbers, units, problems and results are put into words and text."""
