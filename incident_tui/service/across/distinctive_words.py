"""Distinctive words of a text: those that say what it is about, and not that something is wrong."""

import re

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# What any text may say of any service: alike in these words alone, two incidents are strangers.
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """
        a about after again all an and another any are as at be because been before being broken but
        by can cannot caused causing could did do does down due during each error errors every fail
        failed failing fails failure first for from further had has have high how if in incident
        into investigate investigated investigating investigation is issue issues it its latency
        longer many mitigate mitigated mitigation more most no not now of off on one or our out
        outage over problem resolution resolve resolved resolves resolving return returned returning
        returns seen several since slow so some such than that the their them there they this those
        time times to too unable unavailable up us use used user users using very was we were what
        when where which while why will with without would you
        """,
    )
)


def distinctive_words(text: str) -> frozenset[str]:
    """The distinctive words of a text, without regard to case."""
    return frozenset(_WORD.findall(text.casefold())) - _EVERYDAY
