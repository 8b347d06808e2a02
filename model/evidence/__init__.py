"""What is known: figures with marks and sources, base years, rules by date, and draws of what is not known."""
