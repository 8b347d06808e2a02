"""What is handed out of a plan, and what a file says of its own making."""
