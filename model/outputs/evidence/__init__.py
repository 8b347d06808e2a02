"""Every number with its mark and source as a table, and how far the model can be trusted."""
