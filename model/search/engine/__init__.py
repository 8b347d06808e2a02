"""How a plan is sought: programmes one after another, then whole people moved one at a time."""
