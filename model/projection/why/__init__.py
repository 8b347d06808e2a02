"""Why a plan changes a figure: each decision's share, the tier behind it, and the step that makes it."""
