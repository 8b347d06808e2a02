"""Links: of the plan to copy, and of a number to the place where it is changed."""
