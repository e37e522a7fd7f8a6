"""Wording that a blameless, verifiable record does without, and the better question to ask.

Word lists follow what the six processes name: blame, "human error", a lone root cause, actions
that nobody can verify.
"""

import re

_BLAME = re.compile(
    r"\bhuman error\b|\boperator error\b|\buser error\b|\bcareless(?:ness|ly)?\b"
    r"|\bnegligen(?:ce|t)\b|\bincompeten(?:ce|t)\b|\bshould have known\b|\bfailed to notice\b"
    r"|\bsloppy\b|\bat fault\b"
    r"|\b(?:his|her|their) (?:fault|mistake)\b|\bto blame\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^\s*(?:be more careful|be careful|pay (?:more )?attention|monitor better|improve (?:the )?"
    r"(?:tests|testing|monitoring|communication|process|documentation)|better (?:tests|testing|"
    r"monitoring|communication)|try harder|double[- ]check|more testing|train people)"
    r"\b[^,;]{0,12}$",
    re.IGNORECASE,
)


_TELLTALES = (
    "human error", "operator error", "user error", "careless", "neglig", "incompet", "should have",
    "failed to", "sloppy", "fault", "mistake", "blame",
)  # fmt: skip


def blame_in(text: str) -> str:
    """The words of blame in a text, as they stand there; empty when there are none."""
    # Every fact of every fold comes by here; most hold none of the words, which is seen at once.
    lowered = text.lower()
    if not any(word in lowered for word in _TELLTALES):
        return ""
    match = _BLAME.search(text)
    return match[0] if match else ""


def is_vague(text: str) -> bool:
    """Whether an action says only that one should do better."""
    return bool(_VAGUE.search(text))
