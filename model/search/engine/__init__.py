"""How a plan is found: programmes one after another, then whole people, judged by the full model."""
