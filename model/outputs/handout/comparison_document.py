"""A comparison as a JSON document, with what its figures were made from."""

from collections.abc import Sequence

from model.evidence.baseline import Baseline
from model.outputs.answers.document import Document, envelope
from model.outputs.compare import comparison_answer
from model.projection.comparison import Comparison


def comparison_document(comparison: Comparison, names: Sequence[str], baseline: Baseline) -> Document:
    """What `compare --json` prints; the plans stand in it with the texts that the projections have."""
    first, scenarios = comparison.projections[0], [one.scenario for one in comparison.projections]
    result = comparison_answer.document(comparison, names)
    return envelope("compare", result, scenarios, baseline, first.draws, first.seed)
