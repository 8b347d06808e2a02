"""The workbook: the central case as live formulas, from people to measures."""
