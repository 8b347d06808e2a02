"""Every number with its mark and source as a table, and the tests of the model in words."""
