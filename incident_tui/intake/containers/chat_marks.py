"""What the windows of chats add to messages: reactions, counts of replies, "edited", "new"."""

import re
from typing import Final

APP: Final = re.compile(
    r"^(?:APP|BOT|App|Bot|OP|VERIFIED APP)\b\s*(?:[—–-]\s*)?|(?<!\s)\s+(?:APP|BOT|App|Bot)$"
)
"""The mark of a program beside its name."""
EDITED: Final = re.compile(
    r"(?<!\s)\s*\((?:edited|bearbeitet|modifié|editado|edited by [^()]{1,30})\)\s*$",
    re.IGNORECASE,
)
_MARK: Final = re.compile(
    r"\(?(?:edited|bearbeitet|modifié|editado|editada)\)?"
    r"|(?:new|neu|nouveau|nuevo|novo)(?: messages?)?"
    r"|[0-9]+ (?:repl(?:y|ies)|antwort(?:en)?|réponses?|respuestas?|respostas?)"
    r"(?:\s+(?:last|view|letzte).*)?"
    r"|(?:last reply|letzte antwort|dernière réponse|última respuesta|última resposta)\b.*"
    r"|view (?:thread|newer replies)|reply|thread|replied to a thread:?.*"
    r"|also sent to the channel|saved for later|pinned by .*|added by .*"
    r"|(?:like|heart|laugh|surprised|sad|angry)\s[0-9]+"
    r"|[0-9]+ (?:like|heart|laugh|surprised|sad|angry) reactions?\.?"
    r"|(?::[a-z0-9_+'-]{2,40}:(?::skin-tone-[2-6]:)?\s*[0-9]*\s*)+",
    re.IGNORECASE,
)


def is_mark(words: str, after_mark: bool) -> bool:
    """Whether a line is the window's; a number alone is one below another (`after_mark`)."""
    if words.isdigit():
        return after_mark
    return _MARK.fullmatch(words) is not None or not any(sign.isalnum() for sign in words)
