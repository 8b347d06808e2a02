"""Many plans in one table: the grid of a lever's values, a row a plan, on all cores or a cluster."""
