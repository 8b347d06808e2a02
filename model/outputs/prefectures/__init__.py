"""What is shown of each prefecture: card, table, map of squares, and the staff list to fill in."""
