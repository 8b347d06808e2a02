"""The staffing problem as a linear programme whose coefficients are the model's own answers."""
