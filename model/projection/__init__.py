"""Base year and plan on the same draws: measures with bands, and what they rest on and come from."""

from model.projection.project import project
from model.projection.results import Projection, TooFewDraws

__all__ = ["Projection", "TooFewDraws", "project"]
