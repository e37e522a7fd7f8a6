"""Wording that a blameless, verifiable record does without: blame, and promises without an end.

Each is found by how a sentence is built (who does what), not by a list of sentences.
"""

from incident_tui.domain.values.wording.blame import QUESTION, blame_in
from incident_tui.domain.values.wording.promises import is_no_proof, is_vague

__all__ = ["QUESTION", "blame_in", "is_no_proof", "is_vague"]
