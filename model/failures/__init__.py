"""What went wrong inside or is missing, for whoever mends it."""
