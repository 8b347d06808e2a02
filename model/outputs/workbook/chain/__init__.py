"""The chain from people to measures: its steps, their formulas, and where each stands in the workbook."""
