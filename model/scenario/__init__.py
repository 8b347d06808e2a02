"""What a planner sets: the levers, the scenario that moves them, and which scenarios can be compared."""
