"""Why: the sentence on what makes the change, and the way from base year to plan by decision."""
