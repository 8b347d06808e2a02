"""The chain from people to measures as steps: label, unit, formula, and where each step stands."""
