"""What is known: figures with their sources, base years, dated rules, and draws of the unknown."""

from model.evidence.baseline import Baseline, read_baseline, shipped_baseline

__all__ = ["Baseline", "read_baseline", "shipped_baseline"]
