"""The report and other published figures set against the draws: hold-outs, range checks, the filter."""
