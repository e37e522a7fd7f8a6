"""Distinctive words of a text: those that say what it is about, and not that something is wrong."""

import re

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# What any text may say of any service: alike in these words alone, two incidents are strangers.
_EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """
        a after again all an and any are as at be because been before being broken but by can cannot
        could did do does down during each error errors every fail failed failing fails failure for
        from had has have high how in incident into is issue issues it its latency many more most
        no not now of off on one or our out outage over problem return returned returning returns
        seen since slow so some such than that the their them there they this those to too unable
        unavailable up us use used user users using very was we were what when where which while
        why will with without would you
        """,
    )
)


def distinctive_words(text: str) -> frozenset[str]:
    """The distinctive words of a text, without regard to case."""
    return frozenset(_WORD.findall(text.casefold())) - _EVERYDAY
