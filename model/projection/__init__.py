"""Base year and plan on the same draws: measures with bands, what a result rests on, and what explains it."""
