"""What a planner sets: the levers, the scenario that moves them, and which scenarios can be compared."""

from model.scenario.decisions import ChangedAssumption, Decisions
from model.scenario.scenario import Scenario
from model.scenario.settings import Settings

__all__ = ["ChangedAssumption", "Decisions", "Scenario", "Settings"]
