"""The brief: one page of HTML that opens offline and prints on A4."""
