"""The year's inspections in whole numbers: the representative year and the inspection plan from it."""
