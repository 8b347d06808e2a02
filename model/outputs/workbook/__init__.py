"""The workbook: the representative case as live formulas, from people to measures."""
