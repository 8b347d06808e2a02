"""The yearly inspection plan as tables and as a workbook."""
